"""Who the person is and what is offered to them → the menu card."""

from bot.conversation import Command, Reply, Verb
from bot.core.actors.model import Actor, Role
from bot.dialogs.scene import OPENINGS, Scene
from bot.texts.catalog import LANGUAGES
from cards.actions import Button
from cards.checked import MOST_ACTIONS
from cards.menu import Menu, MenuItem, Opening, menu_card


def menu(scene: Scene, opening: Opening) -> Reply:
    """The menu for this person: who they are to the bot, what they can type, and a button for each service."""
    school = scene.actor.school
    # Whoever reads the help needs no way to it.
    commands = tuple(command for command in scene.offered if not (opening == "help" and command is Command.HELP))
    room = len(commands) <= MOST_ACTIONS  # where there is none, the way to the help is typed
    card = Menu(
        opening=opening,
        intro=tuple(filter(None, (scene.trouble or _who(scene),))),
        items=tuple(_item(scene, command) for command in commands),
        buttons=tuple(_button(scene, command) for command in commands if room or command is not Command.HELP),
        school=f"{school.name}, {school.town}" if school and school.town else school.name if school else "",
        notes=_explanations(scene, opening),
        warns_of_identifiers=Command.LOOKUP in scene.offered,
    )
    return Reply(card=menu_card(card, scene.t))


def _explanations(scene: Scene, opening: Opening) -> tuple[str, ...]:
    """What everybody may know, for whoever asked for help. To whom an account may be given concerns the school: it is
    among the questions that lead to the help.
    """
    if opening != "help":
        return ()
    first_sign_in = scene.t("help-activation")
    of_school = scene.actor.role in {Role.DIRECTOR, Role.TEACHER}
    return (first_sign_in, scene.t("help-personal")) if of_school else (first_sign_in,)


def _who(scene: Scene) -> str:
    """What the bot is to this person; nothing for a director, whose services speak for themselves."""
    return "" if _is_director(scene.actor) else scene.t(_who_id(scene.actor))


def _is_director(actor: Actor) -> bool:
    return actor.enabled and actor.role is Role.DIRECTOR and actor.school is not None


def _who_id(actor: Actor) -> str:
    if not actor.enabled:
        return "help-disabled"
    match actor.role:
        case Role.DIRECTOR:
            return "help-school-unknown"
        case Role.TEACHER:
            return "help-teacher"
        case Role.STUDENT:
            return "help-student"
        case Role.REGIONAL_OFFICE:
            return "help-regional-office"
        case Role.NONE:
            return "help-stranger"


def _item(scene: Scene, command: Command) -> MenuItem:
    name = f"command-{command.value}"
    return MenuItem(scene.t(name), scene.t(f"{name}-hint"), scene.t(f"{name}-word"))


def _button(scene: Scene, command: Command) -> Button:
    if command is Command.LANGUAGE:  # one press instead of a question: the other language is the only choice
        other = next(code for code in LANGUAGES if code != scene.language)
        title = scene.t("language-en" if other == "en" else "language-bg")
        return Button(title, scene.press(Verb.LANGUAGE_SET, ids={"language": other}))
    return Button(scene.t(f"command-{command.value}"), scene.press(OPENINGS.get(command, Verb.HELP)))
