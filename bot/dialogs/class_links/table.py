"""Links → the rows of a table to be kept outside the chat. It names no student."""

from dataclasses import dataclass, field

from bot.core.class_links.model import IN_ORDER, Link
from bot.core.class_links.read import Seen
from bot.dialogs.class_links.words import cause, flag_word, list_words, name_of, state_word, step, who_word
from bot.texts.catalog import Translate
from bot.texts.moments import moment


@dataclass(frozen=True, slots=True)
class LinkTable:
    """`title` names the sheet; `notes` stand above the table."""

    title: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


def table_of(seen: Seen, school: str, t: Translate, language: str) -> LinkTable:
    """Every link of the school, problems and all."""
    heads = (
        t("card-links-class"),
        t("card-links-teacher"),
        t("card-links-username"),
        t("card-links-state"),
        t("card-links-since"),
        t("card-links-cause"),
        t("card-links-who"),
        t("card-links-step"),
        t("card-links-also"),
        t("link-mark-where-label"),
        t("card-links-row"),
    )
    notes = (
        school,
        t("links-checked", at=moment(seen.at, language)),
        *list_words(seen, t, language),
        *(() if seen.whole else (t("links-partial"),)),
    )
    return LinkTable(t("links-title"), notes, heads, tuple(_row(link, seen, t, language) for link in seen.links))


def _row(link: Link, seen: Seen, t: Translate, language: str) -> tuple[str, ...]:
    also = [t(f"link-state-{state.value}") for state in link.also] + [flag_word(flag, t) for flag in link.flags]
    return (
        link.title,
        name_of(seen, link.teacher) if link.teacher else "",
        link.teacher,
        state_word(link, t),
        moment(link.since, language) if link.since is not None else "",
        cause(link, t),
        "" if link.state in IN_ORDER and not link.flags else who_word(link, t),
        step(link, t, language, director=True),
        "; ".join(also),
        link.status if link.by_hand else "",
        link.class_id,
    )
