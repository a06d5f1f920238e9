"""One transfer request as a person sees it → its card: the answer to a press, and the message kept up to date."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.announcer.speaking import Chat, Receiver
from bot.conversation import PeopleShown, Pressed, Reply, Shows
from bot.core.actors.permits import may_request_transfers
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.model import UNDER_WAY, Appeal, Remark, Side, State, Verdict
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import Seen
from bot.core.transfers.told import unreached
from bot.dialogs.dialog import Scene
from bot.dialogs.search import place_of
from bot.presser import FORM_LIFETIME
from bot.texts.moments import date_of, day, moment
from cards.actions import Button
from cards.card import Mood
from cards.request_lines import AboutRequest
from cards.transfer_status import TrailStep, VerdictView, transfer_status_card

Reader = Scene | Chat
"""Who reads a card: whoever pressed, or whoever the bot writes to."""

_TITLES = {
    Side.RECEIVING: "transfer-title-sent",
    Side.RELEASING: "transfer-title-received",
    Side.OFFICE: "transfer-title-region",
}
"""Of open requests. What waits for the regional office itself is called so."""

_OPEN_LEADS = {
    Side.RECEIVING: ("transfer-lead-waiting", "transfer-lead-overdue", "transfer-lead-escalated"),
    Side.RELEASING: ("transfer-lead-decide", "transfer-lead-decide-overdue", "transfer-lead-decide-escalated"),
    Side.OFFICE: ("transfer-lead-office-waiting", "transfer-lead-office-overdue", "transfer-lead-office-decide"),
}
"""In time; overdue; with the regional office."""

_LEADS = {
    State.APPROVED: "transfer-lead-approved",
    State.CARRYING_OUT: "transfer-lead-approved",
    State.DONE: "transfer-lead-done-releasing",
    State.NEEDS_ATTENTION: "transfer-lead-attention",
    State.REFUSED: "transfer-lead-refused",
    State.NOT_OURS: "transfer-lead-not-ours",
    State.WITHDRAWN: "transfer-lead-withdrawn",
    State.STALE: "transfer-lead-stale",
    State.EXPIRED: "transfer-lead-expired",
}

_LEADS_OF_ASKER = {
    State.DONE: "transfer-lead-done-receiving",
    State.WITHDRAWN: "transfer-lead-withdrawn-own",
    State.EXPIRED: "transfer-lead-expired-own",
}
"""Where the school that asked is told otherwise."""

_MOODS: Mapping[State, Mood] = {
    State.OVERDUE: "attention",
    State.ESCALATED: "attention",
    State.NEEDS_ATTENTION: "attention",
    State.DONE: "good",
}
_APPROVED = UNDER_WAY | {State.DONE}
_ENDED_UNDECIDED = frozenset({State.STALE, State.EXPIRED})


_OTHER: Mapping[Side, Literal["receiving", "releasing", "both"]] = {
    Side.RECEIVING: "releasing",
    Side.RELEASING: "receiving",
    Side.OFFICE: "both",
}
"""Which school is not the reader's own."""


def status_reply(to: Reader, seen: Seen, *, notice: str = "") -> Reply:
    """The card of one request for whoever sees it."""
    t, transfer = to.t, seen.transfer
    said = _verdicts(to, transfer)
    card = transfer_status_card(
        t,
        about=about(transfer),
        other=_OTHER[seen.side],
        title=t(_title(seen)),
        mood=_MOODS.get(transfer.state, "plain"),
        lead=tuple(_lead(to, seen)),
        username=_username(to, seen),
        facts=tuple(_facts(to, transfer)),
        trail=tuple(_trail(to, transfer)),
        verdict=next(said, None),
        before=next(said, None),
        earlier=tuple(_earlier(to, seen.earlier)),
        warnings=(*_undelivered(to, seen), *_office_unreached(to, seen)),
        next_steps=tuple(_next(to, seen)),
        problem=t(f"transfer-problem-{transfer.problem}") if transfer.problem is not None else "",
        notice=notice,
        at=moment(to.presser.now, to.language),
        buttons=tuple(_buttons(to, seen)),
    )
    return Reply(card=card, people=shown_in(transfer))


def _title(seen: Seen) -> str:
    state = seen.transfer.state
    if seen.side is Side.OFFICE and state is State.ESCALATED:
        return "transfer-title-office"
    return _TITLES[seen.side] if seen.transfer.open else f"transfer-state-{state}"


def shown_in(transfer: SeenTransfer) -> PeopleShown | None:
    """Whom a card about the request shows; nobody where the request is given without its student."""
    if isinstance(transfer, BlindTransfer):
        return None
    return PeopleShown(Shows.REQUEST, transfer.asked.person, class_=transfer.asked.class_)


def about(transfer: SeenTransfer) -> AboutRequest:
    """What every card about the request says of it: without the student where it is given without its student."""
    asked = transfer.asked
    request = AboutRequest(
        number=transfer.number, receiving=place_of(asked.receiving), releasing=place_of(asked.releasing)
    )
    if isinstance(transfer, BlindTransfer):
        return request
    asked = transfer.asked
    return replace(request, name=asked.name, class_=asked.class_, masked=asked.masked, to_class=asked.to_class)


def decided_by(to: Reader, transfer: SeenTransfer) -> str:
    """Who decided and when, or what else has ended it: for whoever presses too late."""
    t = to.t
    state, verdict = t(f"transfer-state-{transfer.state}"), transfer.verdict
    if verdict is None or transfer.open or transfer.state in _ENDED_UNDECIDED:
        return t("transfer-late-state", state=state)
    by, at = verdict.by_name or t("transfer-somebody"), moment(verdict.at, to.language)
    if transfer.state is State.WITHDRAWN:
        return t("transfer-late-withdrawn", by=by, at=at)
    return t("transfer-late-by", state=state, by=by, at=at)


def is_taken_back(transfer: SeenTransfer) -> bool:
    """Whether it was approved, and the approval taken back."""
    return transfer.state is State.REFUSED and transfer.started_at is not None


def ran_out_unfinished(transfer: SeenTransfer) -> bool:
    """Whether its time was over after it had been approved: nobody has read then what of it is done."""
    return transfer.state is State.EXPIRED and transfer.started_at is not None


def is_there_already(transfer: SeenTransfer) -> bool:
    """Whether it was closed because the student is in the school that asked: somebody else was quicker."""
    return transfer.state is State.STALE and transfer.remark is Remark.ARRIVED


def _ended_otherwise(transfer: SeenTransfer, side: Side) -> str:
    """What is said of an end that its state alone would not tell; "" of all others."""
    if ran_out_unfinished(transfer):
        return "transfer-lead-expired-unfinished"
    if transfer.state is State.WITHDRAWN and transfer.started_at is not None:
        return "transfer-lead-withdrawn-approved"
    if is_there_already(transfer):
        return "transfer-lead-arrived-receiving" if side is Side.RECEIVING else "transfer-lead-arrived-releasing"
    return ""


def _lead(to: Reader, seen: Seen) -> Iterator[str]:
    t, side, transfer = to.t, seen.side, seen.transfer
    state = transfer.state
    if otherwise := _ended_otherwise(transfer, side):
        yield t(otherwise)
        return
    if not transfer.open:
        own = _LEADS_OF_ASKER.get(state) if side is Side.RECEIVING else None
        yield t("transfer-lead-taken-back" if is_taken_back(transfer) else own or _LEADS[state])
        if Choice.APPEAL in seen.choices:
            yield t("transfer-appeal-offered")
        return
    if transfer.asked.office_only:
        yield t(f"transfer-lead-office-only-{side}")
        return
    if state is State.ESCALATED and transfer.appeal is not None:
        yield t(f"transfer-lead-appealed-{side}")
        return
    lead = _OPEN_LEADS[side][{State.OVERDUE: 1, State.ESCALATED: 2}.get(state, 0)]
    of_school = side is Side.OFFICE or (side is Side.RECEIVING and state is not State.ESCALATED)
    yield t(lead, school=transfer.asked.releasing.name) if of_school else t(lead)
    if side is Side.RELEASING and state is not State.ESCALATED and is_to_come(to, transfer.deadlines.escalate_at):
        yield t("transfer-decide-until", at=moment(transfer.deadlines.escalate_at, to.language))


def is_to_come(to: Reader, at: datetime) -> bool:
    """Whether it may be called a deadline: the clock of a request may run late."""
    return at > to.presser.now


def _username(to: Reader, seen: Seen) -> str:
    """Of an account that was released, for the director who asked for it; only in an answer to a press, which no
    message keeps (ADR 0007).
    """
    transfer = seen.transfer
    if isinstance(transfer, BlindTransfer) or not _is_for_the_asker(to, seen) or not is_private(to):
        return ""
    return transfer.asked.username


def _is_for_the_asker(to: Reader, seen: Seen) -> bool:
    there = _is_there(seen)
    return there and isinstance(to, Scene | Receiver) and may_request_transfers(to.actor).allowed


def _is_there(seen: Seen) -> bool:
    """Whether the reader's school has asked for the student, and has them now."""
    there = seen.transfer.state is State.DONE or is_there_already(seen.transfer)
    return there and seen.side is Side.RECEIVING


def is_private(to: Reader) -> bool:
    """Whether what is written here is shown to who pressed and stored nowhere."""
    occasion = to.turn.occasion if isinstance(to, Scene) else None
    return isinstance(occasion, Pressed) and not occasion.by_message


def _facts(to: Reader, transfer: SeenTransfer) -> Iterator[tuple[str, str]]:
    t, language, asked = to.t, to.language, transfer.asked
    yield t("transfer-by"), asked.actor_name
    yield t("transfer-date"), moment(asked.at, language)
    basis = t(f"card-transfer-basis-{asked.basis}")
    if isinstance(transfer, BlindTransfer):
        yield t("transfer-basis"), basis
        return
    asked = transfer.asked
    yield t("transfer-basis"), f"{basis}: {asked.basis_text}" if asked.basis_text else basis
    if asked.certificate or asked.certificate_date is not None:
        issued = asked.certificate_date
        written = date_of(issued, language) if issued else ""
        yield t("transfer-certificate"), " / ".join(filter(None, (asked.certificate, written)))
    if asked.note:
        yield t("transfer-note"), asked.note


def _trail(to: Reader, transfer: SeenTransfer) -> Iterator[TrailStep]:
    def at(when: datetime | None) -> str:
        return moment(when, to.language)

    t, deadlines, state = to.t, transfer.deadlines, transfer.state
    yield TrailStep(t("transfer-trail-sent"), at(transfer.asked.at), "done")
    if transfer.last_reminded_at is not None:
        yield TrailStep(t("transfer-trail-reminded"), at(transfer.last_reminded_at), "done")
    elif state is State.REQUESTED and not transfer.asked.office_only and is_to_come(to, deadlines.remind_at):
        yield TrailStep(t("transfer-trail-remind"), at(deadlines.remind_at), "ahead")
    if transfer.appeal is not None:
        yield TrailStep(t(f"transfer-verdict-{transfer.appeal.against}"), "", "done")
        yield TrailStep(t("transfer-trail-appealed"), at(transfer.appeal.at), "done")
    elif state is State.ESCALATED:
        yield TrailStep(t("transfer-trail-office-now"), at(deadlines.escalate_at), "done")
    if transfer.open:
        yield TrailStep(t("transfer-trail-decision"), "", "now")
        if state is not State.ESCALATED and is_to_come(to, deadlines.escalate_at):
            yield TrailStep(t("transfer-trail-office"), at(deadlines.escalate_at), "ahead")
        return
    yield from _trail_from_decision(to, transfer)


def _trail_from_decision(to: Reader, transfer: SeenTransfer) -> Iterator[TrailStep]:
    """From the decision on."""

    def at(when: datetime | None) -> str:
        return moment(when, to.language)

    t, state = to.t, transfer.state
    if state not in _ENDED_UNDECIDED or ran_out_unfinished(transfer):
        decided = transfer.verdict.at if transfer.verdict is not None else transfer.ended_at
        yield TrailStep(t("transfer-trail-decision"), at(decided), "done")
    if state in _ENDED_UNDECIDED:
        yield TrailStep(t(f"transfer-state-{state}"), at(transfer.ended_at), "done")
    elif state in UNDER_WAY:
        yield TrailStep(t("transfer-trail-carrying-out"), "", "now")
    elif state is State.DONE:
        yield TrailStep(t("transfer-trail-done"), at(transfer.ended_at), "done")


def _verdicts(to: Reader, transfer: SeenTransfer) -> Iterator[VerdictView]:
    """What was decided, and what was said against it; the latest first."""
    t, verdict, appeal, state = to.t, transfer.verdict, transfer.appeal, transfer.state
    unfinished = ran_out_unfinished(transfer)
    if verdict is None or (state in _ENDED_UNDECIDED and not unfinished):
        return
    if state in _APPROVED or unfinished:
        title = "approved"
    elif appeal is not None and verdict.at <= appeal.at:
        title = appeal.against.value
    else:
        title = "taken-back" if is_taken_back(transfer) else "returned" if transfer.open else state.value
    words = verdict if isinstance(verdict, Verdict) else None
    decided = VerdictView(
        title=t(f"transfer-verdict-{title}"),
        by=verdict.by_name,
        at=moment(verdict.at, to.language),
        reason=words.reason if words else "",
        where=words.where if words else "",
    )
    if appeal is None:
        yield decided
        return
    against = appeal.reason if isinstance(appeal, Appeal) else ""
    said = VerdictView(t("transfer-trail-appealed"), appeal.by_name, moment(appeal.at, to.language), against)
    yield from (said, decided) if verdict.at <= appeal.at else (decided, said)


def _earlier(to: Reader, earlier: Sequence[BlindTransfer]) -> Iterator[str]:
    for one in earlier:
        at, state = day(one.asked.at, to.language), to.t(f"transfer-state-{one.state}")
        yield to.t("transfer-earlier", number=str(one.number), at=at, state=state)


def _undelivered(to: Reader, seen: Seen) -> Iterator[str]:
    """To who asked: that nobody could be told, and why."""
    t = to.t
    why = unreached(seen.deliveries, Side.RELEASING)
    if seen.side is not Side.RECEIVING or not seen.transfer.open or not why:
        return
    reasons = " ".join(t(f"transfer-reach-{one}") for one in why)
    words = t("transfer-undelivered", reasons=reasons)
    if seen.transfer.state is not State.ESCALATED and is_to_come(to, seen.transfer.deadlines.remind_at):
        at = moment(seen.transfer.deadlines.remind_at, to.language)
        words = f"{words} {t('transfer-undelivered-next', at=at)}"
    yield words


def _office_unreached(to: Reader, seen: Seen) -> Iterator[str]:
    """To both schools, while the regional office is to decide: that nobody there could be told, and what to do."""
    transfer = seen.transfer
    if seen.side is Side.OFFICE or transfer.state is not State.ESCALATED:
        return
    if unreached(seen.deliveries, Side.OFFICE):
        yield to.t(f"transfer-office-unreached-{'receiving' if transfer.asked.office_only else seen.side}")


def _next(to: Reader, seen: Seen) -> Iterator[str]:
    t, transfer = to.t, seen.transfer
    if transfer.state is State.DONE:  # they say that the student is in the school
        match transfer.remark:
            case Remark.CLASS_GONE:
                yield t("transfer-class-gone")
            case Remark.CLASS_OVER:
                yield t("transfer-class-over")
            case Remark.ARRIVED:
                yield t("transfer-arrived")
            case Remark.NONE:
                pass
    in_neispuo = transfer.state is State.DONE and transfer.remark is Remark.ARRIVED
    if transfer.state in _APPROVED and not in_neispuo and seen.side is not Side.OFFICE:
        receiving = seen.side is Side.RECEIVING
        yield t("transfer-sync-receiving" if receiving else "transfer-sync-releasing")
    waits = transfer.state is State.NEEDS_ATTENTION and seen.side is Side.RECEIVING
    if waits and Choice.RETRY not in seen.choices:
        yield t("transfer-approval-old")
    if isinstance(transfer, BlindTransfer):
        yield t("transfer-office-blind")


def _buttons(to: Reader, seen: Seen) -> Iterator[Button]:
    t, transfer = to.t, seen.transfer
    presser = to if isinstance(to, Scene) else to.presser  # with a scene goes the list one came from
    ids = {"request": transfer.id}
    for choice in seen.choices:
        press = presser.press("request.ask", ids={**ids, "choice": choice.value}, version=transfer.version)
        yield Button(t(f"transfer-{choice}"), press, "positive" if choice is Choice.APPROVE else "default")
    if isinstance(transfer, BlindTransfer):
        yield Button(t("transfer-reveal"), presser.press("request.reveal", ids=ids))
    elif _is_there(seen):
        person = {"person": transfer.asked.person}
        if _is_for_the_asker(to, seen) and not isinstance(to, Scene):
            yield Button(t("transfer-username"), presser.press("request.open", ids=ids))
        yield from presser.to("password.person", t("command-password"), FORM_LIFETIME, ids=person)
    yield Button(t("transfer-to-list"), presser.press("requests.list"))
