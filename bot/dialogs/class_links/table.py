"""Links → the rows of a table to be kept outside the chat. It names no student."""

from bot.core.class_links.model import Link
from bot.core.class_links.read import LinksSeen
from bot.dialogs.class_links.words import known, list_words
from bot.dialogs.outside import Sheet
from bot.texts.catalog import Translate
from bot.texts.moments import moment

_COLUMNS = (
    "card-links-class",
    "card-links-teacher",
    "card-links-username",
    "card-links-state",
    "card-links-since",
    "card-links-cause",
    "card-links-who",
    "card-links-step",
    "card-links-also",
    "link-mark-where-label",
    "card-links-row",
)
"""The text id of each head, from left to right."""


def table_of(seen: LinksSeen, school: str, t: Translate, language: str) -> Sheet:
    """Every link of the school, problems and all."""
    notes = (
        school,
        t("links-checked", at=moment(seen.at, language)),
        *list_words(seen, t, language),
        *(() if seen.whole else (t("links-partial"),)),
    )
    rows = tuple(_row(link, seen, t, language) for link in seen.links)
    return Sheet(t("links-title"), notes, tuple(map(t, _COLUMNS)), rows)


def _row(link: Link, seen: LinksSeen, t: Translate, language: str) -> tuple[str, ...]:
    told = known(link, seen, t, language, now=seen.at)
    also = filter(None, (told["card-links-also"], *(t(f"link-flag-{flag}") for flag in link.flags)))
    told |= {"card-links-class": link.title, "card-links-also": "; ".join(also)}
    return tuple(told[column] for column in _COLUMNS)
