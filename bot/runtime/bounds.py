"""Between what a whole number must lie, and what an id looks like, where that depends on no other setting."""

import re
from collections.abc import Iterator, Mapping

GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_APPS = {
    "teams_app_id": "the id in the manifest of the package (a GUID), where it is not APP_ID",
    "teams_app_catalog_id": "the id of the app in the catalog (a GUID, another than that of the manifest)",
}

_ANY = 999_999_999
RANGES: Mapping[str, tuple[int, int]] = {
    "bot_port": (0, 65_535),
    "bot_connections": (16, 100_000),
    "bot_connections_per_address": (0, 100_000),
    "bot_idle_seconds": (5, 3600),
    "bot_upload_seconds": (10, 3600),
    "graph_attempt_seconds": (1, 30),
    "graph_deadline_seconds": (2, 60),
    "graph_sweep_attempt_seconds": (1, 120),
    "graph_sweep_seconds": (10, 900),
    "graph_page_size": (20, 999),
    "graph_requests_per_second": (20, 800),
    "graph_teams_requests_per_second": (2, 30),
    "lookups_own_per_day": (1, _ANY),
    "lookups_other_per_day": (1, _ANY),
    "lookups_misses": (1, _ANY),
    "lookups_misses_within": (1, _ANY),
    "lookups_pause_minutes": (1, _ANY),
    "transfer_requests_per_director": (1, _ANY),
    "transfer_requests_per_school": (1, _ANY),
    "transfer_requests_per_student": (1, _ANY),
    "transfer_cooling_hours": (0, 168),
    "link_remind_days": (0, 60),
    "accounts_look_hours": (1, 168),
    "accounts_new_days": (1, 400),
    "intake_students_per_school": (1, 2_000),
}
"""The least and the most. A limit of nothing would close a service."""


def out_of_bounds(values: Mapping[str, object]) -> Iterator[str]:
    """What is wrong, by the name of the variable."""
    for name, (least, most) in RANGES.items():
        value = values[name]
        if not isinstance(value, int) or not least <= value <= most:
            yield f"{name.upper()}: {least} to {most}"
    for name, words in _APPS.items():
        if (given := str(values[name])) and not GUID.fullmatch(given):
            yield f"{name.upper()}: {words}"
