"""Упълномощени лица: whom a director lets decide about requests."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.actors.authorise import AuthoriseDeputy, Authority
from bot.core.actors.deputies import Deputy, last_possible
from bot.core.decision import Decision, Reason
from bot.core.people.model import Person
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import ByName, ByUsername, Denied, Found, Several, TooMany, Unreadable
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.search import chosen, details_of, press_digest, who_is_meant
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import date_of, day
from cards.actions import Button
from cards.deputies import (
    DeputyField,
    DeputyRow,
    deputy_find_card,
    deputy_form_card,
    deputy_list_card,
)
from cards.inputs import is_day
from cards.notice import notice_card

_SOFIA = ZoneInfo("Europe/Sofia")
_LONGEST = 100
_MOST_ENDED = 4
"""So many buttons beside the two that lead on: a card has six. Where there are more authorities, one of them turns
the page.
"""

_CONCERNS: Mapping[Reason, DeputyField] = {Reason.ORDER_MISSING: "order", Reason.ORDER_DATES: "order_date"}


class DeputyTalk:
    """List → colleague → order → authorised; and the end of it."""

    verbs = (
        "deputies",
        "deputy.find",
        "deputy.search",
        "deputy.pick",
        "deputy.authorise",
        "deputy.end",
        "deputy.ended",
    )

    def __init__(self, find: FindUsername, authorise: AuthoriseDeputy) -> None:
        self._find = find
        self._authorise = authorise

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """The answer to one of `verbs`."""
        match action.verb:
            case "deputy.find":
                return _find_card(scene)
            case "deputy.search":
                return await self._search(scene, action, inputs.get("typed", "")[:_LONGEST])
            case "deputy.pick":
                one = chosen(action, inputs)
                return (
                    await self._form(scene, one)
                    if one
                    else _find_card(scene, problem=scene.t("lookup-choice-missing"))
                )
            case "deputy.authorise":
                return await self._authorised(scene, action, inputs)
            case "deputy.end":
                return await self._sure(scene, action)
            case "deputy.ended":
                return await self._ended(scene, action)
            case _:
                return await self._list(scene, page=_number(action.ids.get("page", "")))

    async def _list(self, scene: Scene, *, notice: str = "", page: int = 0) -> Reply:
        listed = await self._authorise.listed(scene.actor)
        if isinstance(listed, Decision):
            return way_forward(scene, refusal(listed, scene.t, scene.language))
        school = scene.actor.school
        size = _MOST_ENDED if len(listed) <= _MOST_ENDED else _MOST_ENDED - 1
        pages = max(1, -(-len(listed) // size))
        page %= pages  # after the last comes the first
        listed = listed[page * size : (page + 1) * size]
        turn = scene.press("deputies", ids={"page": str(page + 1)})
        card = deputy_list_card(
            scene.t,
            rows=tuple(
                DeputyRow(one.name, f"{one.order} / {date_of(one.order_date, scene.language)}", _last_day(scene, one))
                for one in listed
            ),
            school=school.name if school else "",
            notice=notice,
            page_note=scene.t("requests-page", page=str(page + 1), pages=str(pages)) if pages > 1 else "",
            buttons=(
                Button(scene.t("deputy-new"), scene.press("deputy.find")),
                *(_end_button(scene, one) for one in listed),
                *([Button(scene.t("requests-next"), turn)] if pages > 1 else []),
                Button(scene.t("transfer-to-list"), scene.press("requests.list")),
            ),
        )
        people = PeopleShown(Shows.DEPUTIES, school.id if school else "", len(listed)) if listed else None
        return Reply(card=card, people=people)

    async def _search(self, scene: Scene, action: Action, typed: str) -> Reply:
        if not typed.strip():
            return _find_card(scene, problem=scene.t("card-deputy-typed-missing"))
        username = "@" in typed or "." in typed
        query = ByUsername(typed) if username else ByName(typed)
        answer = await self._find(scene.actor, query, None, press_digest(action, typed))
        match answer:
            case Found(accounts) if len(accounts) == 1:
                return await self._form(scene, accounts[0].id)
            case Found(accounts):
                return _which(scene, accounts)
            case Several(people):
                return _which(scene, people)
            case TooMany(count):
                return _find_card(scene, typed, notice=scene.t("lookup-too-many", count=count))
            case Denied(decision):
                return way_forward(scene, refusal(decision, scene.t, scene.language))
            case Unreadable():
                words = "lookup-username-unreadable" if username else "lookup-name-unreadable"
                return _find_card(scene, typed, problem=scene.t(words))
            case _:
                return _find_card(scene, typed, notice=scene.t("deputy-not-found"))

    async def _form(
        self, scene: Scene, person_id: str, filled: Mapping[str, str] | None = None, denied: Decision | None = None
    ) -> Reply:
        person = await self._authorise.colleague(scene.actor, person_id)
        if isinstance(person, Decision):
            return _find_card(scene, notice=refusal(person, scene.t, scene.language))
        return _form_card(scene, person, filled or {}, denied)

    async def _authorised(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        person, school = action.ids.get("person", ""), action.ids.get("school", "")
        authority = Authority(
            person=person,
            school=school,
            order=inputs.get("order", ""),
            order_date=_date(inputs.get("order_date", "")),
            until=_date(inputs.get("until", "")),
        )
        given = await self._authorise.authorise(scene.actor, authority)
        if isinstance(given, Deputy):
            words = scene.t("deputy-given", name=given.name, until=_last_day(scene, given))
            return await self._list(scene, notice=words)
        if given.denied_because in _CONCERNS:
            return await self._form(scene, person, inputs, given)
        return way_forward(scene, refusal(given, scene.t, scene.language))

    async def _sure(self, scene: Scene, action: Action) -> Reply:
        """Whose authority ends is said; of one that has ended meanwhile that it has."""
        listed = await self._authorise.listed(scene.actor)
        if isinstance(listed, Decision):
            return way_forward(scene, refusal(listed, scene.t, scene.language))
        meant = [
            one for one in listed if (one.school, one.person) == (action.ids.get("school"), action.ids.get("person"))
        ]
        if not meant:
            return await self._list(scene, notice=scene.t("deputy-was-ended"))
        confirm = scene.press("deputy.ended", STEP_LIFETIME, ids=action.ids)
        card = notice_card(
            scene.t,
            title=scene.t("deputy-end-title"),
            paragraphs=(scene.t("deputy-end-sure", name=meant[0].name),),
            buttons=(
                Button(scene.t("password-confirm"), confirm, "positive"),
                Button(scene.t("password-cancel"), scene.press("deputies")),
            ),
        )
        return Reply(card=card, people=PeopleShown(Shows.DEPUTIES, meant[0].school))

    async def _ended(self, scene: Scene, action: Action) -> Reply:
        ended = await self._authorise.end(scene.actor, action.ids.get("school", ""), action.ids.get("person", ""))
        if isinstance(ended, Decision):
            return way_forward(scene, refusal(ended, scene.t, scene.language))
        return await self._list(scene, notice=scene.t("deputy-ended" if ended else "deputy-was-ended"))


def _find_card(scene: Scene, typed: str = "", *, problem: str = "", notice: str = "") -> Reply:
    school = scene.actor.school
    card = deputy_find_card(
        scene.t,
        find=scene.press("deputy.search", FORM_LIFETIME),
        school=school.name if school else "",
        typed=typed,
        problem=problem,
        notice=notice,
        buttons=(Button(scene.t("password-cancel"), scene.press("deputies")),),
    )
    return Reply(card=card)


def _form_card(scene: Scene, person: Person, filled: Mapping[str, str], denied: Decision | None) -> Reply:
    school, today = scene.actor.school, scene.now.astimezone(_SOFIA).date()
    dates = {name: filled.get(name, "") for name in ("order_date", "until")}
    reason = denied.denied_because if denied else None
    ids = {"person": person.id, "school": school.id if school else ""}
    card = deputy_form_card(
        scene.t,
        submit=scene.press("deputy.authorise", FORM_LIFETIME, ids=ids),
        name=person.name,
        username=person.username,
        school=school.name if school else "",
        today=today.isoformat(),
        latest=last_possible(today).isoformat(),
        order=filled.get("order", "")[:_LONGEST],
        problem=refusal(denied, scene.t, scene.language) if denied else "",
        concerns=_CONCERNS.get(reason) if reason else None,
        buttons=(Button(scene.t("password-cancel"), scene.press("deputies")),),
        **{name: value if is_day(value) else "" for name, value in dates.items()},
    )
    return Reply(card=card, people=details_of(person))


def _which(scene: Scene, people: tuple[Person, ...]) -> Reply:
    notes = {one.id: one.username for one in people}
    again = Button(scene.t("lookup-new-search"), scene.press("deputy.find"))
    return who_is_meant(scene, "deputy.pick", people, again, notes)


def _end_button(scene: Scene, one: Deputy) -> Button:
    ids = {"person": one.person, "school": one.school}
    return Button(scene.t("deputy-end", name=one.name), scene.press("deputy.end", FORM_LIFETIME, ids=ids))


def _last_day(scene: Scene, one: Deputy) -> str:
    """The authority ends with this day, at midnight."""
    return day(one.until - timedelta(seconds=1), scene.language)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
