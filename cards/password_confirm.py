"""„Желаете ли да продължите?“: what will happen, to whom, and who will receive it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cards.account_lines import by_reason, shown
from cards.actions import Button, offered
from cards.checked import CardError
from cards.lines import aside, fact, heading, paragraphs_of
from cards.strict import Card, RichTextBlock
from cards.total import total
from cards.words import Translate

_HANDED: Mapping[str, str] = {
    "student": "card-password-handed-student",
    "parent": "card-password-handed-parent",
    "teacher": "card-password-handed-teacher",
}


@total
def password_confirm_card(
    t: Translate,
    *,
    confirm: Button,
    cancel: Button,
    recipient: str,
    class_: str,
    name: str = "",
    username: str = "",
    compromised: bool = False,
    count: int = 0,
    left_out: tuple[tuple[str, str], ...] = (),
    works_since: str = "",
    working: int = 0,
    unknown: int = 0,
) -> dict[str, Any]:
    """No inputs.

    `recipient` is `student`, `parent` or `teacher`. A class has `count` students and no name; `left_out` are those
    who cannot be given one, with the reason in words. `works_since`: since when the present password works, if it
    does; `working` and `unknown`: of how many of a class it works, and cannot be told.
    """
    title = t("card-password-confirm-title")
    return Card(
        heading(title),
        *paragraphs_of(_what(name, class_, count, t)),
        *paragraphs_of(*_ending(works_since, working, unknown, t)),
        *([fact(t("card-result-username"), username)] if username else []),
        _handed(recipient, t, several=bool(count)),
        *paragraphs_of(t("card-password-confirm-compromised") if compromised else ""),
        *([by_reason(t("card-password-left-out", count=len(left_out)), left_out, t)] if left_out else []),
        aside(t("card-password-viber"), "medium"),
        aside(t("card-form-logged")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(replace(confirm, style="positive"), cancel),
    ).to_dict()


def _ending(works_since: str, working: int, unknown: int, t: Translate) -> Iterator[str]:
    """Which working passwords end with it: nothing where none does."""
    if works_since:
        yield t("card-password-confirm-works", at=works_since)
    if working:
        yield t("card-class-confirm-working", count=working)
    if unknown:
        yield t("card-class-confirm-unknown", count=unknown)


def _handed(recipient: str, t: Translate, *, several: bool) -> RichTextBlock:
    if recipient not in _HANDED:
        raise CardError("no such recipient", recipient)
    if several:
        whom = "card-class-handed-parent" if recipient == "parent" else "card-class-handed-student"
        return fact(t("card-class-handed-to"), t(whom))
    return fact(t("card-password-handed-to"), t(_HANDED[recipient]))


def _what(name: str, class_: str, count: int, t: Translate) -> str:
    class_ = shown(class_) if class_ else ""
    if count:
        return t("card-password-confirm-many", count=count, class_=class_)
    if class_:
        return t("card-password-confirm", name=shown(name), class_=class_)
    return t("card-password-confirm-one", name=shown(name))
