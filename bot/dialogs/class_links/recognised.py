"""The words the service is recognised by."""

from collections.abc import Mapping, Sequence

from bot.core.people.spoken_of import SpokenOf
from bot.router.lexicon import Hit
from bot.router.recognised import Recognised, Where


def _table(hits: Sequence[Hit], whom: SpokenOf) -> Mapping[str, str]:  # noqa: ARG001 -- the shape of `Recognised.details`
    return {"errand": "table"} if any(hit.concept == "table" for hit in hits) else {}


def _forbidden(where: Where) -> bool:
    """Addresses, and the lesson of the class teacher where no classroom for it is missing."""
    said = where.keys()
    return "contact" in said or ("class-hour" in said and not said & {"classroom", "group", "missing", "team"})


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
        "subject language": 1,
        "class username": -2,
        "class missing": 1.5,
        "team missing": 1.5,
        "group missing": 2,
        "my-class": 2,
        "taught-language": 2,
        "language-taught": 2,
        "reminders": 2.5,
    },
    titles={
        "links-all": "",
        "links-overview": "",
        "links-check": "",
        "links-errand-table": "links.table",
        "links-errand-list": "links.upload",
        "link-page-list-title": "links.upload",
        "former-title-upload": "links.upload",
        "links-platform-to-classroom": "links.platform",
        "links-platform-to-teams": "links.platform",
    },
    forbidden=_forbidden,
    details=_table,
)
