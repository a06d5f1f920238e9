"""Short messages about a transfer request: the card that is kept up to date has everything else."""

from datetime import datetime

from bot.conversation import Reply
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.model import Event, Side, Verdict
from bot.core.transfers.read import Seen
from bot.dialogs.requests.words import OUTCOMES, PROBLEMS
from bot.presser import FORM_LIFETIME, MENU_LIFETIME, Presser
from bot.texts.catalog import Translate
from bot.texts.moments import moment
from cards.actions import Button
from cards.notice import notice_card


def reminder_reply(t: Translate, language: str, seen: Seen, presser: Presser) -> Reply:
    """To those who may decide: it waits. No student in it: the card below has everything."""
    transfer = seen.transfer
    words = (
        t("transfer-reminder", number=str(transfer.number), since=moment(transfer.asked.at, language)),
        t("transfer-reminder-until", at=moment(transfer.deadlines.escalate_at, language)),
    )
    return _note(t, t("transfer-reminder-title"), words, _open(t, transfer, presser))


def burst_reply(t: Translate, side: Side, count: int, presser: Presser) -> Reply:
    """Many new requests at once: how many wait, and the way to the list. No student in it."""
    office = side is Side.OFFICE
    words = (t("transfer-burst-office" if office else "transfer-burst", count=count), t("transfer-burst-next"))
    return _note(t, t("transfer-burst-title"), words, _list(t, presser))


def reminders_reply(t: Translate, count: int, presser: Presser) -> Reply:
    """To those who may decide: many wait, and today is the day to say so."""
    words = (t("transfer-reminders", count=count), t("transfer-reminders-next"))
    return _note(t, t("transfer-reminders-title"), words, _list(t, presser))


def outcome_reply(t: Translate, language: str, seen: Seen, event: Event, presser: Presser) -> Reply:
    """What became of a request, to whom it matters at once."""
    transfer = seen.transfer
    title, text = OUTCOMES[event]
    words = [t(text, number=str(transfer.number), school=transfer.asked.releasing.name)]
    verdict = transfer.verdict
    reason = verdict.reason if isinstance(verdict, Verdict) else ""
    if event in {Event.REFUSED, Event.NOT_OURS, Event.RETURNED} and reason:
        words.append(t("transfer-outcome-reason", reason=reason))
    if event is Event.ATTENTION and transfer.problem is not None:
        words.append(t(PROBLEMS[transfer.problem]))
    if event is Event.RETURNED:
        words.append(t("transfer-reminder-until", at=moment(transfer.deadlines.escalate_at, language)))
    buttons = [_open(t, transfer, presser)]
    if event is Event.DONE and seen.side is Side.RECEIVING and not isinstance(transfer, BlindTransfer):
        person = {"person": transfer.asked.person}
        buttons.insert(0, Button(t("command-password"), presser.press("password.person", FORM_LIFETIME, ids=person)))
    return _note(t, t(title), tuple(words), *buttons)


def opened_reply(t: Translate, language: str, seen: Seen, presser: Presser, *, expert: str, at: datetime) -> Reply:
    """To both schools: an expert of the regional office was shown whom it is about."""
    transfer = seen.transfer
    words = t(
        "transfer-opened", number=str(transfer.number), by=expert or t("transfer-office"), at=moment(at, language)
    )
    return _note(t, t("transfer-opened-title"), (words,), _open(t, transfer, presser))


def not_yours_reply(t: Translate, number: int) -> Reply:
    """In the place of a card whose holder has nothing to do with the request any more."""
    return _note(t, t("card-transfer-number", number=str(number)), (t("transfer-not-yours"),))


def _open(t: Translate, transfer: SeenTransfer, presser: Presser) -> Button:
    return Button(t("transfer-open"), presser.press("request.open", MENU_LIFETIME, ids={"request": transfer.id}))


def _list(t: Translate, presser: Presser) -> Button:
    return Button(t("transfer-to-list"), presser.press("requests.list", MENU_LIFETIME))


def _note(t: Translate, title: str, words: tuple[str, ...], *buttons: Button) -> Reply:
    return Reply(card=notice_card(t, title=title, paragraphs=words, buttons=buttons))
