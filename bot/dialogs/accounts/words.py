"""States of accounts and what is to be done → texts and colours."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.accounts.board import Board, Counts
from bot.core.accounts.model import (
    HANDED_OVER,
    TO_HAND_OVER,
    BoardPerson,
    BoardRow,
    BoardState,
    BoardTiming,
    Ending,
    GivenPassword,
    View,
)
from bot.core.accounts.policy import ToClose, to_sign
from bot.core.accounts.states import is_new
from bot.core.people.model import Kind
from bot.dialogs.accounts.selection import Selection
from bot.texts.catalog import Translate
from bot.texts.moments import day, hour, moment
from cards.charts import Share

STYLES: Mapping[BoardState, str] = {
    BoardState.BEING_CREATED: "emphasis",
    BoardState.OFF: "emphasis",
    BoardState.NEW: "warning",
    BoardState.HANDED: "accent",
    BoardState.IN_USE: "good",
    BoardState.CHANGED: "good",
    BoardState.UNTOLD: "warning",
    BoardState.TWO: "attention",
}
"""Said in words too: no meaning rests on a colour."""

APART = tuple(state for state in BoardState if state not in TO_HAND_OVER | HANDED_OVER)
"""The states that are not counted."""


def state_word(one: BoardPerson, timing: BoardTiming, t: Translate, *, now: datetime | None) -> str:
    """The state. Of what is not handed over it is said whether the account is new."""
    if one.state is BoardState.NEW and (now is None or not is_new(one.row.account, now, timing)):
        return t("account-state-not-handed")
    return t(f"account-state-{one.state}")


def who_word(one: BoardPerson, t: Translate) -> str:
    """Who must act; nothing where nobody must."""
    match one.state:
        case BoardState.IN_USE:
            return ""
        case BoardState.HANDED:
            return t("account-who-teacher" if one.kind is Kind.TEACHER else "account-who-student")
        case BoardState.BEING_CREATED:
            return t("account-who-nobody")
        case BoardState.TWO:
            return t("account-who-neispuo")
        case _:
            return t("account-who-director")


def next_word(one: BoardPerson, t: Translate) -> str:
    """What is to be done next about this one."""
    given = one.row.given
    if one.state is BoardState.NEW and given is not None:
        if given.elsewhere:
            return t("account-next-new-elsewhere")
        if given.ending is Ending.REPLACED:
            return t("account-next-new-replaced")
        if given.shown_at is not None:
            return t("account-next-new-shown")
        return t("account-next-new-failed" if given.failed else "account-next-new-unseen")
    if one.state is BoardState.NEW:
        return t("account-next-new-teacher" if one.kind is Kind.TEACHER else "account-next-new")
    if one.state is BoardState.IN_USE and to_sign(one):
        return t("account-next-in-use-to-sign")
    return t(f"account-next-{one.state}")


def own_password(row: BoardRow) -> GivenPassword | None:
    """Of which it is told when it was made and shown: of another school's, no more than whose it is."""
    return None if row.given is None or row.given.elsewhere else row.given


def nobody_word(people: Sequence[BoardPerson], open_: ToClose, t: Translate, *, one: bool) -> str:
    """Why there is nobody of these whose handing over can be noted. `one`: they are no list, but one person."""
    if open_.left_out:
        return t("closing-none-shown")
    if any(each.state in TO_HAND_OVER for each in people):
        return t("closing-elsewhere")
    return t("closing-nothing-to-note" if one else "card-closed-all")


def selection_word(selection: Selection, t: Translate) -> str:
    """What a list is of."""
    if selection.view is not View.CLASS:
        return t(f"accounts-view-{selection.view}")
    return class_word(selection.class_, t)


def view_word(selection: Selection, people: Sequence[BoardPerson], t: Translate) -> str:
    """What is to be done about the people of a view."""
    untold = selection.view is View.NOT_HANDED and any(one.state is BoardState.UNTOLD for one in people)
    return t("accounts-view-not-handed-untold-do" if untold else f"accounts-view-{selection.view}-do")


def class_word(name: str, t: Translate) -> str:
    """A class as it is called; those in none have a name of their own."""
    return name or t("accounts-no-class")


def as_of(board: Board, now: datetime, language: str, t: Translate) -> str:
    """How old the board is; "" where it was never looked at."""
    if board.at is None:
        return ""
    today = day(board.at, language) == day(now, language)
    return t("accounts-as-of", at=hour(board.at, language) if today else moment(board.at, language))


def old_word(board: Board, now: datetime, timing: BoardTiming, language: str, t: Translate) -> str:
    """That the directory does not answer, and what is shown is old: whoever opens a stale board has it looked at."""
    if board.at is None or board.at > now - timing.stale:
        return ""
    return t("accounts-old", at=moment(board.at, language))


def handed_word(counts: Counts, t: Translate) -> str:
    """How many of how many."""
    if not counts.of:
        return t("accounts-none-countable" if counts.all else "accounts-empty")
    if not counts.left:
        return t("accounts-all-handed", of=counts.of)
    return t("accounts-handed", handed=counts.handed, of=counts.of, percent=counts.percent)


def part_word(counts: Counts, t: Translate) -> str:
    """The counts of a class, or of the teachers, in a line."""
    if not counts.of:
        return t("accounts-part-none", all=counts.all)
    said = t("accounts-part", handed=counts.handed, of=counts.of)
    unused = counts.by_state.get(BoardState.HANDED, 0)
    return f"{said} · {t('accounts-part-unused', count=unused)}" if unused else said


def part_style(counts: Counts) -> str:
    """Its colour."""
    if not counts.of:
        return "default"
    if counts.left:
        return "warning"
    return "accent" if counts.by_state.get(BoardState.HANDED) else "good"


def shares(counts: Counts, t: Translate) -> tuple[Share, ...]:
    """The parts of those that are counted: used, handed over and not used, not handed over."""
    parts = (
        (counts.used, "good", "accounts-share-used"),
        (counts.by_state.get(BoardState.HANDED, 0), "accent", "accounts-share-handed"),
        (counts.left, "warning", "accounts-share-left"),
    )
    return tuple(Share(count, style, t(words, count=count)) for count, style, words in parts)
