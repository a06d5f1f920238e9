"""The choice of language → cards."""

from bot.conversation import Reply, Verb
from bot.dialogs.scene import Scene
from bot.texts.catalog import LANGUAGES
from cards.actions import Button
from cards.notice import notice_card


def question(scene: Scene) -> Reply:
    """One button per language, each named in its own."""
    return Reply(
        card=notice_card(
            scene.t,
            title=scene.t("command-language"),
            paragraphs=(scene.t("language-question"),),
            buttons=_buttons(scene),
        )
    )


def changed(scene: Scene) -> Reply:
    """The confirmation, in the language just chosen."""
    help_button = Button(scene.t("command-help"), scene.press(Verb.HELP))
    return Reply(
        card=notice_card(
            scene.t,
            title=scene.t("command-language"),
            paragraphs=(scene.t("language-changed"),),
            buttons=(help_button,),
        )
    )


def _buttons(scene: Scene) -> tuple[Button, ...]:
    names = {"bg": scene.t("language-bg"), "en": scene.t("language-en")}
    return tuple(Button(names[code], scene.press(Verb.LANGUAGE_SET, ids={"language": code})) for code in LANGUAGES)
