"""What the requests of schools show, for the gallery. The people are invented."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.conversation import Pressed, Reply
from bot.core.actors.deputies import Absence, Deputy
from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.transfers.blind import BlindTransfer, SeenTransfer, blind
from bot.core.transfers.decide import Decided, Deed, MayBeDone, NotDecided, TooLate
from bot.core.transfers.model import (
    CLOSED,
    Appeal,
    Asked,
    Basis,
    Deadlines,
    Event,
    Group,
    Problem,
    Remark,
    Side,
    State,
    Transfer,
    Verdict,
)
from bot.core.transfers.policy import Choice, as_seen_by, choices_of
from bot.core.transfers.read import EVERYTHING, PAGE, ListPage, RowsWanted, Seen
from bot.core.transfers.told import Delivery, DeliveryState
from bot.core.usernames.model import NotFound
from bot.dialogs.dialog import Scene
from bot.dialogs.requests import deputies, lists, notes, one_request, restored
from bot.dialogs.requests.status_card import decided_by, status_reply
from bot.dialogs.search import Sought
from bot.refusals import refusal

Screen = Callable[[Scene], Reply]

_OURS = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово", "Примерска")
_THEIRS = School("school-2", "2990002", "ОУ „Примерка Образцова“", "с. Образцово", "Примерска")
_LOOKALIKE = School("school-3", "2990003", "СУ „Cвети Климент“", "гр. Примерово", "Примерска")
_NAME = "Калина Примерова Образцова"
_LONG_NAME = "Александър-Константин Димитров Образцов-Примерски"
_APOSTROPHE = "Д'Артанян О’Образцов-Примерски"
_COLLEAGUE = Person(
    "colleague", "Вера Пробна Колежка", "vk01460540@edu.mon.bg", Kind.TEACHER, AccountState.ACTIVE, (_OURS,)
)
_LATE = (State.ESCALATED, State.ESCALATED, State.OVERDUE)
_SINCE = {State.REQUESTED: 0, State.REMINDED: 2, State.OVERDUE: 4}
"""Days since it was asked; all else takes eight."""


def _request(scene: Scene, side: Side, state: State = State.REQUESTED, **changed: Any) -> Transfer:
    """One request, which this side has to do with: our school sent it, or received it."""
    ours, at = side is Side.RECEIVING, scene.now - timedelta(days=_SINCE.get(state, 8))
    asked = Asked(
        id="transfer",
        at=at,
        actor="who-asked",
        actor_name=_LONG_NAME,
        tenant="tenant",
        conversation="chat",
        receiving=_OURS if ours else _THEIRS,
        releasing=_THEIRS if ours else _OURS,
        person="student",
        name=_NAME,
        username="ko01460540@edu.mon.bg",
        class_="5 а",
        masked="••••••4046",
        to_class="5 б",
        basis=Basis.OTHER,
        basis_text=free_text("Ученикът е в болница", 300),
        certificate=free_text("УП-17", 40),
        certificate_date=date(2056, 11, 20),
        note=free_text("Моля, обадете се.", 300),
    )
    deadlines = Deadlines(*(at + timedelta(days=days) for days in (1, 3, 7, 42)))
    whole = Transfer(asked, 12, state, 1, deadlines, ended_at=scene.now if state in CLOSED else None)
    return replace(whole, **changed)


def _verdict(scene: Scene, side: Side = Side.RELEASING) -> Verdict:
    reason, where = free_text("Ученикът още е при нас.", 300), free_text("Вероятно в чужбина", 300)
    return Verdict("head", _APOSTROPHE, side, scene.now, reason, where)


def _appealed(side: Side) -> Screen:
    """A refusal that is before the office."""

    def screen(scene: Scene) -> Reply:
        reason = free_text("Ученикът е записан при нас и няма достъп до часовете.", 300)
        appeal = Appeal("who-asked", _LONG_NAME, scene.now, State.REFUSED, reason)
        transfer = _request(scene, side, State.ESCALATED, verdict=_verdict(scene), appeal=appeal)
        return status_reply(scene, _seen(scene, side, transfer))

    return screen


def _of_the_office(side: Side, *reach: DeliveryState) -> Screen:
    """A request that the regional office alone may decide. `reach`: of its experts."""

    def screen(scene: Scene) -> Reply:
        transfer = _request(scene, side, State.ESCALATED)
        transfer = replace(transfer, asked=replace(transfer.asked, office_only=True))
        seen = _seen(scene, side, transfer)
        return status_reply(scene, replace(seen, deliveries=_of_experts(scene, reach)))

    return screen


def _unreached_office(side: Side) -> Screen:
    """The time of the school is over, and nobody of the regional office can be told."""

    def screen(scene: Scene) -> Reply:
        seen = _seen(scene, side, _request(scene, side, State.ESCALATED))
        return status_reply(scene, replace(seen, deliveries=_of_experts(scene, [DeliveryState.NOT_INSTALLED])))

    return screen


def _of_experts(scene: Scene, reach: Sequence[DeliveryState]) -> tuple[Delivery, ...]:
    return tuple(Delivery(f"expert-{one}", Side.OFFICE, one, scene.now) for one in reach)


def _seen(
    scene: Scene,
    side: Side,
    transfer: Transfer,
    reach: Sequence[DeliveryState] = (),
    earlier: Sequence[Transfer] = (),
) -> Seen:
    told = tuple(Delivery(f"head-{one}", Side.RELEASING, one, scene.now) for one in reach)
    choices, before = choices_of(scene.actor, transfer, scene.now), tuple(blind(one) for one in earlier)
    return Seen(as_seen_by(side, transfer), side, choices, told, before)


def _status(
    side: Side, state: State, *reach: DeliveryState, decided_as: Side | None = None, notice: str = "", **changed: Any
) -> Screen:
    def screen(scene: Scene) -> Reply:
        verdict = _verdict(scene, decided_as) if decided_as else None
        transfer = _request(scene, side, state, verdict=verdict, **changed)
        words = scene.t(notice) if notice else ""
        return status_reply(scene, _seen(scene, side, transfer, reach), notice=words)

    return screen


def _warned(scene: Scene) -> Reply:
    """The school that asks has a look-alike's name, and has asked before."""
    side, transfer = Side.RELEASING, _request(scene, Side.RELEASING, State.OVERDUE, last_reminded_at=scene.now)
    transfer = replace(transfer, asked=replace(transfer.asked, receiving=_LOOKALIKE))
    earlier = (_request(scene, side, State.REQUESTED, number=9), _request(scene, side, State.REFUSED, number=4))
    return status_reply(scene, _seen(scene, side, transfer, earlier=earlier))


def _office(scene: Scene) -> Scene:
    actor = Actor("expert", "tenant", Role.REGIONAL_OFFICE, name="Експерт Едно", region=_OURS.region)
    return replace(scene, actor=actor, allowed=scene.allowed - {"transfer"})


def _pressed(scene: Scene) -> Scene:
    """In answer to a press."""
    return replace(scene, turn=replace(scene.turn, occasion=Pressed("request.open", {})))


def _blind(scene: Scene) -> BlindTransfer:
    return blind(_request(scene, Side.OFFICE, State.ESCALATED))


def _question(choice: Choice, side: Side = Side.RELEASING) -> Screen:
    return lambda scene: one_request.sure_question(scene, as_seen_by(side, _request(scene, side)), choice)


def _why(choice: Choice, side: Side = Side.RELEASING, *, reason: str = "", denied: Reason | None = None) -> Screen:
    def screen(scene: Scene) -> Reply:
        problem = refusal(Decision(denied), scene.t, scene.language) if denied else ""
        transfer = as_seen_by(side, _request(scene, side))
        return one_request.reason_question(
            scene, transfer, side, Deed("transfer", 1, choice, reason), problem=problem
        )

    return screen


def _list(
    group: Group,
    rows: int,
    *,
    states: Sequence[State] = (State.REQUESTED,),
    number: int = 0,
    problem: str = "",
    wanted: RowsWanted = EVERYTHING,
) -> Screen:
    side = {Group.SENT: Side.RECEIVING, Group.OFFICE: Side.OFFICE}.get(group, Side.RELEASING)

    def screen(scene: Scene) -> Reply:
        every = tuple(_row(scene, side, one + 1, states[one % len(states)]) for one in range(rows))
        others = () if side is Side.OFFICE else (Group.SENT, Group.RECEIVED, Group.CLOSED)
        counts = {**dict.fromkeys(others, 2), group: number * PAGE + rows}
        in_states = Counter(row.state for row in every) if side is Side.OFFICE else {}
        page = ListPage(group, every, counts, number, number + 1, wanted, rows, in_states)
        return lists.page(scene, page, problem=scene.t(problem) if problem else "")

    return screen


def _row(scene: Scene, side: Side, number: int, state: State = State.REQUESTED) -> SeenTransfer:
    transfer = _request(scene, side, state, number=number)
    return as_seen_by(side, replace(transfer, asked=replace(transfer.asked, id=f"{number:064}", name=_LONG_NAME)))


def _several(scene: Scene, most: int = 9) -> Reply:
    side = Side.RELEASING
    left = as_seen_by(side, _request(scene, side, State.WITHDRAWN, verdict=_verdict(scene, Side.RECEIVING)))
    allowed = [MayBeDone(_row(scene, side, number), side) for number in range(1, most + 1)]
    unknown = NotDecided(Decision(Reason.NO_REQUEST))
    return lists.several(scene, [*allowed, TooLate(left, side, Reason.DECIDED), unknown])


def _approved(scene: Scene) -> Reply:
    side = Side.RELEASING
    return lists.results(scene, [Decided(_row(scene, side, number), side) for number in range(1, 11)])


def _ran_out(scene: Scene) -> Reply:
    """Approved, not carried out, and its time is over."""
    ran_out = _status(Side.RELEASING, State.EXPIRED, decided_as=Side.RELEASING, started_at=scene.now)
    return ran_out(scene)


def _ran_out_note(scene: Scene) -> Reply:
    return _outcome(Event.EXPIRED, Side.RECEIVING, State.EXPIRED, started_at=scene.now)(scene)


def _attention_old(scene: Scene) -> Reply:
    """Approved so long ago that the school that asked cannot have it tried again."""
    side = Side.RECEIVING
    verdict = replace(_verdict(scene), at=scene.now - timedelta(days=15))
    return status_reply(
        scene,
        _seen(
            scene, side, _request(scene, side, State.NEEDS_ATTENTION, verdict=verdict, problem=Problem.NOT_GRANTED)
        ),
    )


def _ended(side: Side, state: State, as_: Side | None = None, **changed: Any) -> Screen:
    """The end of a request that had been approved, or whose student somebody else has moved."""
    return lambda scene: _status(side, state, decided_as=as_, started_at=scene.now, **changed)(scene)


def _taken_back_note(scene: Scene) -> Reply:
    return _outcome(Event.REFUSED, Side.RECEIVING, State.REFUSED, started_at=scene.now)(scene)


def _withdrawn_before(scene: Scene) -> Reply:
    """For who decides too late."""
    transfer = _request(scene, Side.RELEASING, State.WITHDRAWN, verdict=_verdict(scene, Side.RECEIVING))
    seen = _seen(scene, Side.RELEASING, transfer)
    return status_reply(scene, seen, notice=decided_by(scene, seen.transfer))


def _deputy(number: int) -> Deputy:
    return Deputy(
        school=_OURS.id,
        person=f"colleague-{number}",
        name=_LONG_NAME,
        order=free_text(f"РД-{number}", 40),
        order_date=date(2056, 9, 15),
        given_by="director",
        since=datetime(2056, 9, 15, tzinfo=UTC),
        until=datetime(2057, 8, 31, tzinfo=UTC),
    )


def _outcome(event: Event, side: Side, state: State, as_: Side = Side.RELEASING, **changed: Any) -> Screen:
    def screen(scene: Scene) -> Reply:
        transfer = _request(scene, side, state, verdict=_verdict(scene, as_), **changed)
        return notes.outcome_reply(scene, _seen(scene, side, transfer), event)

    return screen


def _appealed_note(scene: Scene) -> Reply:
    appeal = Appeal("who-asked", _LONG_NAME, scene.now, State.REFUSED, free_text("Ученикът е записан при нас.", 300))
    return _outcome(Event.APPEALED, Side.RELEASING, State.ESCALATED, appeal=appeal)(scene)


def _approved_with_the_schools_account(scene: Scene) -> Reply:
    """It bears the school's name."""
    verdict = replace(_verdict(scene), by_name=_OURS.name)
    transfer = _request(scene, Side.RELEASING, State.DONE, verdict=verdict)
    return notes.outcome_reply(scene, _seen(scene, Side.RELEASING, transfer), Event.APPROVED)


def _reminder(scene: Scene) -> Reply:
    return notes.reminder_reply(scene, _seen(scene, Side.RELEASING, _request(scene, Side.RELEASING)))


def _opened(scene: Scene) -> Reply:
    seen = _seen(scene, Side.RECEIVING, _request(scene, Side.RECEIVING, State.ESCALATED))
    return notes.opened_reply(scene, seen, expert="Експерт Едно", at=scene.now)


def _elsewhere(scene: Scene) -> Reply:
    decided = Decision(Reason.DEPUTY_ELSEWHERE, _deputy(1).until)
    return deputies.find_form(scene, Sought(), notice=refusal(decided, scene.t, scene.language))


SAMPLES: tuple[tuple[str, Screen], ...] = (
    ("transfer-received", _status(Side.RELEASING, State.REQUESTED)),
    ("transfer-received-warned", _warned),
    ("transfer-received-escalated", _status(Side.RELEASING, State.ESCALATED)),
    ("transfer-waiting", _status(Side.RECEIVING, State.REQUESTED, DeliveryState.REACHED)),
    (
        "transfer-undelivered",
        _status(Side.RECEIVING, State.REQUESTED, DeliveryState.NOT_INSTALLED, DeliveryState.DISABLED),
    ),
    ("transfer-waiting-escalated", _status(Side.RECEIVING, State.ESCALATED, DeliveryState.BLOCKED)),
    ("transfer-returned", _status(Side.RECEIVING, State.REQUESTED, decided_as=Side.OFFICE)),
    ("transfer-approved", _status(Side.RECEIVING, State.CARRYING_OUT, decided_as=Side.RELEASING)),
    ("transfer-refused", _status(Side.RECEIVING, State.REFUSED, decided_as=Side.RELEASING)),
    ("transfer-appealed", _appealed(Side.RECEIVING)),
    ("transfer-appealed-received", _appealed(Side.RELEASING)),
    ("transfer-appealed-office", lambda scene: _appealed(Side.OFFICE)(_office(scene))),
    ("transfer-office-only", _of_the_office(Side.RECEIVING)),
    ("transfer-office-only-unreached", _of_the_office(Side.RECEIVING, DeliveryState.NOT_INSTALLED)),
    ("transfer-office-only-received", _of_the_office(Side.RELEASING)),
    ("transfer-office-only-office", lambda scene: _of_the_office(Side.OFFICE)(_office(scene))),
    ("transfer-office-unreached", _unreached_office(Side.RECEIVING)),
    ("transfer-office-unreached-received", _unreached_office(Side.RELEASING)),
    ("transfer-withdrawn", _status(Side.RELEASING, State.WITHDRAWN, decided_as=Side.RECEIVING)),
    ("transfer-withdrawn-late", _withdrawn_before),
    ("transfer-stale", _status(Side.RECEIVING, State.STALE)),
    ("transfer-expired", _status(Side.RECEIVING, State.EXPIRED, notice="refusal-card-expired")),
    ("transfer-expired-approved", _ran_out),
    (
        "transfer-done",
        _status(Side.RECEIVING, State.DONE, decided_as=Side.RELEASING, remark=Remark.CLASS_GONE),
    ),
    (
        "transfer-done-summer",
        _status(Side.RECEIVING, State.DONE, decided_as=Side.RELEASING, remark=Remark.CLASS_OVER),
    ),
    ("transfer-done-username", lambda scene: _status(Side.RECEIVING, State.DONE)(_pressed(scene))),
    (
        "transfer-attention",
        _status(Side.RECEIVING, State.NEEDS_ATTENTION, decided_as=Side.RELEASING, problem=Problem.UNDONE),
    ),
    (
        "transfer-attention-received",
        _status(Side.RELEASING, State.NEEDS_ATTENTION, decided_as=Side.RELEASING, problem=Problem.NOWHERE),
    ),
    ("transfer-attention-old", _attention_old),
    ("transfer-taken-back", _ended(Side.RECEIVING, State.REFUSED, Side.RELEASING)),
    ("transfer-withdrawn-approved", _ended(Side.RELEASING, State.WITHDRAWN, Side.RECEIVING)),
    ("transfer-arrived", _status(Side.RECEIVING, State.STALE, remark=Remark.ARRIVED)),
    ("transfer-arrived-received", _status(Side.RELEASING, State.STALE, remark=Remark.ARRIVED)),
    (
        "transfer-done-arrived",
        _status(Side.RECEIVING, State.DONE, decided_as=Side.RELEASING, remark=Remark.ARRIVED),
    ),
    ("transfer-office", lambda scene: _status(Side.OFFICE, State.ESCALATED)(_office(scene))),
    ("transfer-confirm", _question(Choice.APPROVE)),
    ("transfer-confirm-withdraw", _question(Choice.WITHDRAW, Side.RECEIVING)),
    ("transfer-why-refuse", _why(Choice.REFUSE)),
    ("transfer-why-not-ours", _why(Choice.NOT_OURS)),
    ("transfer-why-take-back", _why(Choice.TAKE_BACK)),
    ("transfer-why-appeal", _why(Choice.APPEAL, Side.RECEIVING)),
    ("transfer-why-problem", _why(Choice.REFUSE, reason="123", denied=Reason.REASON_MISSING)),
    ("transfer-why-office", lambda scene: _why(Choice.APPROVE, Side.OFFICE)(_office(scene))),
    ("transfer-why-reveal", lambda scene: one_request.reveal_question(_office(scene), _blind(scene))),
    ("transfer-list-received", _list(Group.RECEIVED, 6)),
    ("transfer-list-problem", _list(Group.RECEIVED, 6, problem="requests-none-ticked")),
    ("transfer-list-sent", _list(Group.SENT, 2)),
    ("transfer-list-closed", _list(Group.CLOSED, 3, states=(State.DONE, State.REFUSED, State.EXPIRED))),
    ("transfer-list-second-page", _list(Group.RECEIVED, 6, number=1)),
    ("transfer-list-filtered", _list(Group.RECEIVED, 2, wanted=RowsWanted("Образцово", late=True))),
    ("transfer-list-nothing-wanted", _list(Group.RECEIVED, 0, wanted=RowsWanted("Примерово"))),
    ("transfer-list-empty", _list(Group.RECEIVED, 0)),
    ("transfer-list-office", lambda scene: _list(Group.OFFICE, 5, states=_LATE)(_office(scene))),
    ("transfer-many", _several),
    ("transfer-many-nobody", lambda scene: _several(scene, 0)),
    ("transfer-many-done", _approved),
    ("transfer-reminder", _reminder),
    ("transfer-burst", lambda scene: notes.burst_reply(scene, Side.RELEASING, 12)),
    ("transfer-reminders", lambda scene: notes.reminders_reply(scene, 4)),
    ("deputy-restored", restored.restored),
    ("transfer-outcome-refused", _outcome(Event.REFUSED, Side.RECEIVING, State.REFUSED)),
    ("transfer-outcome-taken-back", _taken_back_note),
    ("transfer-outcome-arrived", _outcome(Event.STALE, Side.RECEIVING, State.STALE, remark=Remark.ARRIVED)),
    ("transfer-outcome-approved", _outcome(Event.APPROVED, Side.RELEASING, State.DONE)),
    ("transfer-outcome-approved-school", _approved_with_the_schools_account),
    ("transfer-outcome-approved-office", _outcome(Event.APPROVED, Side.RELEASING, State.DONE, as_=Side.OFFICE)),
    ("transfer-outcome-done", _outcome(Event.DONE, Side.RECEIVING, State.DONE)),
    ("transfer-outcome-expired-approved", _ran_out_note),
    ("transfer-outcome-appealed", _appealed_note),
    (
        "transfer-outcome-attention",
        _outcome(Event.ATTENTION, Side.RELEASING, State.NEEDS_ATTENTION, problem=Problem.NOT_GRANTED),
    ),
    ("transfer-outcome-returned", _outcome(Event.RETURNED, Side.RELEASING, State.REQUESTED)),
    ("transfer-opened", _opened),
    ("transfer-not-yours", lambda scene: notes.not_yours_reply(scene, 12)),
    ("deputies-none", lambda scene: deputies.listing(scene, ())),
    ("deputies", lambda scene: deputies.listing(scene, [_deputy(number) for number in range(3)])),
    (
        "deputies-resting",
        lambda scene: deputies.listing(scene, [_deputy(1)], resting={_deputy(1).person: _deputy(1).until}),
    ),
    (
        "deputies-away",
        lambda scene: deputies.listing(
            scene,
            [_deputy(number) for number in range(2)],
            absent=dict(zip((_deputy(number).person for number in range(2)), Absence, strict=True)),
        ),
    ),
    ("deputies-second-page", lambda scene: deputies.listing(scene, [_deputy(number) for number in range(5)], 1)),
    ("deputy-find", lambda scene: deputies.find_form(scene, Sought("name", _NAME))),
    ("deputy-find-elsewhere", _elsewhere),
    (
        "deputy-find-not-found",
        lambda scene: deputies.SEARCH.not_found(scene, Sought("name", _NAME), NotFound(only_own_school=True)),
    ),
    ("deputy-which", lambda scene: deputies.SEARCH.which(scene, (_COLLEAGUE, replace(_COLLEAGUE, id="other")))),
    ("deputy-form", lambda scene: deputies.form(scene, _COLLEAGUE, {})),
    (
        "deputy-form-problem",
        lambda scene: deputies.form(scene, _COLLEAGUE, {"order": "РД-12"}, Decision(Reason.ORDER_DATES)),
    ),
    (
        "deputy-form-hidden",
        lambda scene: deputies.form(scene, _COLLEAGUE, {"order": "РД-••••••"}, Decision(Reason.ORDER_HIDDEN)),
    ),
    ("deputy-end", lambda scene: deputies.sure(scene, _deputy(1))),
)
