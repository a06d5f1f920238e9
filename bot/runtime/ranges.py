"""Between what a setting that is a whole number must lie, where that depends on no other setting."""

from collections.abc import Mapping

RANGES: Mapping[str, tuple[int, int]] = {
    "bot_port": (0, 65535),
    "bot_connections": (16, 100_000),
    "bot_connections_per_address": (0, 100_000),
    "bot_idle_seconds": (5, 3600),
    "bot_upload_seconds": (10, 3600),
    "lookups_own_per_day": (1, 999_999_999),
    "lookups_other_per_day": (1, 999_999_999),
    "lookups_misses_in_a_row": (1, 999_999_999),
    "lookups_pause_minutes": (1, 999_999_999),
    "link_remind_days": (0, 60),
}
"""The least and the most."""
