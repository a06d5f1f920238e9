"""Език: български или English, remembered per person. Everything a person can read exists in both."""

from dataclasses import dataclass

from bot.conversation import Reply
from bot.core.decision import ALLOWED
from bot.core.ports import Preferences
from bot.dialogs.dialog import Dialog, Scene
from bot.dialogs.language.recognised import NAMED, RECOGNISED
from bot.dialogs.menu import help_button, notice
from bot.texts.catalog import LANGUAGES, Catalog
from bot.texts.support import Asker
from cards.actions import Button


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Remembers the language and says so in it; asks which, if that was not pressed or said in so many words: a
    sentence that names one may be about a subject.
    """

    preferences: Preferences
    catalog: Catalog

    async def __call__(self, scene: Scene) -> Reply:
        """The answer in the language that was chosen."""
        language = scene.action.id("language")
        if language not in LANGUAGES:
            return _question(scene)
        await self.preferences.choose_language(scene.actor.object_id, language)
        return _changed(scene.speaking(language, self.catalog.speak(language, Asker.of(scene.actor.role))))


def _question(scene: Scene) -> Reply:
    """One button per language, each named in its own, the one that was spoken of first."""
    names = {"bg": scene.t("language-bg"), "en": scene.t("language-en")}
    codes = sorted(LANGUAGES, key=lambda code: code != scene.action.id(NAMED))
    buttons = tuple(Button(names[code], scene.press("language.set", ids={"language": code})) for code in codes)
    return notice(scene, scene.t("command-language"), scene.t("language-question"), buttons=buttons)


def _changed(scene: Scene) -> Reply:
    return notice(scene, scene.t("command-language"), scene.t("language-changed"), buttons=help_button(scene))


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
    build_web=lambda parts: ChooseLanguage(parts.preferences, parts.catalog),
)
