"""What is kept about people and for how long, table by table, in the words of the privacy page.

The days are those by which rows are removed, so the page cannot promise what the database does not do.
"""

from bot.core.passwords.model import Timing
from bot.database import deputies, expected_lists, experts, ledger, link_cases, messages, releases, seen, transfers
from bot.database.operations_purge import RECEIPTS_KEPT
from bot.database.queue import DEAD_KEPT, DONE_KEPT
from bot.texts.catalog import Translate

Kept = tuple[tuple[str, ...], str]
"""Tables, and what is said of them."""


def kept(t: Translate) -> tuple[Kept, ...]:
    """Every table once (a test compares), what concerns most people first."""
    timing = Timing()
    return (
        (
            ("secret",),
            t(
                "about-kept-secret",
                single=timing.unseen_minutes,
                class_=timing.unseen_minutes_many,
                shown=timing.lease_seconds,
            ),
        ),
        (("password_operation", "password_job"), t("about-kept-receipts", days=RECEIPTS_KEPT.days)),
        (("audit",), t("about-kept-audit")),
        (("lookup_attempt",), t("about-kept-lookups", days=ledger.KEPT.days)),
        (
            ("transfer", "transfer_step", "transfer_delivery"),
            t("about-kept-transfers", days=transfers.KEPT.days),
        ),
        (("release",), t("about-kept-releases", days=releases.KEPT.days)),
        (("deputy",), t("about-kept-deputies", days=deputies.KEPT.days)),
        (("school_director", "regional_expert"), t("about-kept-met", days=experts.KEPT.days)),
        (("expected_list",), t("about-kept-lists", days=expected_lists.KEPT.days)),
        (("link_case",), t("about-kept-cases", days=link_cases.KEPT.days)),
        (("link_mark", "school_platform"), t("about-kept-marks")),
        (("slip_link", "errand_link"), t("about-kept-links")),
        (("conversation",), t("about-kept-conversation")),
        (("preference",), t("about-kept-language")),
        (("message",), t("about-kept-messages", days=messages.KEPT.days)),
        (("seen_activity",), t("about-kept-seen", days=seen.KEPT.days)),
        (("task",), t("about-kept-tasks", done=DONE_KEPT.days, dead=DEAD_KEPT.days)),
        (("key_check", "high_water", "pace"), t("about-kept-nothing")),
    )
