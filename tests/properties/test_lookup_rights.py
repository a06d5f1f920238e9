"""Who is shown whom, against an oracle that knows nothing of how the look-up works."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.actors.model import Actor, Role
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.model import Kind
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import (
    ByChoice,
    ByIdentifier,
    ByName,
    ByUsername,
    Denied,
    Found,
    LookupLimits,
    Outcome,
    Purpose,
    PurposeKind,
    Reach,
    Several,
)
from tests.fakes import FakeAuditLog, FakeClock, FakeDirectory, FakeLedger, FakePseudonyms
from tests.properties import strategies as world

SCHOOLS = st.sampled_from([world.school_of(number) for number in range(3)])
DIRECTORS = st.builds(Actor, st.just("director"), st.just(world.TENANT), st.just(Role.DIRECTOR), SCHOOLS)
PURPOSES = st.none() | st.builds(
    Purpose, st.sampled_from(PurposeKind), st.sampled_from(("", " ", "НВО", "4742080922"))
)


def look_up(people, limits=None):
    audit = FakeAuditLog()
    directory, ledger = FakeDirectory(people), FakeLedger(audit)
    find = FindUsername(
        directory=directory,
        ledger=ledger,
        audit=audit,
        pseudonyms=FakePseudonyms(),
        clock=FakeClock(),
        limits=limits or LookupLimits(),
        domain=world.DOMAIN,
        admit_synthetic=True,
    )
    return find, directory, ledger, audit


def shown_by(answer):
    if isinstance(answer, Found):
        return answer.accounts
    return answer.people if isinstance(answer, Several) else ()


def queries(people):
    """Every way to ask for somebody who exists."""
    return st.sampled_from(people).flatmap(
        lambda person: st.sampled_from(
            (
                ByIdentifier(IdentifierKind.EGN, person.identifier),
                ByIdentifier(IdentifierKind.LNCH, person.identifier),
                ByUsername(person.username),
                ByName(person.name),
                ByChoice(person.id),
            )
        )
    )


def stated(purpose):
    if purpose is None:
        return False
    return purpose.kind is not PurposeKind.OTHER or purpose.text == "НВО"


@settings(max_examples=400)
@given(
    DIRECTORS | world.actors(SCHOOLS), st.lists(world.people(SCHOOLS), min_size=1, max_size=5), PURPOSES, st.data()
)
def test_nobody_is_shown_who_may_not_be(actor, people, purpose, data):
    query = data.draw(queries(people))
    find, directory, ledger, audit = look_up(people)

    answer = asyncio.run(find(actor, query, purpose, "press"))

    rights = actor.role is Role.DIRECTOR and actor.enabled and actor.school is not None
    if not rights:
        assert isinstance(answer, Denied)
        assert (directory.calls, audit.entries, dict(ledger.rows)) == ([], [], {})
        return
    far = stated(purpose) and isinstance(query, ByIdentifier | ByUsername)
    for person in shown_by(answer):
        own = actor.school in person.schools
        assert person.kind is not Kind.OTHER
        assert own or (far and person.kind is Kind.STUDENT)
    if isinstance(query, ByChoice | ByUsername):
        field = "id" if isinstance(query, ByChoice) else "username"
        asked = query.object_id if isinstance(query, ByChoice) else query.typed
        meant = next(person for person in people if getattr(person, field) == asked)
        may = meant.kind is not Kind.OTHER and (actor.school in meant.schools or (far and meant.kind is Kind.STUDENT))
        assert [person.id for person in shown_by(answer)] == ([meant.id] if may else [])


@settings(max_examples=200)
@given(st.lists(world.people(SCHOOLS), min_size=1, max_size=5), PURPOSES, st.data())
def test_each_look_up_is_charged_once_and_recorded_once_without_personal_data(people, purpose, data):
    director = data.draw(DIRECTORS)
    query = data.draw(queries(people))
    find, directory, ledger, audit = look_up(people)

    answer = asyncio.run(find(director, query, purpose, "press"))

    rows = [row.attempt for row in ledger.rows[director.object_id]]
    assert len(rows) == len(audit.entries) == min(1, len(directory.calls))
    assert all(row.outcome in (Outcome.HIT, Outcome.MISS) for row in rows)
    shown = shown_by(answer)
    if rows and any(director.school not in person.schools for person in shown):
        assert rows[0].reach is Reach.OTHER
    written = repr(audit.entries) + repr(ledger.rows)
    for person in people:
        assert person.identifier not in written
        assert person.username not in written
        assert not any(word in written for word in person.name.split())


@settings(max_examples=150)
@given(st.lists(world.people(SCHOOLS), max_size=5), world.egns(), st.data())
def test_without_a_reason_the_rest_of_the_country_makes_no_difference(people, digits, data):
    """The whole trace with and without the people of other schools is the same."""
    director = data.draw(DIRECTORS)
    digits = data.draw(st.sampled_from([digits, *(person.identifier for person in people)]))
    query = ByIdentifier(data.draw(st.sampled_from(IdentifierKind)), digits)
    own = [person for person in people if director.school in person.schools]

    traces = []
    for country in (people, own):
        find, directory, ledger, audit = look_up(country)
        answer = asyncio.run(find(director, query, None, "press"))
        traces.append((answer, directory.calls, dict(ledger.rows), audit.entries))

    assert traces[0] == traces[1]


@settings(max_examples=60)
@given(st.lists(world.egns(), min_size=1, max_size=40), st.integers(1, 6), st.integers(1, 4), st.booleans())
def test_racing_presses_never_overrun_a_budget(asked, per_day, in_a_row, with_reason):
    limits = LookupLimits(own_per_day=per_day, other_per_day=per_day, misses=in_a_row)
    find, directory, _, audit = look_up([], limits)
    director = Actor("director", world.TENANT, Role.DIRECTOR, world.school_of(1))
    purpose = Purpose(PurposeKind.MOVED) if with_reason else None

    async def race():
        return await asyncio.gather(
            *(
                find(director, ByIdentifier(IdentifierKind.EGN, digits), purpose, f"press {number}")
                for number, digits in enumerate(asked)
            )
        )

    answers = asyncio.run(race())

    answered = sum(not isinstance(answer, Denied) for answer in answers)
    assert answered == min(len(asked), per_day, in_a_row if with_reason else per_day)
    assert len(directory.calls) == answered
    assert len([entry for entry in audit.entries if entry.action == "username.lookup"]) == len(asked)
