"""The board as a table outside the chat: the way to its page, and its rows. It has no identifier, no username and no
password.
"""

from bot.conversation import Reply
from bot.core.accounts.board import Board
from bot.core.accounts.model import BoardPerson, BoardTiming
from bot.core.accounts.states import handed_over
from bot.core.decision import Decision
from bot.core.one_time_links import Offered
from bot.core.people.model import Kind
from bot.dialogs import outside
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.ways import ways_back
from bot.dialogs.accounts.words import handed_word, next_word, own_password, state_word, who_word
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied
from bot.texts.catalog import Translate
from bot.texts.moments import day, moment
from cards.account_lines import shown

_COLUMNS = (
    "account-place",
    "account-name",
    "account-state",
    "account-created",
    "account-changed",
    "account-given",
    "account-handed-on",
    "account-handed-to",
    "accounts-who",
    "account-next",
)
"""The text id of each head, from left to right."""


async def offer(cases: AccountsCases, scene: Scene) -> Reply:
    """A link to the page from which the table is downloaded."""
    if not cases.public_url:
        return outside.no_pages(scene, *ways_back(scene))
    offered = await cases.table.offer(scene.actor, scene.language)
    if isinstance(offered, Decision):
        return denied(scene, offered)
    return way_out(scene, cases.table_page(offered.token), offered)


def way_out(scene: Scene, address: str, offered: Offered) -> Reply:
    """The link, and how long it works."""
    t = scene.t
    return outside.way_out(scene, t("accounts-table"), t("accounts-table-about"), address, offered, *ways_back(scene))


def rows_of(seen: Board, timing: BoardTiming, t: Translate, language: str) -> outside.Sheet:
    """Everybody on the board, in its order."""
    at = "" if seen.at is None else t("accounts-as-of", at=moment(seen.at, language))
    notes = (seen.school.name, handed_word(seen.counts, t), at)
    rows = tuple(_row(one, seen, timing, t, language) for one in seen.people)
    return outside.Sheet(t("accounts-title"), notes, tuple(map(t, _COLUMNS)), rows)


def _row(one: BoardPerson, seen: Board, timing: BoardTiming, t: Translate, language: str) -> tuple[str, ...]:
    account, given, receipt = one.row.account, own_password(one.row), handed_over(one.row)
    here = receipt is not None and receipt.school == seen.school.id
    return (
        t("account-teacher") if one.kind is Kind.TEACHER else one.class_ and shown(one.class_),
        shown(one.name),
        state_word(one, timing, t, now=seen.at),
        day(account.created, language),
        day(account.changed, language),
        "" if given is None else day(given.asked_at, language),
        day(receipt.at, language) if receipt is not None and here else "",
        "" if receipt is None else t(f"account-handed-{receipt.recipient if here else 'elsewhere'}"),
        who_word(one, t),
        next_word(one, t),
    )
