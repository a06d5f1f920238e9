"""The words of what is printed, as the rooms that draw it want them."""

from typing import Literal

from bot.documents.parent_sheet import ParentWords
from bot.documents.protocol import ProtocolWords
from bot.texts.catalog import Catalog
from bot.texts.moments import date_of

PAPER = ("bg", "en")
"""A parent's sheet is in both; a протокол is signed in Bulgarian."""


def protocol_words(catalog: Catalog, *, of: Literal["class", "group", "list"] = "class") -> ProtocolWords:
    """`of`: what its title is of: a class, a group of the school's own, or some list."""
    t = catalog.speak(PAPER[0])
    titles = {"class": t("protocol-class"), "group": t("protocol-group"), "list": t("protocol-list")}
    return ProtocolWords(
        heading=t("protocol-heading"),
        about=t("protocol-about"),
        nobody=t("protocol-nobody"),
        number=t("protocol-number"),
        name=t("protocol-name"),
        class_=t("protocol-class"),
        title=titles[of],
        handed_to=t("protocol-handed-to"),
        student=t("protocol-student"),
        parent=t("protocol-parent"),
        teacher=t("protocol-teacher"),
        by_exception=t("protocol-by-exception"),
        on=t("protocol-date"),
        signature=t("protocol-signature"),
        handed_by=t("protocol-handed-by"),
        day=lambda one: date_of(one, PAPER[0]),
        page=lambda page, of: t("protocol-page", page=page, of=of),
    )


def parent_words(catalog: Catalog) -> tuple[ParentWords, ...]:
    """In the order of the sheet."""
    return tuple(_of_parents(catalog, language) for language in PAPER)


def _of_parents(catalog: Catalog, language: str) -> ParentWords:
    t = catalog.speak(language)
    return ParentWords(
        heading=t("parent-heading"),
        about=t("parent-about"),
        class_=t("parent-class"),
        username=t("parent-username"),
        steps_heading=t("parent-steps-heading"),
        steps=(
            t("parent-step-open"),
            t("parent-step-username"),
            t("parent-step-password"),
            t("parent-step-change"),
            t("parent-step-more"),
            t("parent-step-stay"),
        ),
        troubles_heading=t("parent-troubles-heading"),
        troubles=(
            (t("parent-trouble-capitals"), t("parent-help-capitals")),
            (t("parent-trouble-keyboard"), t("parent-help-keyboard")),
            (t("parent-trouble-somebody"), t("parent-help-somebody")),
            (t("parent-trouble-diary"), t("parent-help-diary")),
            (t("parent-trouble-lost"), t("parent-help-lost")),
        ),
        keep=t("parent-keep"),
    )
