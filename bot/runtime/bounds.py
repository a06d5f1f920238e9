"""What the settings that are numbers may be."""

from collections.abc import Iterator, Mapping

AT_MOST = {"bot_port": 65_535, "link_remind_days": 60, "transfer_cooling_hours": 168}

AT_LEAST_ONE = ("lookups_", "transfer_requests_")
"""Beginnings of names: a limit of nothing would close a service."""


def out_of_bounds(values: Mapping[str, object]) -> Iterator[str]:
    """What is wrong, by the name of the variable."""
    for name, value in values.items():
        if isinstance(value, int) and value > AT_MOST.get(name, value):
            yield f"{name.upper()}: at most {AT_MOST[name]}"
        if isinstance(value, int) and name.startswith(AT_LEAST_ONE) and value < 1:
            yield f"{name.upper()}: at least 1"
