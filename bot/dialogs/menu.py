"""The menu, and the ways from anything that is not possible to what is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.conversation import PeopleShown, Reply
from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision, Reason
from bot.dialogs.dialog import CAME_FROM, Scene, Service
from bot.presser import Voice
from bot.refusals import refusal
from bot.texts.catalog import LANGUAGES
from cards.actions import Button
from cards.checked import MOST_ACTIONS
from cards.menu import Explanation, MenuItem, help_card
from cards.notice import notice_card

_MOST_SERVICES = 4
"""Buttons of services in the menu: with the help and the other language it stands on the first screen of a phone."""

_UNCONNECTED = {Role.TEACHER: Reason.TEACHER_WITHOUT_SCHOOL, Role.REGIONAL_OFFICE: Reason.REGION_UNKNOWN}
"""Why there is nothing for a person of a role that has services: of no school, of no region."""


def welcome(scene: Scene) -> Reply:
    """To whom the bot speaks for the first time."""
    whose = _for_whom(scene)
    lead = scene.t("card-menu-welcome-of", whose=whose) if whose else scene.t("card-menu-welcome")
    return _menu(scene, scene.t("card-menu-welcome-title"), lead)


def not_understood(scene: Scene, likely: Iterable[str], offers: Mapping[str, Mapping[str, str]]) -> Reply:
    """`likely`: the services that what was typed hints at, the likeliest first. `offers`: those that look for whoever
    was named, and what stands in their forms then; nobody is looked for before a press.
    """
    filled = tuple(_service_button(scene, name, words) for name, words in offers.items() if name in scene.services)
    if filled:
        title, lead = scene.t("card-menu-whom-title"), scene.t("card-menu-whom")
        return notice(scene, title, lead, buttons=(*filled, *help_button(scene)))
    lead = _instead_of_services(scene) or scene.t("card-menu-not-understood")
    buttons = (*_likeliest(scene, likely), *help_button(scene))
    return notice(scene, scene.t("card-menu-not-understood-title"), lead, buttons=buttons)


def courteous(scene: Scene, courtesy: str) -> Reply:
    """A line to what asks for nothing (`bot.router.courtesies`)."""
    if courtesy == "greeting":
        return _menu(scene, scene.t("card-menu-welcome-title"), scene.t("card-menu-greeting"))
    answer = scene.t(f"courtesy-{courtesy}")
    if courtesy in {"thanks", "farewell"}:
        return notice(scene, answer, buttons=help_button(scene))
    buttons = (*(_likeliest(scene) if courtesy in {"stop", "back"} else ()), *help_button(scene))
    return notice(scene, scene.t("courtesy-fine"), answer, buttons=buttons)


def helping(scene: Scene) -> Reply:
    """The help for this person: a button for each service, and below them what each does."""
    t = scene.t
    services = Explanation(
        t("help-services"),
        paragraphs=_who(scene) if scene.services else (),
        items=tuple(_item(scene, name) for name in (*scene.services, "language")),
    )
    card = help_card(
        t,
        lead=_instead_of_services(scene) or _for_whom(scene),
        buttons=service_buttons(scene, _other_language(scene)),
        explanations=(services, *_explanations(scene)),
        warns_of_identifiers=scene.warns_of_identifiers,
    )
    return Reply(card=card)


def more(scene: Scene, start: int) -> Reply:
    """What did not fit into the menu; the help when there is no more (rights may have changed since)."""
    if not list(scene.services)[start:]:
        return helping(scene)
    return notice(scene, scene.t("services-more-title"), buttons=service_buttons(scene, help_button(scene), start))


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


def way_forward(scene: Scene, *paragraphs: str, first: str = "", without: str = "") -> Reply:
    """What is not possible, with the help button and those of what the person may do. `first`: the service that comes
    first, if it is one of them. `without`: one that would lead here again, as would the button that was pressed.
    """
    left_out = {without, *_pressed(scene)}
    buttons = service_buttons(scene, help_button(scene), first=first, without=left_out)
    return not_possible(scene, *paragraphs, buttons=buttons)


def denied(scene: Scene, decision: Decision, *, without: str = "") -> Reply:
    """Why something is not for this person to do, and what is. `without`: see `way_forward`."""
    words = _why(scene, decision)
    return way_forward(scene, words, first=_leads_to(scene, decision), without=without)


def help_button(scene: Scene) -> tuple[Button, ...]:
    """The way to the help."""
    return scene.to("help", scene.t("command-help"))


def service_buttons(
    scene: Scene,
    last: tuple[Button, ...] = (),
    start: int = 0,
    *,
    first: str = "",
    without: Collection[str] = (),
) -> tuple[Button, ...]:
    """The services offered, from the `start`-th on, and `last` behind them. The menu has the most used; what else
    there is stands behind one more button, which never leads to a single one. `first`, `without`: see `way_forward`.
    """
    every = list(scene.services)
    offered = sorted((name for name in every[start:] if name not in without), key=lambda name: name != first)
    room = MOST_ACTIONS - len(last) if start else _MOST_SERVICES
    shown = offered if len(offered) <= room else offered[: room - 1]
    more_button: tuple[Button, ...] = ()
    if left := [name for name in every if name in offered and name not in shown]:
        more_button = scene.to("more", scene.t("services-more"), ids={"start": str(every.index(left[0]))})
    return (*(_service_button(scene, name) for name in shown), *more_button, *last)


def _pressed(scene: Scene) -> tuple[str, ...]:
    """The service whose button of the menu was pressed, or whose name was typed."""
    action = scene.action
    if action.ids.keys() - {CAME_FROM}:
        return ()
    return tuple(name for name, opens in scene.services.items() if opens == action.verb)


def _service_button(scene: Scene, name: str, words: Mapping[str, str] | None = None) -> Button:
    """`words`: what stands in the inputs of its form, as if typed there."""
    press = scene.press(scene.services[name])
    return Button(scene.t(f"command-{name}"), replace(press, data={**press.data, **(words or {})}))


def _menu(scene: Scene, title: str, lead: str) -> Reply:
    """A title, a line, and what this person may do."""
    buttons = service_buttons(scene, (*help_button(scene), *_other_language(scene)))
    return notice(scene, title, _instead_of_services(scene) or lead, buttons=buttons)


def _likeliest(scene: Scene, likely: Iterable[str] = ()) -> tuple[Button, ...]:
    """The two services that are likely meant; else those this person needs most."""
    names = [name for name in dict.fromkeys((*likely, *scene.services)) if name in scene.services]
    return tuple(_service_button(scene, name) for name in names[:2])


def _instead_of_services(scene: Scene) -> str:
    """Why there are none for this person; "" where there are."""
    return scene.trouble or ("" if scene.services else " ".join(_who(scene)))


def _for_whom(scene: Scene) -> str:
    """Whose card it is, in a line: the school of the person, or for whom they decide."""
    actor, school = scene.actor, scene.actor.school
    if actor.deputy_of is not None:
        return scene.t("help-deputy", school=actor.deputy_of.name)
    return "" if school is None else f"{school.name}, {school.town}" if school.town else school.name


def _explanations(scene: Scene) -> tuple[Explanation, ...]:
    """What everybody may know. To whom an account may be given concerns the school: it is among the questions that
    lead to the help.
    """
    first_sign_in = Explanation(scene.t("help-activation-title"), (scene.t("help-activation"),))
    of_school = scene.actor.role in {Role.DIRECTOR, Role.TEACHER}
    to_whom = Explanation(scene.t("help-personal-title"), (scene.t("help-personal"),))
    return (first_sign_in, to_whom) if of_school else (first_sign_in,)


def _who(scene: Scene) -> tuple[str, ...]:
    """What the bot is to this person; nothing for a director, whose services speak for themselves."""
    if _is_director(scene.actor):
        return ()
    unconnected = _unconnected(scene)
    return (refusal(unconnected, scene.t, scene.language) if unconnected else scene.t(_who_id(scene.actor)),)


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
    hint = scene.t(scene.hints[name]) if name in scene.hints else scene.t(f"{text}-hint")
    return MenuItem(scene.t(text), hint, scene.t(f"{text}-word"))


def _other_language(scene: Scene) -> tuple[Button, ...]:
    """One press instead of a question: the other language is the only choice."""
    other = next(code for code in LANGUAGES if code != scene.language)
    return scene.to("language.set", scene.t(f"language-{other}"), ids={"language": other})


def barred(service: Service[Any], scene: Scene, first: str = "") -> Reply | None:
    """A refusal with a way forward if this person may not use the service, or it cannot be known."""
    if service.name in scene.allowed:
        return None
    decision = service.dialog.may(scene.actor)
    words = scene.trouble or _why(scene, decision)
    return way_forward(scene, *filter(None, (first, words)), first=_leads_to(scene, decision))


def _why(scene: Scene, decision: Decision) -> str:
    """The words of a refusal. Whoever is offered nothing is not told of what others of the role are offered."""
    return refusal(_unconnected(scene) or decision, scene.t, scene.language)


def _unconnected(scene: Scene) -> Decision | None:
    reason = None if scene.services or not scene.actor.enabled else _UNCONNECTED.get(scene.actor.role)
    return None if reason is None else Decision(reason)


def _leads_to(scene: Scene, decision: Decision) -> str:
    return "" if decision.denied_because is None else scene.leads.get(decision.denied_because, "")
