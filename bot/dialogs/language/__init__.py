"""Език: български или English, remembered per person. Everything a person can read exists in both."""

from bot.conversation import Reply
from bot.core.decision import ALLOWED
from bot.core.ports import Preferences
from bot.dialogs.dialog import Dialog, Scene
from bot.dialogs.language.recognised import RECOGNISED
from bot.dialogs.menu import help_button, notice
from bot.dialogs.parts import Parts
from bot.texts.catalog import LANGUAGES, Catalog
from cards.actions import Button


class ChooseLanguage:
    """Remembers the language and says so in it; which language, if that is not said."""

    def __init__(self, preferences: Preferences, catalog: Catalog) -> None:
        self._preferences = preferences
        self._catalog = catalog

    async def __call__(self, scene: Scene) -> Reply:
        """The answer in the language that was chosen."""
        language = scene.action.id("language")
        if language not in LANGUAGES:
            return _question(scene)
        await self._preferences.choose_language(scene.actor.object_id, language)
        return _changed(scene.speaking(language, self._catalog.speak(language)))


def _question(scene: Scene) -> Reply:
    """One button per language, each named in its own."""
    names = {"bg": scene.t("language-bg"), "en": scene.t("language-en")}
    buttons = tuple(Button(names[code], scene.press("language.set", ids={"language": code})) for code in LANGUAGES)
    return notice(scene, scene.t("command-language"), scene.t("language-question"), buttons=buttons)


def _changed(scene: Scene) -> Reply:
    return notice(scene, scene.t("command-language"), scene.t("language-changed"), buttons=help_button(scene))


def _build(parts: Parts) -> ChooseLanguage:
    return ChooseLanguage(parts.preferences, parts.catalog)


DIALOG = Dialog(
    name="language",
    place="beside",
    may=lambda _: ALLOWED,
    needs_role=False,
    opens="language.set",
    handlers={"language.set": ChooseLanguage.__call__},
    entries={"language.set"},
    shows_nobody={"language.set"},
    by_message={"language.set"},
    recognised=RECOGNISED,
    build_web=_build,
)
