"""The people of a list of the board with their state, and one person: what is known, and what is next."""

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.accounts.board import Board, counted
from bot.core.accounts.model import BoardPerson, BoardState, BoardTiming, View
from bot.core.accounts.states import handed_over
from bot.core.decision import Decision
from bot.core.people.model import Kind
from bot.dialogs.accounts import places
from bot.dialogs.accounts.board import list_press
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.selection import Selection, selected
from bot.dialogs.accounts.ways import to_board, ways_back
from bot.dialogs.accounts.words import (
    STYLES,
    as_of,
    class_word,
    next_word,
    old_word,
    own_password,
    part_word,
    selection_word,
    state_word,
    view_word,
    who_word,
)
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, not_possible
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME
from bot.texts.moments import day, moment
from cards.accounts import MOST_PEOPLE, PersonRow, accounts_people_card, accounts_person_card
from cards.actions import Button, Style

_PASSWORD_HELPS = frozenset(
    {BoardState.NEW, BoardState.UNTOLD, BoardState.HANDED, BoardState.IN_USE, BoardState.CHANGED}
)


async def list_(cases: AccountsCases, scene: Scene) -> Reply:
    """A page of a list."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    return listed(scene, seen, cases.timing, selected(scene), scene.action.number("page"))


async def person(cases: AccountsCases, scene: Scene) -> Reply:
    """One person of the board, as it is now."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    one = seen.one(scene.action.id("person"))
    if one is None:
        return not_possible(scene, scene.t("accounts-gone"), buttons=ways_back(scene))
    return of_person(scene, seen, cases.timing, one)


def listed(scene: Scene, seen: Board, timing: BoardTiming, selection: Selection, number: int = 0) -> Reply:
    """A page of these people."""
    t, now, language = scene.t, scene.now, scene.language
    people = selection.of(seen, now, timing)
    page = Page.of(people, MOST_PEOPLE, number)
    whole = selection.view in {View.CLASS, View.TEACHERS}
    lead = part_word(counted(people), t) if whole else t("accounts-count", count=len(people))
    buttons = list(places.of_people(scene, selection, people)) if people else []
    buttons += page.ways(t, lambda to: list_press(scene, selection, to))
    card = accounts_people_card(
        t,
        title=selection_word(selection, t),
        lead=" · ".join(filter(None, (lead, as_of(seen, now, language, t)))),
        people=tuple(_row(scene, one, timing, selection, page.number) for one in page.some),
        next_step="" if whole else view_word(selection, people, t),
        notice=old_word(seen, now, timing, language, t),
        page_note=page.note(t),
        buttons=(*buttons, to_board(scene)),
    )
    class_ = selection.class_ if selection.view is View.CLASS else ""
    shown = PeopleShown.several(Shows.ACCOUNTS, seen.school.id, [one.id for one in page.some], class_)
    return Reply(card=card, people=shown if page.some else None)


def _row(scene: Scene, one: BoardPerson, timing: BoardTiming, selection: Selection, page: int) -> PersonRow:
    """Of one class its name is said above the list, and not in each row."""
    class_ = "" if selection.view is View.CLASS else _place(scene, one)
    ids = {"person": one.id, "what": selection.word, "page": str(page)}
    press = scene.press("accounts.person", ids=ids)
    return PersonRow(one.name, class_, state_word(one, timing, scene.t, now=scene.now), press, STYLES[one.state])


def _place(scene: Scene, one: BoardPerson) -> str:
    return scene.t("account-teacher") if one.kind is Kind.TEACHER else class_word(one.class_, scene.t)


def of_person(scene: Scene, seen: Board, timing: BoardTiming, one: BoardPerson) -> Reply:
    """What is known of one account, and what is to be done about it."""
    t, language, row = scene.t, scene.language, one.row
    account, given = row.account, own_password(row)
    about = (
        (t("account-position" if one.kind is Kind.TEACHER else "account-place"), _place(scene, one)),
        (t("account-username"), account.username),
        (t("account-created"), day(account.created, language)),
        (t("account-changed"), moment(account.changed, language)),
        (t("account-signed-in"), moment(account.signed_in, language)),
        (t("account-given"), "" if given is None else moment(given.asked_at, language)),
        (t("account-shown"), "" if given is None else moment(given.shown_at, language)),
        (t("account-handed"), _handed(scene, seen.school.id, one)),
        (t("account-asked"), moment(row.asked_at, language)),
    )
    password: tuple[Button, ...] = ()
    if one.state in _PASSWORD_HELPS:
        style: Style = "positive" if one.state is BoardState.NEW else "default"
        password = scene.to(
            "password.person", t("command-password"), FORM_LIFETIME, ids={"person": one.id}, style=style
        )
    elif one.state is BoardState.TWO:
        password = scene.to("lookup.open", t("command-lookup"))
    card = accounts_person_card(
        t,
        name=one.name,
        state=state_word(one, timing, t, now=scene.now),
        style=STYLES[one.state],
        about=about,
        who=who_word(one, t),
        next_step=next_word(one, t),
        notice=old_word(seen, scene.now, timing, language, t),
        buttons=(*password, *places.of_person(scene, seen.school.id, one), *ways_back(scene)),
    )
    return Reply(card=card, people=PeopleShown(Shows.PERSON, one.id, class_=one.class_))


def _handed(scene: Scene, school: str, one: BoardPerson) -> str:
    """When and to whom; a receipt for an earlier password says nothing of the present one."""
    receipt = handed_over(one.row)
    if receipt is None:
        return ""
    if receipt.school != school:
        return scene.t("account-handed-elsewhere")
    to = scene.t(f"account-handed-{receipt.recipient}")
    return f"{moment(receipt.at, scene.language)}, {to}"
