"""The menu, and the ways from anything that is not possible to what is."""

from typing import Any

from bot.conversation import PeopleShown, Reply
from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision
from bot.dialogs.dialog import Scene, Service
from bot.presser import Voice
from bot.refusals import refusal
from bot.texts.catalog import LANGUAGES
from cards.actions import Button
from cards.checked import MOST_ACTIONS
from cards.menu import MenuItem, Opening, menu_card
from cards.notice import notice_card


def menu(scene: Scene, opening: Opening) -> Reply:
    """The menu for this person: who they are to the bot, what they can type, and a button for each service."""
    # No Help button on the help card. Where there is no room for one, the way to the help is typed.
    with_help = opening != "help" and len(scene.services) + 2 <= MOST_ACTIONS
    shown, buttons = service_buttons(scene, (*(help_button(scene) if with_help else ()), *_other_language(scene)))
    others = ("language",) if opening == "help" else ("help", "language")
    return _card(scene, opening, (*shown, *others), buttons, intro=(scene.trouble,) if scene.trouble else _who(scene))


def more(scene: Scene, start: int) -> Reply:
    """What did not fit into the menu; the menu itself when there is no more (rights may have changed since)."""
    shown, buttons = service_buttons(scene, help_button(scene), start)
    return _card(scene, "more", shown, buttons) if shown else menu(scene, "help")


def notice(
    to: Voice,
    title: str,
    *paragraphs: str,
    buttons: tuple[Button, ...] = (),
    link: tuple[str, str] | None = None,
    people: PeopleShown | None = None,
) -> Reply:
    """A few words under a title, and what to do next. `link`: see `notice_card`."""
    card = notice_card(to.t, title=title, paragraphs=paragraphs, buttons=buttons, link=link)
    return Reply(card=card, people=people)


def not_possible(scene: Scene, *paragraphs: str, buttons: tuple[Button, ...]) -> Reply:
    """A plain word about what is not possible, and what is instead."""
    return notice(scene, scene.t("notice-not-possible"), *paragraphs, buttons=buttons)


def way_forward(scene: Scene, *paragraphs: str) -> Reply:
    """What is not possible, with the help button and those of what the person may do."""
    _, buttons = service_buttons(scene, help_button(scene))
    return not_possible(scene, *paragraphs, buttons=buttons)


def denied(scene: Scene, decision: Decision) -> Reply:
    """Why something is not for this person to do, and what is."""
    return way_forward(scene, refusal(decision, scene.t, scene.language))


def help_button(scene: Scene) -> tuple[Button, ...]:
    """The way to the help."""
    return scene.to("help", scene.t("command-help"))


def service_buttons(
    scene: Scene, last: tuple[Button, ...] = (), start: int = 0
) -> tuple[tuple[str, ...], tuple[Button, ...]]:
    """The services offered, from the `start`-th on, as far as one card has room for their buttons beside `last`; and
    all its buttons in their order. What has no room stands behind one more button.
    """
    offered = list(scene.services)[start:]
    room = MOST_ACTIONS - len(last)
    shown = offered if len(offered) <= room else offered[: room - 1]
    more_button: tuple[Button, ...] = ()
    if len(shown) < len(offered):
        more_button = scene.to("more", scene.t("services-more"), ids={"start": str(start + len(shown))})
    buttons = (Button(scene.t(f"command-{name}"), scene.press(scene.services[name])) for name in shown)
    return tuple(shown), (*buttons, *more_button, *last)


def _card(
    scene: Scene,
    opening: Opening,
    names: tuple[str, ...],
    buttons: tuple[Button, ...],
    *,
    intro: tuple[str, ...] = (),
) -> Reply:
    school = scene.actor.school
    card = menu_card(
        scene.t,
        opening=opening,
        intro=intro,
        items=tuple(_item(scene, name) for name in names),
        buttons=buttons,
        school=f"{school.name}, {school.town}" if school and school.town else school.name if school else "",
        notes=_explanations(scene, opening),
        warns_of_identifiers=scene.warns_of_identifiers,
    )
    return Reply(card=card)


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


def _item(scene: Scene, name: str) -> MenuItem:
    text = f"command-{name}"
    return MenuItem(scene.t(text), scene.t(f"{text}-hint"), scene.t(f"{text}-word"))


def _other_language(scene: Scene) -> tuple[Button, ...]:
    """One press instead of a question: the other language is the only choice."""
    other = next(code for code in LANGUAGES if code != scene.language)
    return scene.to("language.set", scene.t(f"language-{other}"), ids={"language": other})


def barred(service: Service[Any], scene: Scene, first: str = "") -> Reply | None:
    """A refusal with a way forward if this person may not use the service, or it cannot be known."""
    if service.name in scene.allowed:
        return None
    words = scene.trouble or refusal(service.dialog.may(scene.actor), scene.t, scene.language)
    return way_forward(scene, *filter(None, (first, words)))
