"""Short messages about a transfer request: the card that is kept up to date has everything else."""

from datetime import datetime

from bot.conversation import Reply
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.model import Appeal, Event, Side, Verdict
from bot.core.transfers.read import Seen
from bot.dialogs.menu import notice
from bot.dialogs.requests.status_card import (
    Reader,
    is_taken_back,
    is_there_already,
    is_to_come,
    ran_out_unfinished,
)
from bot.presser import FORM_LIFETIME
from bot.texts.moments import moment
from cards.actions import Button


def reminder_reply(to: Reader, seen: Seen) -> Reply:
    """To those who may decide: it waits. No student in it: the card below has everything."""
    t, transfer = to.t, seen.transfer
    waits = t("transfer-reminder", number=str(transfer.number), since=moment(transfer.asked.at, to.language))
    return _note(to, t("transfer-reminder-title"), (waits, *_until(to, transfer)), _open(to, transfer))


def _until(to: Reader, transfer: SeenTransfer) -> tuple[str, ...]:
    """By when it is to be decided, unless that is over."""
    at = transfer.deadlines.escalate_at
    return (to.t("transfer-reminder-until", at=moment(at, to.language)),) if is_to_come(to, at) else ()


def burst_reply(to: Reader, side: Side, count: int) -> Reply:
    """Many new requests at once: how many wait, and the way to the list. No student in it."""
    t, text = to.t, "transfer-burst-office" if side is Side.OFFICE else "transfer-burst"
    words = (t(text, count=count), t("transfer-burst-next"))
    return _note(to, t("transfer-burst-title"), words, _list(to))


def reminders_reply(to: Reader, count: int) -> Reply:
    """To those who may decide: many wait, and today is the day to say so."""
    words = (to.t("transfer-reminders", count=count), to.t("transfer-reminders-next"))
    return _note(to, to.t("transfer-reminders-title"), words, _list(to))


def outcome_reply(to: Reader, seen: Seen, event: Event) -> Reply:
    """What became of a request, to whom it matters at once."""
    t, transfer = to.t, seen.transfer
    number, school = str(transfer.number), transfer.asked.releasing.name
    if event in {Event.APPEALED, Event.APPROVED}:
        school = transfer.asked.receiving.name
    words = [t(_outcome(transfer, event), number=number, school=school)]
    said = transfer.appeal if event is Event.APPEALED else transfer.verdict
    reason = said.reason if isinstance(said, Appeal | Verdict) else ""
    if event in {Event.REFUSED, Event.NOT_OURS, Event.RETURNED, Event.APPEALED} and reason:
        words.append(t("transfer-outcome-reason", reason=reason))
    if event is Event.ATTENTION and transfer.problem is not None:
        words.append(t(f"transfer-problem-{transfer.problem}"))
    if event is Event.RETURNED:
        words += _until(to, transfer)
    if event is Event.APPROVED:
        words += _approved_by(to, transfer)
    done = seen.side is Side.RECEIVING and (event is Event.DONE or is_there_already(transfer))
    buttons = [_open(to, transfer, "transfer-username" if done else "transfer-open")]
    if done and not isinstance(transfer, BlindTransfer):
        person = {"person": transfer.asked.person}
        buttons[:0] = to.presser.to("password.person", t("command-password"), FORM_LIFETIME, ids=person)
    if event is Event.APPROVED:
        buttons.append(Button(t("deputies"), to.presser.press("deputies")))
    title = "transfer-outcome-taken-back-title" if is_taken_back(transfer) else f"transfer-outcome-{event}-title"
    return _note(to, t(title), tuple(words), *buttons)


def _outcome(transfer: SeenTransfer, event: Event) -> str:
    """The text that tells of it: the request tells more of some events than their name."""
    if event is Event.EXPIRED and ran_out_unfinished(transfer):
        return "transfer-outcome-expired-unfinished"
    if event is Event.REFUSED and is_taken_back(transfer):
        return "transfer-outcome-taken-back"
    if event is Event.STALE and is_there_already(transfer):
        return "transfer-outcome-arrived"
    return f"transfer-outcome-{event}"


def _approved_by(to: Reader, transfer: SeenTransfer) -> tuple[str, ...]:
    """Who has decided in the place of the school's director, and what to look at if that is a surprise."""
    t, verdict = to.t, transfer.verdict
    if verdict is not None and verdict.as_ is Side.OFFICE:
        return (t("transfer-approved-by-office", by=verdict.by_name or t("transfer-office")),)
    by = (verdict.by_name if verdict is not None else "") or t("transfer-somebody")
    of_school = transfer.asked.releasing.is_called(by)
    said = t("transfer-approved-with-account") if of_school else t("transfer-approved-by", by=by)
    return said, t("transfer-approved-surprise")


def opened_reply(to: Reader, seen: Seen, *, expert: str, at: datetime) -> Reply:
    """To both schools: an expert of the regional office was shown whom it is about."""
    t, number = to.t, str(seen.transfer.number)
    words = t("transfer-opened", number=number, by=expert or t("transfer-office"), at=moment(at, to.language))
    return _note(to, t("transfer-opened-title"), (words,), _open(to, seen.transfer))


def not_yours_reply(to: Reader, number: int) -> Reply:
    """In the place of a card whose holder has nothing to do with the request any more."""
    title, words = to.t("card-transfer-number", number=str(number)), (to.t("transfer-not-yours"),)
    return _note(to, title, words, *to.presser.to("help", to.t("command-help")))


def _open(to: Reader, transfer: SeenTransfer, title: str = "transfer-open") -> Button:
    return Button(to.t(title), to.presser.press("request.open", ids={"request": transfer.id}))


def _list(to: Reader) -> Button:
    return Button(to.t("transfer-to-list"), to.presser.press("requests.list"))


def _note(to: Reader, title: str, words: tuple[str, ...], *buttons: Button) -> Reply:
    return notice(to, title, *words, buttons=buttons)
