"""What this tenant keeps to itself: НЕИСПУО sends no grade of a student and no address of a school."""

from typing import Any

from simulator.graph.world import Dialect


def withheld(body: Any, dialect: Dialect) -> Any:
    """The answer without what is not sent, wherever it stands in it."""
    if not (dialect.without_grade or dialect.without_address):
        return body
    if isinstance(body, list):
        return [withheld(one, dialect) for one in body]
    if not isinstance(body, dict):
        return body
    kept = {name: withheld(value, dialect) for name, value in body.items()}
    if dialect.without_grade and isinstance(kept.get("student"), dict) and "grade" in kept["student"]:
        kept["student"]["grade"] = None
    if dialect.without_address and isinstance(kept.get("address"), dict):
        kept["address"] = dict.fromkeys(kept["address"])
    return kept
