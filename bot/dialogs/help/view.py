"""Who the person is and what is offered to them → the menu card."""

from bot.conversation import Command, Reply, Verb
from bot.core.actors.model import Actor, Role
from bot.dialogs.scene import Scene, services
from bot.texts.catalog import LANGUAGES
from cards.actions import Button
from cards.checked import MOST_ACTIONS
from cards.menu import Menu, MenuItem, Opening, menu_card
from cards.notice import Notice, notice_card


def menu(scene: Scene, opening: Opening) -> Reply:
    """The menu for this person: who they are to the bot, what they can type, and a button for each service."""
    # Whoever reads the help needs no way to it. Where there is no room for one, the way to the help is typed.
    with_help = opening != "help" and len(scene.offered) <= MOST_ACTIONS
    shown, buttons = services(scene, (*((_help(scene),) if with_help else ()), _other_language(scene)))
    others = (Command.LANGUAGE,) if opening == "help" else (Command.HELP, Command.LANGUAGE)
    return _card(scene, opening, (*shown, *others), buttons, intro=(scene.trouble,) if scene.trouble else _who(scene))


def more(scene: Scene, start: int) -> Reply:
    """What did not fit into the menu; the menu itself when there is no more (rights may have changed since)."""
    shown, buttons = services(scene, (_help(scene),), start)
    return _card(scene, "more", shown, buttons) if shown else menu(scene, "help")


def new_accounts(scene: Scene) -> Reply:
    """How a new account is handed over: with a temporary password, to one person or to a whole class."""
    buttons = (
        Button(scene.t("command-password"), scene.press(Verb.PASSWORD_OPEN)),
        Button(scene.t("password-by-class"), scene.press(Verb.CLASS_OPEN)),
        _help(scene),
    )
    words = scene.t("help-new-accounts")
    return Reply(card=notice_card(Notice(scene.t("command-new-accounts"), (words,), buttons), scene.t))


def _card(
    scene: Scene, opening: Opening, commands: tuple[Command, ...], buttons: tuple[Button, ...], *, intro: tuple[str, ...] = ()
) -> Reply:
    school = scene.actor.school
    card = Menu(
        opening=opening,
        intro=intro,
        items=tuple(_item(scene, command) for command in commands),
        buttons=buttons,
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


def _who(scene: Scene) -> tuple[str, ...]:
    """What the bot is to this person; nothing for a director, whose services speak for themselves."""
    actor = scene.actor
    if _is_director(actor):
        return ()
    words = scene.t(_who_id(actor))
    if actor.enabled and actor.deputy_of is not None:
        return scene.t("help-deputy", school=actor.deputy_of.name), words
    return (words,)


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


def _help(scene: Scene) -> Button:
    return Button(scene.t("command-help"), scene.press(Verb.HELP))


def _other_language(scene: Scene) -> Button:
    """One press instead of a question: the other language is the only choice."""
    other = next(code for code in LANGUAGES if code != scene.language)
    title = scene.t("language-en" if other == "en" else "language-bg")
    return Button(title, scene.press(Verb.LANGUAGE_SET, ids={"language": other}))
