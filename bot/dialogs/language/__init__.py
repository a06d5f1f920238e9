"""Език: български или English, remembered per person. Everything a person can read exists in both."""

from bot.conversation import Reply
from bot.core.decision import ALLOWED
from bot.core.ports import Preferences
from bot.dialogs.dialog import Dialog, Scene
from bot.dialogs.language.recognised import RECOGNISED
from bot.dialogs.menu import help_button
from bot.dialogs.parts import Parts
from bot.texts.catalog import LANGUAGES, Catalog
from cards.actions import Button
from cards.notice import notice_card


class ChooseLanguage:
    """Remembers the language and says so in it; which language, if that is not said."""

    def __init__(self, preferences: Preferences, catalog: Catalog) -> None:
        self._preferences = preferences
        self._catalog = catalog

    async def __call__(self, scene: Scene) -> Reply:
        """The answer in the language that was chosen."""
        language = scene.action.ids.get("language", "")
        if language not in LANGUAGES:
            return _question(scene)
        await self._preferences.choose_language(scene.actor.object_id, language)
        return _changed(scene.speaking(language, self._catalog.speak(language)))


def _question(scene: Scene) -> Reply:
    """One button per language, each named in its own."""
    names = {"bg": scene.t("language-bg"), "en": scene.t("language-en")}
    buttons = tuple(Button(names[code], scene.press("language.set", ids={"language": code})) for code in LANGUAGES)
    title, words = scene.t("command-language"), (scene.t("language-question"),)
    return Reply(card=notice_card(scene.t, title=title, paragraphs=words, buttons=buttons))


def _changed(scene: Scene) -> Reply:
    title, words = scene.t("command-language"), (scene.t("language-changed"),)
    return Reply(card=notice_card(scene.t, title=title, paragraphs=words, buttons=help_button(scene)))


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
