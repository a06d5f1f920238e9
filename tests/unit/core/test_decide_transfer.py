"""What a decision writes: the request as it is afterwards, one entry, who is told, the release and its end."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.actors.deputies import Deputy
from bot.core.actors.model import Actor
from bot.core.audit import AuditEntry
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryForbidden, DirectoryUnavailable
from bot.core.people.free_text import FreeText
from bot.core.people.model import AccountState
from bot.core.transfers.blind import BlindTransfer, SeenTransfer, blind
from bot.core.transfers.decide import Decided, Deed, MayBeDone, NotDecided, TooLate
from bot.core.transfers.model import (
    CARRY_OUT,
    CLOCK,
    TELL,
    Appeal,
    Deadlines,
    Problem,
    Remark,
    Side,
    State,
    Verdict,
)
from bot.core.transfers.policy import Choice, as_seen_by
from bot.core.transfers.record import denied_entry
from tests.fakes import NOON
from tests.fakes_placements import Fault
from tests.fakes_transfers import FakeDeputies
from tests.unit.core.transfer_world import (
    ASKER,
    COLLEAGUE,
    DEPUTY,
    EXPERT,
    HEAD,
    NEW,
    OLD,
    PUPIL,
    THIRD,
    World,
    pupil,
)

FORTNIGHT_AFTER = datetime(2026, 12, 7, 10, tzinfo=UTC)
C, S = Choice, State


async def at(state: State) -> World:
    """A request in this state, an hour after anything happened to it."""
    world = World()
    match state:
        case State.ESCALATED:
            await world.escalated()
        case State.NEEDS_ATTENTION:
            await world.approved()
            world.roster.faults.append(Fault(DirectoryForbidden("403")))
            await world.work(CARRY_OUT)
        case State.REFUSED | State.NOT_OURS:
            await world.asked()
            await world.does(HEAD, C.REFUSE if state is State.REFUSED else C.NOT_OURS)
        case _:
            await world.asked()
    assert world.now.state is state
    world.clock.move(hours=1)
    return world


def whole(world: World) -> SeenTransfer:
    """The request as the two schools see it."""
    return as_seen_by(Side.RELEASING, world.now)


# From which state, who (another account than the one that asked or refused), what; of the entry its version, action,
# outcome and the rest.
DECISIONS = [
    (S.REQUESTED, DEPUTY, C.APPROVE, ("1", "decided", "approved", {"as": "releasing", "state": "approved"})),
    (S.REQUESTED, DEPUTY, C.REFUSE, ("1", "decided", "refused", {"as": "releasing", "state": "refused"})),
    (S.REQUESTED, DEPUTY, C.NOT_OURS, ("1", "decided", "not-ours", {"as": "releasing", "state": "not-ours"})),
    (S.REQUESTED, COLLEAGUE, C.WITHDRAW, ("1", "decided", "withdrawn", {"as": "receiving", "state": "withdrawn"})),
    (S.ESCALATED, DEPUTY, C.APPROVE, ("2", "decided", "approved", {"as": "releasing", "state": "approved"})),
    (S.ESCALATED, EXPERT, C.APPROVE, ("2", "decided", "approved", {"as": "office", "state": "approved"})),
    (S.ESCALATED, EXPERT, C.REFUSE, ("2", "decided", "refused", {"as": "office", "state": "refused"})),
    (S.ESCALATED, EXPERT, C.RETURN, ("2", "decided", "requested", {"as": "office", "state": "requested"})),
    (S.NEEDS_ATTENTION, DEPUTY, C.RETRY, ("4", "changed", "retried", {"as": "releasing"})),
    (S.NEEDS_ATTENTION, COLLEAGUE, C.RETRY, ("4", "changed", "retried", {"as": "receiving"})),
    (S.NEEDS_ATTENTION, EXPERT, C.RETRY, ("4", "changed", "retried", {"as": "office"})),
    (
        S.NEEDS_ATTENTION,
        COLLEAGUE,
        C.WITHDRAW,
        ("4", "decided", "withdrawn", {"as": "receiving", "state": "withdrawn"}),
    ),
    (S.NEEDS_ATTENTION, DEPUTY, C.TAKE_BACK, ("4", "decided", "refused", {"as": "releasing", "state": "refused"})),
    (S.NEEDS_ATTENTION, EXPERT, C.TAKE_BACK, ("4", "decided", "refused", {"as": "office", "state": "refused"})),
    (S.REFUSED, COLLEAGUE, C.APPEAL, ("2", "appealed", "escalated", {"against": "refused"})),
    (S.NOT_OURS, COLLEAGUE, C.APPEAL, ("2", "appealed", "escalated", {"against": "not-ours"})),
]
TOLD = {
    C.APPROVE: "approved",
    C.REFUSE: "refused",
    C.NOT_OURS: "not-ours",
    C.WITHDRAW: "withdrawn",
    C.RETURN: "returned",
    C.RETRY: "retried",
    C.TAKE_BACK: "refused",
    C.APPEAL: "appealed",
}
SIDES = {DEPUTY: Side.RELEASING, HEAD: Side.RELEASING, COLLEAGUE: Side.RECEIVING, EXPERT: Side.OFFICE}
ENDED = {S.REFUSED, S.NOT_OURS, S.WITHDRAWN}


@pytest.mark.parametrize(
    ("state", "actor", "choice", "written"),
    DECISIONS,
    ids=[f"{one[2]} by {one[1].object_id} when {one[0]}" for one in DECISIONS],
)
async def test_each_decision_has_one_entry_that_names_who_made_it_and_is_told(state, actor, choice, written):
    version, action, outcome, more = written
    world = await at(state)
    entries, told, now = len(world.audit.entries), len(world.told()), world.clock()

    decided = await world.does(actor, choice)

    assert decided == Decided(as_seen_by(SIDES[actor], world.now), SIDES[actor])
    assert isinstance(decided.transfer, BlindTransfer) == (actor is EXPERT)
    assert world.actors.calls[-1] == (actor.object_id, "00000000-0000-4000-8000-000000000299")
    asked = {"transfer": "press-1", "number": "1", "receiving": "school-1", "releasing": "school-2"}
    assert world.audit.entries[entries:] == [
        AuditEntry(
            now,
            actor.object_id,
            f"transfer.{action}",
            "pupil",
            outcome,
            asked | {"version": version} | more,
        )
    ]
    assert world.told()[told:] == [TOLD[choice]]
    assert world.queue.of(TELL)[-1].key == f"press-1:{int(version) + 1}:{TOLD[choice]}"
    assert world.now.state.value == ("approved" if choice is C.RETRY else outcome)
    assert world.now.ended_at == (now if world.now.state in ENDED else None)


async def test_who_decided_is_kept_with_the_words_and_where_only_of_not_ours():
    for choice, where in ((C.REFUSE, ""), (C.NOT_OURS, "в чужбина")):
        world = await at(S.REQUESTED)
        await world.does(DEPUTY, choice, "Отписан\nпрез юни", where="в чужбина")
        assert world.now.verdict == Verdict(
            "deputy",
            "Ася Цанкова Ъглова",
            Side.RELEASING,
            world.clock(),
            FreeText("Отписан през юни"),
            FreeText(where),
        )


async def test_words_are_cut_where_a_card_can_hold_no_more():
    world = await at(S.REQUESTED)
    await world.does(DEPUTY, C.NOT_OURS, "а" * 301, where="б" * 301)
    assert world.now.verdict is not None
    assert (world.now.verdict.reason, world.now.verdict.where) == ("а" * 300, "б" * 300)

    await world.does(COLLEAGUE, C.APPEAL, "в" * 301)
    assert world.now.appeal is not None
    assert world.now.appeal.reason == "в" * 300


# The release


async def test_an_approval_releases_the_student_to_the_school_that_asked_for_a_fortnight():
    world = World()

    await world.approved()

    assert world.releases.until == {("pupil", "school-1"): FORTNIGHT_AFTER}


@pytest.mark.parametrize(
    ("state", "actor", "choice"),
    [(*one[:3],) for one in DECISIONS if one[2] is not C.APPROVE and one[0] is not S.NEEDS_ATTENTION],
)
async def test_nothing_else_releases_anybody(state: State, actor: Actor, choice: Choice):
    world = await at(state)

    assert isinstance(await world.does(actor, choice), Decided)

    assert world.releases.until == {}
    assert not world.queue.of(CARRY_OUT)


async def test_a_request_tried_again_is_released_for_no_longer():
    world = await at(S.NEEDS_ATTENTION)

    await world.does(COLLEAGUE, C.RETRY)

    assert world.releases.until == {("pupil", "school-1"): FORTNIGHT_AFTER}


@pytest.mark.parametrize(("schools", "end"), [(None, S.DONE), ((THIRD.id,), S.STALE)])
async def test_the_release_ends_when_the_student_has_arrived_or_is_elsewhere(schools, end):
    world = World()
    await world.approved()
    assert await world.releases.released_by(PUPIL, NEW.id, world.clock())
    world.clock.move(minutes=1)
    if schools is not None:
        world.roster.move(PUPIL, *schools)

    await world.work(CARRY_OUT)

    assert world.now.state is end
    assert world.releases.until == {("pupil", "school-1"): NOON + timedelta(minutes=1)}
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock())


async def test_a_request_that_needs_attention_ends_no_release():
    world = await at(S.NEEDS_ATTENTION)

    assert world.releases.until == {("pupil", "school-1"): FORTNIGHT_AFTER}


@pytest.mark.parametrize(
    ("actor", "choice", "end"),
    [(ASKER, C.WITHDRAW, S.WITHDRAWN), (HEAD, C.TAKE_BACK, S.REFUSED), (EXPERT, C.TAKE_BACK, S.REFUSED)],
)
async def test_an_approval_that_is_not_carried_out_can_be_ended_by_each_side_and_releases_nobody_then(
    actor, choice, end
):
    world = await at(S.NEEDS_ATTENTION)
    assert await world.releases.released_by(PUPIL, NEW.id, world.clock())

    assert isinstance(await world.does(actor, choice, "измамиха ни по телефона"), Decided)

    assert (world.now.state, world.now.problem, world.now.ended_at) == (end, None, world.clock())
    assert world.now.verdict is not None
    assert (world.now.verdict.by, world.now.verdict.reason) == (actor.object_id, "измамиха ни по телефона")
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock())
    assert isinstance(await world.does(ASKER, C.RETRY), TooLate)
    assert await world.work(CARRY_OUT) == []
    await world.work(CLOCK)
    assert world.roster.writes == []
    assert await world.transfers.unfinished_of(PUPIL) is None, "the next school can ask"


@pytest.mark.parametrize("state", [S.REQUESTED, S.ESCALATED, S.REFUSED])
async def test_only_what_was_approved_and_not_carried_out_is_taken_back(state):
    world = await at(state)

    late = await world.does(EXPERT if state is S.ESCALATED else HEAD, C.TAKE_BACK)

    assert isinstance(late, TooLate)
    assert world.now.state is state


async def test_an_approval_that_was_taken_back_can_be_brought_before_the_office_and_is_a_new_question_there():
    world = await at(S.NEEDS_ATTENTION)
    await world.does(HEAD, C.TAKE_BACK)
    assert world.now.started_at, "that it had been approved is known"

    await world.does(ASKER, C.APPEAL)

    assert world.states()[-1] is S.ESCALATED
    assert world.transfers.rows["press-1"].started_at is None
    assert isinstance(await world.does(EXPERT, C.APPROVE), Decided)
    world.roster.faults.append(Fault(DirectoryForbidden("403")))
    await world.work(CARRY_OUT)
    denied = await world.does(HEAD, C.TAKE_BACK)
    assert denied == NotDecided(Decision(Reason.OFFICE_ONLY), whole(world), Side.RELEASING)


@pytest.mark.parametrize(
    ("actor", "may"), [(ASKER, False), (COLLEAGUE, False), (HEAD, True), (DEPUTY, True), (EXPERT, True)]
)
async def test_an_approval_of_a_fortnight_ago_is_tried_again_only_by_who_could_approve(actor, may):
    world = await at(S.NEEDS_ATTENTION)
    world.clock.now = FORTNIGHT_AFTER

    answer = await world.does(actor, C.RETRY, "")

    assert isinstance(answer, Decided) is may
    if not may:
        assert answer == NotDecided(
            Decision(Reason.APPROVAL_OLD), as_seen_by(Side.RECEIVING, world.now), Side.RECEIVING
        )
        assert world.entries()[-1] == ("denied", "denied")


async def test_an_approval_that_a_later_one_has_overtaken_is_not_tried_again():
    """An older release had opened it again."""
    world = World()
    await world.done()
    world.clock.move(hours=2)
    await world.asked(HEAD, id="press-2", school=OLD.id, to_class="5 б")
    back = world.transfers.rows["press-2"]
    assert isinstance(await world.decide(ASKER, Deed(back.id, back.version, C.APPROVE, "")), Decided)
    await world.work(CARRY_OUT)
    assert world.placed()[0] == (OLD.id,)
    world.transfers.rows["press-1"] = replace(
        world.now, state=S.NEEDS_ATTENTION, problem=Problem.UNDONE, ended_at=None
    )

    for actor, side in ((ASKER, Side.RECEIVING), (HEAD, Side.RELEASING), (EXPERT, Side.OFFICE)):
        denied = await world.does(actor, C.RETRY, "")
        assert denied == NotDecided(Decision(Reason.OVERTAKEN), as_seen_by(side, world.now), side)

    assert world.now.state is S.NEEDS_ATTENTION
    assert isinstance(await world.does(ASKER, C.WITHDRAW, ""), Decided), "and there is a way out"


# A deputy's authority


async def test_an_authority_that_ends_while_the_press_is_judged_decides_nothing(monkeypatch):
    world = await at(S.REQUESTED)
    deputies = world.transfers.deputies = FakeDeputies(world.audit)
    given = Deputy(
        OLD.id, "deputy", DEPUTY.name, FreeText("РД-1"), date(2026, 9, 15), "head", NOON, NOON + timedelta(days=9)
    )
    deputies.rows.append(given)
    find = world.roster.of

    async def slowly(person):
        await deputies.end(OLD.id, "deputy", world.clock(), ())
        return await find(person)

    monkeypatch.setattr(world.roster, "of", slowly)
    before, entries = world.now, len(world.audit.entries)

    assert await world.does(DEPUTY, C.APPROVE) == NotDecided(Decision(Reason.NO_REQUEST))

    assert world.now == before
    assert world.releases.until == {}
    (entry,) = world.audit.entries[entries:]
    assert entry == denied_entry(world.clock(), DEPUTY.object_id, "approve", "press-1", Decision(Reason.NO_REQUEST))
    monkeypatch.undo()
    deputies.rows[0] = given
    assert isinstance(await world.does(DEPUTY, C.APPROVE), Decided)
    assert isinstance(await world.does(HEAD, C.APPROVE), TooLate)


# What keeps an approval from being given


@pytest.mark.parametrize("actor", [HEAD, EXPERT])
@pytest.mark.parametrize("schools", [(THIRD.id,), (NEW.id,)])
async def test_a_student_who_has_left_meanwhile_is_not_approved_and_the_request_is_over(schools, actor):
    world = await at(S.ESCALATED)
    world.roster.move(PUPIL, *schools)

    late = await world.does(actor, C.APPROVE)

    assert late == TooLate(as_seen_by(SIDES[actor], world.now), SIDES[actor], Reason.DECIDED)
    assert isinstance(late.transfer, BlindTransfer) == (actor is EXPERT)
    assert (world.now.state, world.now.ended_at, world.now.verdict) == (S.STALE, world.clock(), None)
    assert world.now.remark is (Remark.ARRIVED if NEW.id in schools else Remark.NONE)
    assert world.releases.until == {}
    assert not world.queue.of(CARRY_OUT)
    last = world.audit.entries[-1]
    assert (last.at, last.actor, last.action, last.outcome) == (
        world.clock(),
        "worker",
        "transfer.changed",
        "stale",
    )
    assert world.queue.of(TELL)[-1].key == "press-1:3:stale"


@pytest.mark.parametrize("actor", [HEAD, EXPERT])
async def test_a_student_whom_the_school_has_discharged_first_is_released_and_moved(actor):
    """„Отпишете ученика и в НЕИСПУО“, says the question; then it is pressed."""
    world = await at(S.ESCALATED)
    world.roster.move(PUPIL)

    assert isinstance(await world.does(actor, C.APPROVE), Decided)
    assert await world.releases.released_by(PUPIL, NEW.id, world.clock()) == OLD.id
    await world.work(CARRY_OUT)

    assert world.now.state is S.DONE
    assert world.placed() == world.moved


async def test_of_two_who_find_that_the_student_has_left_both_are_shown_that():
    world = await at(S.REQUESTED)
    world.roster.move(PUPIL, THIRD.id)

    first, second = await asyncio.gather(world.does(HEAD, C.APPROVE), world.does(DEPUTY, C.APPROVE))

    assert first == second == TooLate(whole(world), Side.RELEASING, Reason.DECIDED)
    assert world.now.state is S.STALE
    assert world.entries() == [("requested", "requested"), ("changed", "stale")]


async def test_an_account_that_is_gone_is_not_approved_either():
    world = await at(S.REQUESTED)
    del world.roster.people[PUPIL]

    assert isinstance(await world.does(HEAD, C.APPROVE), TooLate)
    assert world.now.state is S.STALE


@pytest.mark.parametrize(("actor", "state"), [(HEAD, S.REQUESTED), (EXPERT, S.ESCALATED)])
async def test_an_account_that_no_school_may_move_is_not_released_and_stays_as_it_is(actor, state):
    world = await at(state)
    world.roster.people[PUPIL] = pupil(state=AccountState.DISABLED)
    world.roster.unordinary.add(PUPIL)

    refused = await world.does(actor, C.APPROVE)

    seen = as_seen_by(SIDES[actor], world.now)
    assert refused == NotDecided(Decision(Reason.NOT_MOVABLE), seen, SIDES[actor])
    assert isinstance(seen, BlindTransfer) == (actor is EXPERT)
    assert world.now.state is state
    assert world.releases.until == {}
    assert not world.queue.of(CARRY_OUT)
    assert world.entries()[-1] == ("denied", "denied")
    assert world.roster.people[PUPIL].state is AccountState.DISABLED


# Carrying out, and time that begins anew


async def test_what_a_person_waits_for_is_carried_out_before_what_was_due_earlier():
    world = World()

    await world.approved()

    assert [(row.key, row.payload, row.run_at) for row in world.queue.of(CARRY_OUT)] == [
        ("press-1:2", {"transfer": "press-1"}, NOON - timedelta(hours=1))
    ]
    assert world.now.started_at == NOON


async def test_a_request_tried_again_has_no_problem_any_more_and_its_approval_stays():
    world = await at(S.NEEDS_ATTENTION)
    before = world.now

    await world.does(COLLEAGUE, C.RETRY)

    assert (world.now.problem, world.now.started_at) == (None, world.clock())
    assert world.now.verdict == before.verdict
    assert [row.key for row in world.queue.of(CARRY_OUT)] == ["press-1:2", "press-1:5"]


async def test_the_time_of_a_returned_request_begins_anew():
    world = World()
    await world.asked()
    await world.reached()
    await world.clock_until(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert world.now.last_reminded_at is not None

    await world.does(EXPERT, C.RETURN)

    assert world.now.returned == 1
    assert world.now.last_reminded_at is None
    assert world.now.deadlines == Deadlines(
        remind_at=datetime(2026, 12, 2, 10, tzinfo=UTC),
        overdue_at=datetime(2026, 12, 4, 10, tzinfo=UTC),
        escalate_at=datetime(2026, 12, 8, 10, tzinfo=UTC),
        expire_at=datetime(2027, 1, 12, 10, tzinfo=UTC),
    )
    last = world.queue.of(CLOCK)[-1]
    assert (last.key, last.payload, last.run_at) == (
        "press-1:1",
        {"transfer": "press-1", "round": "1"},
        world.clock(),
    )


async def test_a_refusal_before_the_office_is_the_offices_at_once_and_has_thirty_days_again():
    world = await at(S.REFUSED)
    before = world.now

    await world.does(COLLEAGUE, C.APPEAL, "Записан е\nпри нас")

    assert world.now.appeal == Appeal(
        "colleague", "Жечо Петров Цанков", world.clock(), S.REFUSED, FreeText("Записан е при нас")
    )
    assert world.now.verdict == before.verdict, "what it is against stays known"
    assert world.now.deadlines == replace(
        before.deadlines, escalate_at=world.clock(), expire_at=datetime(2027, 1, 4, 11, tzinfo=UTC)
    )
    assert world.now.returned == 1
    assert [(row.key, row.run_at) for row in world.queue.of(CLOCK)[1:]] == [("press-1:1", world.clock())]


async def test_a_refusal_of_a_student_who_was_asked_for_again_is_not_brought_before_the_office():
    world = await at(S.REFUSED)
    again = await world.asked(id="press-2")

    refused = await world.does(COLLEAGUE, C.APPEAL)

    assert refused == NotDecided(Decision(Reason.ASKED_AGAIN), whole(world), Side.RECEIVING)
    assert world.now.state is S.REFUSED
    assert world.transfers.rows["press-2"] == again


# Who comes too late, and looks before deciding


async def test_of_two_who_decide_at_once_the_second_is_told_what_was_decided():
    world = await at(S.REQUESTED)

    first, second = await asyncio.gather(world.does(HEAD, C.REFUSE), world.does(DEPUTY, C.REFUSE))

    assert isinstance(first, Decided)
    assert second == TooLate(whole(world), Side.RELEASING, Reason.DECIDED)
    assert world.entries() == [("requested", "requested"), ("decided", "refused")]
    assert world.audit.entries[1].actor == "head"


async def test_and_where_it_is_open_again_that_it_has_moved_on():
    world = await at(S.ESCALATED)

    first, second = await asyncio.gather(world.does(EXPERT, C.RETURN), world.does(DEPUTY, C.REFUSE))

    assert isinstance(first, Decided)
    assert second == TooLate(whole(world), Side.RELEASING, Reason.MOVED_ON)
    assert world.now.state is S.REQUESTED


async def test_what_was_decided_on_an_older_card_is_not_done():
    world = await at(S.ESCALATED)

    assert await world.does(HEAD, C.APPROVE, version=1) == TooLate(whole(world), Side.RELEASING, Reason.MOVED_ON)
    await world.does(HEAD, C.REFUSE)
    late = await world.does(EXPERT, C.APPROVE, version=1)

    assert late == TooLate(blind(world.now), Side.OFFICE, Reason.DECIDED)
    assert not world.queue.of(CARRY_OUT)


async def test_of_what_was_decided_whoever_may_not_decide_is_told_that_and_whoever_may_that_it_is_late():
    world = await at(S.REQUESTED)
    await world.does(HEAD, C.REFUSE)

    refused = await world.does(COLLEAGUE, C.APPROVE)
    late = await world.does(DEPUTY, C.REFUSE, "")

    assert refused == NotDecided(Decision(Reason.OWN_REQUEST), whole(world), Side.RECEIVING)
    assert late == TooLate(whole(world), Side.RELEASING, Reason.DECIDED)
    assert world.entries()[2:] == [("denied", "denied")]


async def test_looking_whether_it_could_be_done_writes_nothing_and_wants_neither_words_nor_the_newest_card():
    world = await at(S.ESCALATED)
    version, entries = world.now.version, len(world.audit.entries)

    may = await world.decide.check(EXPERT, Deed("press-1", 1, C.APPROVE))

    assert isinstance(may, MayBeDone)
    assert may.side is Side.OFFICE
    assert isinstance(may.transfer, BlindTransfer)
    assert isinstance(await world.decide.check(DEPUTY, Deed("press-1", 1, C.RETURN)), NotDecided)
    assert (world.now.version, len(world.audit.entries)) == (version, entries)


async def test_several_are_decided_each_by_itself_and_at_most_ten():
    world = await at(S.REQUESTED)
    for number in range(2, 12):
        world.transfers.rows[f"press-{number}"] = replace(
            world.now,
            asked=replace(world.now.asked, id=f"press-{number}", person=f"pupil-{number}"),
            number=number,
            version=1 if number != 3 else 2,
        )
    deeds = [Deed(f"press-{number}", 1, C.REFUSE, "причина") for number in range(1, 12)]

    done = await world.decide.several(HEAD, deeds)

    assert [type(one) for one in done] == [Decided, Decided, TooLate, *[Decided] * 7]
    assert world.transfers.rows["press-11"].state is S.REQUESTED


async def test_a_failure_among_several_is_raised_when_the_others_have_ended(monkeypatch):
    world = await at(S.REQUESTED)
    find = world.roster.of

    async def slowly(person):
        for _ in range(9):
            await asyncio.sleep(0)
        return await find(person)

    monkeypatch.setattr(world.roster, "of", slowly)
    other = replace(world.now, asked=replace(world.now.asked, id="press-2", person="pupil-2"), number=2)
    world.transfers.rows["press-2"] = other
    world.roster.add(pupil(id="pupil-2"))
    world.actors.fail_next.append(DirectoryUnavailable("503"))

    with pytest.raises(DirectoryUnavailable):
        await world.decide.several(HEAD, [Deed("press-1", 1, C.APPROVE), Deed("press-2", 1, C.APPROVE)])

    assert world.transfers.rows["press-2"].state is S.APPROVED


async def test_an_office_that_is_overtaken_is_shown_no_student():
    world = await at(S.ESCALATED)

    first, second = await asyncio.gather(world.does(DEPUTY, C.REFUSE), world.does(EXPERT, C.REFUSE))

    assert isinstance(first, Decided)
    assert second == TooLate(blind(world.now), Side.OFFICE, Reason.DECIDED)
