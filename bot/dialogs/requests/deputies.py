"""Упълномощени лица: whom a director lets decide about requests."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.actors.authorise import Authority
from bot.core.actors.deputies import Absence, Deputy, last_possible
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.people.model import Person
from bot.core.usernames.model import NotFound
from bot.dialogs.dialog import Scene, day_of
from bot.dialogs.menu import denied, notice
from bot.dialogs.paging import Page
from bot.dialogs.requests.cases import RequestCases
from bot.dialogs.search import Search, Sought, details_of
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import date_of, last_day
from cards.actions import Button
from cards.deputies import DeputyField, DeputyRow, deputy_find_card, deputy_form_card, deputy_list_card
from cards.inputs import is_day
from cards.words import shortened

_LONGEST = 100
_LONGEST_ON_BUTTON = 15
_MOST_ENDED = 4
"""So many buttons beside the two that lead on: a card has six. Where there are more authorities, one of them turns
the page.
"""

NOBODY: Mapping[str, datetime] = MappingProxyType({})
ALL_THERE: Mapping[str, Absence] = MappingProxyType({})

_AWAY = {Absence.LEFT: "deputy-left", Absence.DISABLED: "deputy-disabled"}

_CONCERNS: Mapping[Reason, DeputyField] = {
    Reason.ORDER_MISSING: "order",
    Reason.ORDER_HIDDEN: "order",
    Reason.ORDER_DATES: "order_date",
}


async def show(cases: RequestCases, scene: Scene) -> Reply:
    """A page of those who are authorised now."""
    return await _list(cases, scene, number=scene.action.number("page"))


async def search(cases: RequestCases, scene: Scene) -> Reply:
    """Looks for a colleague by what was typed: by username where it plainly is one (`plain_kind`), else by name."""
    typed = scene.action.inputs.get("typed", "")[:_LONGEST]
    found = await SEARCH(cases.find, scene, Sought("name", typed))
    if isinstance(found, Reply):
        return found
    first, *others = found.accounts
    return SEARCH.which(scene, found.accounts) if others else await _form(cases, scene, first.id)


async def pick(cases: RequestCases, scene: Scene) -> Reply:
    """The form for the chosen colleague."""
    one = SEARCH.picked(scene)
    return one if isinstance(one, Reply) else await _form(cases, scene, one)


async def authorise(cases: RequestCases, scene: Scene) -> Reply:
    """Authorises the colleague by the order that was typed."""
    ids, typed = scene.action.ids, scene.action.inputs
    authority = Authority(
        person=ids.get("person", ""),
        school=ids.get("school", ""),
        order=typed.get("order", ""),
        order_date=day_of(typed.get("order_date", "")),
        until=day_of(typed.get("until", "")),
    )
    given = await cases.authorise.authorise(scene.actor, authority)
    if isinstance(given, Deputy):
        words = scene.t("deputy-given", name=given.name, until=last_day(given.until, scene.language))
        return await _list(cases, scene, notice=words)
    if given.denied_because is Reason.ORDER_HIDDEN:
        typed = {**typed, "order": free_text(authority.order, _LONGEST)}  # as it would be kept
    if given.denied_because in _CONCERNS:
        return await _form(cases, scene, authority.person, typed, given)
    return denied(scene, given)


async def ask_end(cases: RequestCases, scene: Scene) -> Reply:
    """Whose authority is to end? Of one that has ended meanwhile it is said that it has."""
    ids, listed = scene.action.ids, await cases.authorise.listed(scene.actor)
    if isinstance(listed, Decision):
        return denied(scene, listed)
    for one in listed:
        if (one.school, one.person) == (ids.get("school"), ids.get("person")):
            return sure(scene, one)
    return await _list(cases, scene, notice=scene.t("deputy-was-ended"))


async def end(cases: RequestCases, scene: Scene) -> Reply:
    """Ends an authority."""
    ids = scene.action.ids
    ended = await cases.authorise.end(scene.actor, ids.get("school", ""), ids.get("person", ""))
    if isinstance(ended, Decision):
        return denied(scene, ended)
    return await _list(cases, scene, notice=scene.t("deputy-ended" if ended else "deputy-was-ended"))


async def _list(cases: RequestCases, scene: Scene, *, notice: str = "", number: int = 0) -> Reply:
    listed = await cases.authorise.listed(scene.actor)
    if isinstance(listed, Decision):
        return denied(scene, listed)
    resting = await cases.authorise.resting(listed)
    absent = await cases.authorise.absent(scene.actor, _on_page(listed, number).some)
    return listing(scene, listed, number, notice=notice, resting=resting, absent=absent)


async def _form(
    cases: RequestCases,
    scene: Scene,
    person_id: str,
    filled: Mapping[str, str] | None = None,
    refused: Decision | None = None,
) -> Reply:
    person = await cases.authorise.colleague(scene.actor, person_id)
    if isinstance(person, Decision):
        return find_form(scene, Sought(), notice=refusal(person, scene.t, scene.language))
    return form(scene, person, filled or {}, refused)


def listing(
    scene: Scene,
    listed: Sequence[Deputy],
    number: int = 0,
    *,
    notice: str = "",
    resting: Mapping[str, datetime] = NOBODY,
    absent: Mapping[str, Absence] = ALL_THERE,
) -> Reply:
    """Those who are authorised now; `resting`: who of them decides for another school, and until when; `absent`: whom
    the directory keeps from deciding. After the last page comes the first.
    """
    t = scene.t
    page = _on_page(listed, number)
    turn = scene.press("deputies", ids={"page": str(page.number + 1)})
    card = deputy_list_card(
        t,
        rows=tuple(
            DeputyRow(
                one.name,
                f"{one.order} / {date_of(one.order_date, scene.language)}",
                last_day(one.until, scene.language),
                last_day(resting[one.person], scene.language) if one.person in resting else "",
                away=t(_AWAY[absent[one.person]]) if one.person in absent else "",
            )
            for one in page.some
        ),
        school=scene.actor.school_name,
        notice=notice,
        page_note=page.note(t),
        buttons=(
            Button(t("deputy-new"), scene.press("deputy.find")),
            *(_end_button(scene, one) for one in page.some),
            *([Button(t("page-next"), turn)] if page.last else []),
            Button(t("transfer-to-list"), scene.press("requests.list")),
        ),
    )
    people = PeopleShown.several(Shows.DEPUTIES, scene.actor.school_id, [one.person for one in page.some])
    return Reply(card=card, people=people if page.some else None)


def _on_page(listed: Sequence[Deputy], number: int) -> Page[Deputy]:
    """Those of a page."""
    size = _MOST_ENDED if len(listed) <= _MOST_ENDED else _MOST_ENDED - 1
    pages = max(1, -(-len(listed) // size))
    return Page.of(listed, size, number % pages)


def find_form(scene: Scene, sought: Sought, *, problem: str = "", notice: str = "") -> Reply:
    """Whom to authorise? By name or username."""
    card = deputy_find_card(
        scene.t,
        find=scene.press("deputy.search", FORM_LIFETIME),
        school=scene.actor.school_name,
        typed=sought.typed,
        problem=problem,
        notice=notice,
        buttons=(_back(scene),),
    )
    return Reply(card=card)


def _not_found(scene: Scene, sought: Sought, _: NotFound) -> Reply:
    return find_form(scene, sought, notice=scene.t("deputy-not-found"))


SEARCH = Search(
    form=find_form,
    pick="deputy.pick",
    new_search=lambda scene: Button(scene.t("lookup-new-search"), scene.press("deputy.find")),
    not_found=_not_found,
    nothing_typed="card-deputy-typed-missing",
    too_many="deputy-too-many",
    which_lead="deputy-which-lead",
)


def form(scene: Scene, person: Person, filled: Mapping[str, str], refused: Decision | None = None) -> Reply:
    """By which order, and until when? What was typed is given back."""
    dates = {name: filled.get(name, "") for name in ("order_date", "until")}
    reason = refused.denied_because if refused else None
    ids = {"person": person.id, "school": scene.actor.school_id}
    card = deputy_form_card(
        scene.t,
        submit=scene.press("deputy.authorise", FORM_LIFETIME, ids=ids),
        name=person.name,
        username=person.username,
        school=scene.actor.school_name,
        today=scene.today.isoformat(),
        latest=last_possible(scene.today).isoformat(),
        order=filled.get("order", "")[:_LONGEST],
        problem=refusal(refused, scene.t, scene.language) if refused else "",
        concerns=_CONCERNS.get(reason) if reason else None,
        buttons=(_back(scene),),
        **{name: value if is_day(value) else "" for name, value in dates.items()},
    )
    return Reply(card=card, people=details_of(person))


def _end_button(scene: Scene, one: Deputy) -> Button:
    title = scene.t("deputy-end", name=_on_button(one.name))
    return Button(title, scene.press("deputy.end", FORM_LIFETIME, ids=_ids(one)))


def _on_button(name: str) -> str:
    """First and last name, or an initial: a button has one line of a phone, and the list above it and the question
    behind it have the whole.
    """
    first, *rest = name.split() or [name]
    both, initial = " ".join((first, *rest[-1:])), " ".join((f"{first[:1]}.", *rest[-1:]))
    return both if len(both) <= _LONGEST_ON_BUTTON else shortened(initial if rest else both, _LONGEST_ON_BUTTON)


def _ids(one: Deputy) -> dict[str, str]:
    return {"person": one.person, "school": one.school}


def sure(scene: Scene, one: Deputy) -> Reply:
    """Is the authority of this colleague to end?"""
    end = scene.press("deputy.ended", STEP_LIFETIME, ids=_ids(one))
    buttons = (Button(scene.t("password-confirm"), end, "positive"), _back(scene))
    title, words = scene.t("deputy-end-title"), scene.t("deputy-end-sure", name=one.name)
    people = PeopleShown.several(Shows.DEPUTIES, one.school, [one.person])
    return notice(scene, title, words, buttons=buttons, people=people)


def _back(scene: Scene) -> Button:
    return Button(scene.t("password-cancel"), scene.press("deputies"))
