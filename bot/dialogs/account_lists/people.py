"""The people of a list in one state, and one of them: what the list says, what the directory has, what is next."""

from collections.abc import Sequence

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.decision import Decision
from bot.core.intake.season import GRADES, Season
from bot.core.lists.hold import HeldPerson, HeldState
from bot.core.lists.show import mark_of
from bot.core.people.classes import grade_of_class
from bot.core.people.model import Kind
from bot.dialogs.account_lists.cases import HeldBoard, ListCases
from bot.dialogs.account_lists.screens import state_press, to_list
from bot.dialogs.account_lists.words import STYLES, next_word, state_word, who_word
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, not_possible
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME
from cards.accounts import MOST_PEOPLE, PersonRow, accounts_people_card, accounts_person_card
from cards.actions import Button

_MOST_NAMED = 3
"""Accounts that one row may be about."""
_MAYBE = frozenset({HeldState.UNSURE, HeldState.BY_NAME})
_RENAMED = frozenset({HeldState.FORMER_USERNAME, HeldState.OTHER_USERNAME})


async def of_state(cases: ListCases, scene: Scene) -> Reply:
    """A page of those in one state."""
    seen = await cases.seen(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    return listed(scene, seen, _state(scene), scene.action.number("page"))


async def person(cases: ListCases, scene: Scene) -> Reply:
    """One of the list, as it is now."""
    seen = await cases.seen(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    mark = scene.action.id("listed")
    one = next((each for each in seen.listed.people if mark_of(each.listed) == mark), None)
    if one is None:
        return not_possible(scene, scene.t("listed-gone"), buttons=(to_list(scene),))
    return of_person(scene, seen, one, cases.season)


def listed(scene: Scene, seen: HeldBoard, state: HeldState, number: int = 0) -> Reply:
    """A page of them."""
    t = scene.t
    people = seen.listed.of_state(state)
    page = Page.of(people, MOST_PEOPLE, number)
    card = accounts_people_card(
        t,
        heading=t("listed-title"),
        title=state_word(state, t),
        lead=t("listed-count", count=len(people)),
        people=tuple(_row(scene, one, page.number) for one in page.some),
        next_step=t(f"listed-do-{state}"),
        page_note=page.note(t),
        buttons=(*page.ways(t, lambda to: state_press(scene, state, to)), to_list(scene)),
    )
    return Reply(card=card, people=_shown(seen, page.some) if page.some else None)


def _row(scene: Scene, one: HeldPerson, page: int) -> PersonRow:
    ids = {"listed": mark_of(one.listed), "state": one.state.value, "page": str(page)}
    press = scene.press("listed.person", ids=ids)
    name = one.listed.name or _named(one) or scene.t("listed-nameless")
    return PersonRow(name, _place(scene, one), state_word(one.state, scene.t), press, STYLES[one.state])


def _named(one: HeldPerson) -> str:
    """By what somebody is called of whom the list tells no name."""
    return one.listed.usernames[0] if one.listed.usernames else ""


def _place(scene: Scene, one: HeldPerson) -> str:
    return scene.t("listed-teacher") if one.listed.kind is Kind.TEACHER else one.listed.class_


def of_person(scene: Scene, seen: HeldBoard, one: HeldPerson, season: Season) -> Reply:
    """What the list says of somebody, and what is to be done. `season`: of intake."""
    t, state, row = scene.t, one.state, one.listed
    here = [each for each in one.accounts if seen.board.one(each.person) is not None][:_MOST_NAMED]
    present = [account.username for account in here if account.username not in row.usernames]
    where = t("listed-file-sheet", file=row.place.file, sheet=row.place.sheet) if row.place.sheet else row.place.file
    about = (
        (t("account-position" if row.kind is Kind.TEACHER else "listed-class"), _place(scene, one)),
        (t("listed-username"), ", ".join(row.usernames)),
        (t("listed-username-now"), ", ".join(present) if state not in _MAYBE else ""),
        (
            t("listed-maybe"),
            "; ".join(f"{each.name}, {each.username}" for each in here) if state in _MAYBE else "",
        ),
        (t("listed-where"), t("listed-row", file=where, row=row.place.row)),
        (t("listed-remarks"), " ".join(t(f"listed-remark-{remark}") for remark in row.remarks)),
    )
    ways: list[Button] = []
    if state is HeldState.OTHER_SCHOOL:
        ways += scene.to("transfer.open", t("command-transfer"), style="positive")
        ways += scene.to("lookup.open", t("command-lookup"))
    elif state is HeldState.ONLY_LISTED and row.kind is Kind.STUDENT:
        ways += _from_elsewhere(scene, row.class_, season)
    elif here:
        title = t("listed-account") if len(here) == 1 else ""
        for number, each in enumerate(here, start=1):
            ways += scene.to(
                "accounts.person",
                title or t("listed-account-of", number=number),
                ids={"person": each.person},
                style="positive" if state in _RENAMED else "default",
            )
    back = Button(t("listed-to-state"), state_press(scene, state, scene.action.number("page")))
    card = accounts_person_card(
        t,
        heading=t("listed-title"),
        name=row.name or _named(one) or t("listed-nameless"),
        state=state_word(state, t),
        style=STYLES[state],
        about=about,
        who=who_word(state, t),
        next_step=next_word(state, t),
        buttons=(*ways, back, to_list(scene)),
    )
    return Reply(card=card, people=_shown(seen, (one,), row.class_))


def _from_elsewhere(scene: Scene, class_: str, season: Season) -> tuple[Button, ...]:
    """To who may have an account in another school, which the list does not tell: by intake, or by a request."""
    grade = grade_of_class(class_) or class_
    if grade in GRADES and season.open_on(scene.today):
        return scene.to(
            "intake.form", scene.t("listed-intake"), FORM_LIFETIME, ids={"grade": grade}, style="positive"
        )
    return scene.to("transfer.open", scene.t("command-transfer"))


def _shown(seen: HeldBoard, some: Sequence[HeldPerson], class_: str = "") -> PeopleShown:
    marks = [mark_of(one.listed) for one in some]
    return PeopleShown.several(Shows.ACCOUNTS, seen.board.school.id, marks, class_)


def _state(scene: Scene) -> HeldState:
    word = scene.action.id("state")
    return HeldState(word) if word in set(HeldState) else HeldState.ONLY_LISTED
