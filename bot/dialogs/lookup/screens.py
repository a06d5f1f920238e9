"""What the look-up shows: its form, and the accounts that were found."""

from collections.abc import Iterator

from bot.conversation import Reply
from bot.core.people.classes import class_of
from bot.core.people.identifiers import masked
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.usernames.model import Found, PurposeKind
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import help_button, notice
from bot.dialogs.search import Sought
from bot.presser import FORM_LIFETIME
from cards.actions import Button, Press
from cards.lookup_choices import PersonChoice
from cards.lookup_result import AccountView, lookup_result_card
from cards.search_forms import LookupField, lookup_form_card
from cards.words import shortened

_MOST_PASSWORDS = 4
"""So many buttons beside the two that lead on: a card has six."""

_MOST_OF_USERNAME = 20
"""Letters of a username on a button: more would be cut off on a phone."""

_NO_SCHOOL = School("", "", "")


def form(
    scene: Scene,
    sought: Sought,
    *,
    problem: str = "",
    notice: str = "",
    concerns: LookupField | None = None,
    near: tuple[PersonChoice, ...] = (),
    left_out: int = 0,
    asks_why: bool = False,
) -> Reply:
    """The form, with what was typed still in it. A `problem` is to be corrected, a `notice` to be known. `asks_why`:
    all reasons stand on it, each a press, and not only the one that most look-ups have.
    """
    asks_why = asks_why or sought.purpose not in {"", PurposeKind.MOVED}
    reasons = tuple(PurposeKind) if asks_why else (PurposeKind.MOVED,)
    card = lookup_form_card(
        scene.t,
        search=scene.press("lookup.search", FORM_LIFETIME, ids=sought.ids),
        reasons=tuple((scene.t(f"lookup-reason-{one.value}"), _because(scene, sought, one)) for one in reasons),
        kind=sought.kind,
        typed=sought.typed,
        purpose_text=sought.purpose_text,
        asks_why=asks_why,
        problem=problem,
        concerns=concerns,
        notice=notice,
        near=near,
        left_out=left_out,
        school=scene.actor.school_name,
    )
    return Reply(card=card)


def _because(scene: Scene, sought: Sought, reason: PurposeKind) -> Press:
    """The search for this reason: the one that is recorded, because the person pressed its name."""
    return scene.press("lookup.search", FORM_LIFETIME, ids={**sought.ids, "purpose": reason.value})


def result(scene: Scene, found: Found, to_list: tuple[Button, ...] = ()) -> Reply:
    """The username, school, class and state of each account, the current one first."""
    return Reply(
        card=lookup_result_card(
            scene.t,
            masked=masked(found.asked) if found.asked else "",
            own_school=found.own_school,
            accounts=tuple(_account(scene, person, found.current) for person in found.accounts),
            several_people=found.several_people,
            notice=scene.t("lookup-without-zero") if found.without_zero else "",
            buttons=(
                *_passwords(scene, found),
                *_requests(scene, found),
                *to_list,
                new_search(scene),
                *(() if to_list else help_button(scene)),
            ),
        )
    )


def denied(scene: Scene, words: str) -> Reply:
    """A polite refusal with a way forward."""
    buttons = (new_search(scene), *help_button(scene))
    return notice(scene, scene.t("lookup-denied-title"), words, buttons=buttons)


def _account(scene: Scene, person: Person, current: str | None) -> AccountView:
    own = scene.actor.school
    schools = sorted(person.schools, key=lambda school: own is None or school.id != own.id)
    first = schools[0] if schools else _NO_SCHOOL
    return AccountView(
        name=person.name,
        username=person.username,
        school=first.name,
        code=first.code,
        town=first.town,
        class_=class_of(person),
        state=person.state.value,
        current=None if current is None else person.id == current,
        also_at=tuple(_place(school) for school in schools[1:]),
    )


def _passwords(scene: Scene, found: Found) -> Iterator[Button]:
    """For each account of their school that a password can open: the way there; rights are read at its end."""
    own = scene.actor.school
    accounts = [
        person
        for person in found.accounts[:_MOST_PASSWORDS]
        if own is not None
        and person.attends(own.id)
        and person.kind is not Kind.OTHER
        and person.state is not AccountState.DISABLED
    ]
    for person in accounts:
        title = (
            scene.t("command-password")
            if len(accounts) == 1
            else scene.t("password-of", username=shortened(person.username.partition("@")[0], _MOST_OF_USERNAME))
        )
        yield from scene.to("password.person", title, FORM_LIFETIME, ids={"person": person.id})


def _requests(scene: Scene, found: Found) -> Iterator[Button]:
    """For a student of another school: the way to asking for the account; rights are read at its end."""
    own = scene.actor.school
    elsewhere = [
        person
        for person in found.accounts[:_MOST_PASSWORDS]
        if own is not None and person.kind is Kind.STUDENT and person.schools and not person.attends(own.id)
    ]
    current = [person for person in elsewhere if found.current in {None, person.id}]
    for person in current:
        title = (
            scene.t("lookup-request")
            if len(current) == 1
            else scene.t("lookup-request-of", username=person.username.partition("@")[0])
        )
        yield from scene.to("transfer.person", title, FORM_LIFETIME, ids={"person": person.id})


def _place(school: School) -> str:
    return ", ".join(filter(None, (school.name, school.town, school.code)))


def new_search(scene: Scene) -> Button:
    """To the empty form."""
    return Button(scene.t("lookup-new-search"), scene.press("lookup.open"))
