"""The words the service is recognised by."""

from collections.abc import Mapping, Sequence

from bot.router.lexicon import Hit
from bot.router.recognised import Recognised


def _table(hits: Sequence[Hit]) -> Mapping[str, str]:
    return {"errand": "table"} if any(hit.concept == "table" for hit in hits) else {}


RECOGNISED = Recognised(
    rules={
        "locked classroom": -4,
        "slip subject": -2,
        "team": 3,
        "class": 3,
        # "Ученик от 10 клас" says how old the student is, not which team is meant.
        "grade": -2,
        "first-grade": -2,
        "unknown": -2.1,
        "classroom": 4,
        "table classroom": 1,
        "links": 3.5,
        "subject": 1.5,
        "subject group": 1,
        "subject without": 1,
        "class username": -2,
        "class missing": 1.5,
        "team missing": 1.5,
        "group missing": 2,
        "my-class": 2,
    },
    forbidden=lambda where: "contact" in where,
    details=_table,
)
