"""Език: български или English, remembered per person. Everything a person can read exists in both."""

from collections.abc import Mapping

from bot.conversation import Action, Command, Reply, Verb
from bot.core.actors.model import Actor
from bot.core.decision import ALLOWED, Decision
from bot.core.ports import Preferences
from bot.dialogs.language import view
from bot.dialogs.scene import Scene
from bot.texts.catalog import LANGUAGES, Catalog


class LanguageDialog:
    """Typed with a language it switches at once; without one it asks."""

    command = Command.LANGUAGE
    opening = Verb.LANGUAGE_SET
    verbs = (Verb.LANGUAGE_SET,)
    needs_role = False

    def __init__(self, preferences: Preferences, catalog: Catalog) -> None:
        self._preferences = preferences
        self._catalog = catalog

    def may(self, actor: Actor) -> Decision:  # noqa: ARG002 -- everybody may; the signature is every dialog's
        """Everybody."""
        return ALLOWED

    async def open(self, scene: Scene) -> Reply:
        """Which language?"""
        return view.question(scene)

    async def choose(self, scene: Scene, language: str) -> Reply:
        """Remembers the language and says so in it."""
        await self._preferences.choose_language(scene.actor.object_id, language)
        return view.changed(scene.speaking(language, self._catalog.speak(language)))

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:  # noqa: ARG002 -- the shape of every dialog
        """A language was pressed."""
        language = action.ids.get("language", "")
        return await self.choose(scene, language) if language in LANGUAGES else view.question(scene)
