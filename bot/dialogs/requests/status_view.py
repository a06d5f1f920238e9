"""One transfer request as a person sees it → its card: for the dialogs that answer, and the announcer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.deliveries import Reach
from bot.core.transfers.model import OPEN, Remark, Side, State, Verdict
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import Seen
from bot.dialogs.requests.words import (
    BASES,
    CHOICES,
    LEADS,
    NAME_THE_SCHOOL,
    PROBLEMS,
    REACHES,
    STATES,
    TITLES,
    VERDICTS,
)
from bot.dialogs.search import place_of
from bot.presser import FORM_LIFETIME, MENU_LIFETIME, Presser
from bot.texts.catalog import Translate
from bot.texts.moments import date_of, day, moment
from cards.actions import Button, Style
from cards.lines import Mood
from cards.request_lines import AboutRequest
from cards.transfer_status import TrailStep, VerdictView, transfer_status_card

_MOODS: Mapping[State, Mood] = {
    State.OVERDUE: "attention",
    State.ESCALATED: "attention",
    State.NEEDS_ATTENTION: "attention",
    State.DONE: "good",
}
_TOLD_OF_SYNC = frozenset({State.APPROVED, State.CARRYING_OUT, State.DONE, State.NEEDS_ATTENTION})


def status_reply(t: Translate, language: str, seen: Seen, presser: Presser, *, notice: str = "") -> Reply:
    """The card of one request for whoever sees it: a message that is kept up to date, or the answer to a press."""
    transfer = seen.transfer
    card = transfer_status_card(
        t,
        about=about(transfer),
        title=t(TITLES[seen.side, transfer.open]) if transfer.open else t(STATES[transfer.state]),
        mood=_MOODS.get(transfer.state, "plain"),
        lead=tuple(_lead(t, language, seen)),
        facts=tuple(_facts(t, language, transfer)),
        trail=tuple(_trail(t, language, transfer)),
        verdict=_verdict(t, language, transfer),
        earlier=tuple(_earlier(t, language, seen.earlier)),
        warnings=tuple(_undelivered(t, language, seen)),
        next_steps=tuple(_next(t, seen)),
        problem=t(PROBLEMS[transfer.problem]) if transfer.problem is not None else "",
        notice=notice,
        at=moment(presser.now, language),
        buttons=tuple(_buttons(t, seen, presser)),
    )
    return Reply(card=card, people=shown_in(transfer))


def shown_in(transfer: SeenTransfer) -> PeopleShown | None:
    """Whom a card about the request shows; nobody where the request is given without its student."""
    if isinstance(transfer, BlindTransfer):
        return None
    return PeopleShown(Shows.REQUEST, transfer.asked.person, class_=transfer.asked.class_)


def about(transfer: SeenTransfer) -> AboutRequest:
    """What a question about a request repeats of it."""
    asked, student = transfer.asked, student_of(transfer)
    return AboutRequest(
        number=transfer.number,
        receiving=place_of(asked.receiving),
        releasing=place_of(asked.releasing),
        name=student.name,
        class_=student.class_,
        masked=student.masked,
        to_class=student.to_class,
    )


@dataclass(frozen=True, slots=True)
class Student:
    """Whom a request is about, as a card shows it: with nothing in it for who may not know."""

    name: str = ""
    class_: str = ""
    masked: str = ""
    to_class: str = ""


def student_of(transfer: SeenTransfer) -> Student:
    """Of a request without its student: nothing."""
    if isinstance(transfer, BlindTransfer):
        return Student()
    asked = transfer.asked
    return Student(asked.name, asked.class_, asked.masked, asked.to_class)


def decided_by(t: Translate, language: str, transfer: SeenTransfer) -> str:
    """Who decided and when, or what else has ended it: for whoever presses too late."""
    state = t(STATES[transfer.state])
    verdict = transfer.verdict
    if verdict is None or transfer.open:
        return t("transfer-late-state", state=state)
    by = verdict.by_name or t("transfer-somebody")
    return t("transfer-late-by", state=state, by=by, at=moment(verdict.at, language))


def _lead(t: Translate, language: str, seen: Seen) -> Iterator[str]:
    transfer = seen.transfer
    lead = LEADS[seen.side, transfer.state]
    yield t(lead, school=transfer.asked.releasing.name) if lead in NAME_THE_SCHOOL else t(lead)
    if transfer.asked.office_only and transfer.open:
        yield t("transfer-office-only")
    if transfer.open and seen.side is Side.RELEASING and transfer.state is not State.ESCALATED:
        yield t("transfer-decide-until", at=moment(transfer.deadlines.escalate_at, language))


def _facts(t: Translate, language: str, transfer: SeenTransfer) -> Iterator[tuple[str, str]]:
    asked = transfer.asked
    yield t("transfer-by"), asked.actor_name
    yield t("transfer-date"), moment(asked.at, language)
    basis = t(BASES[asked.basis])
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


def _trail(t: Translate, language: str, transfer: SeenTransfer) -> Iterator[TrailStep]:
    def at(when: datetime | None) -> str:
        return moment(when, language) if when is not None else ""

    deadlines, state = transfer.deadlines, transfer.state
    yield TrailStep(t("transfer-trail-sent"), at(transfer.asked.at), "done")
    if transfer.last_reminded_at is not None:
        yield TrailStep(t("transfer-trail-reminded"), at(transfer.last_reminded_at), "done")
    elif state is State.REQUESTED and not transfer.asked.office_only:
        yield TrailStep(t("transfer-trail-remind"), at(deadlines.remind_at), "ahead")
    if state is State.ESCALATED:
        yield TrailStep(t("transfer-trail-office-now"), at(deadlines.escalate_at), "done")
    if transfer.open:
        yield TrailStep(t("transfer-trail-decision"), "", "now")
        if state is not State.ESCALATED:
            yield TrailStep(t("transfer-trail-office"), at(deadlines.escalate_at), "ahead")
        return
    decided = transfer.verdict.at if transfer.verdict is not None else transfer.ended_at
    yield TrailStep(t(STATES[state] if state in _ENDED_UNDECIDED else "transfer-trail-decision"), at(decided), "done")
    if state in {State.APPROVED, State.CARRYING_OUT, State.NEEDS_ATTENTION}:
        yield TrailStep(t("transfer-trail-carrying-out"), "", "now")
    elif state is State.DONE:
        yield TrailStep(t("transfer-trail-done"), at(transfer.ended_at), "done")


_ENDED_UNDECIDED = frozenset({State.STALE, State.EXPIRED})


def _verdict(t: Translate, language: str, transfer: SeenTransfer) -> VerdictView | None:
    verdict = transfer.verdict
    if verdict is None or transfer.state in _ENDED_UNDECIDED:
        return None
    title = "transfer-verdict-returned" if transfer.state in OPEN else VERDICTS[transfer.state]
    return VerdictView(
        title=t(title),
        by=verdict.by_name,
        at=moment(verdict.at, language),
        reason=verdict.reason if isinstance(verdict, Verdict) else "",
        where=verdict.where if isinstance(verdict, Verdict) else "",
    )


def _earlier(t: Translate, language: str, earlier: Sequence[BlindTransfer]) -> Iterator[str]:
    for one in earlier:
        yield t(
            "transfer-earlier", number=str(one.number), at=day(one.asked.at, language), state=t(STATES[one.state])
        )


def _undelivered(t: Translate, language: str, seen: Seen) -> Iterator[str]:
    """To who asked: that nobody could be told, and why."""
    told = [one for one in seen.deliveries if one.side is Side.RELEASING]
    if seen.side is not Side.RECEIVING or not seen.transfer.open or not told:
        return
    if any(one.reach is Reach.REACHED for one in told):
        return
    reasons = " ".join(dict.fromkeys(t(REACHES[one.reach]) for one in told))
    words = t("transfer-undelivered", reasons=reasons)
    if seen.transfer.state is not State.ESCALATED:
        words = f"{words} {t('transfer-undelivered-next', at=moment(seen.transfer.deadlines.remind_at, language))}"
    yield words


def _next(t: Translate, seen: Seen) -> Iterator[str]:
    transfer = seen.transfer
    if transfer.remark is Remark.CLASS_GONE:
        yield t("transfer-class-gone")
    if transfer.state in _TOLD_OF_SYNC and seen.side is not Side.OFFICE:
        receiving = seen.side is Side.RECEIVING
        yield t("transfer-sync-receiving" if receiving else "transfer-sync-releasing")
    if isinstance(transfer, BlindTransfer):
        yield t("transfer-office-blind")


def _buttons(t: Translate, seen: Seen, presser: Presser) -> Iterator[Button]:
    transfer = seen.transfer
    ids = {"request": transfer.id}
    for choice in seen.choices:
        style: Style = "positive" if choice is Choice.APPROVE else "default"
        press = presser.press(
            "request.ask", MENU_LIFETIME, ids={**ids, "choice": choice.value}, version=transfer.version
        )
        yield Button(t(CHOICES[choice]), press, style)
    if isinstance(transfer, BlindTransfer):
        yield Button(t("transfer-reveal"), presser.press("request.reveal", MENU_LIFETIME, ids=ids))
    elif transfer.state is State.DONE and seen.side is Side.RECEIVING:
        person = {"person": transfer.asked.person}
        yield Button(t("command-password"), presser.press("password.person", FORM_LIFETIME, ids=person))
    yield Button(t("transfer-to-list"), presser.press("requests.list"))
