"""„Желаете ли да продължите?“: what will happen, to whom, and who will receive it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cards.account_lines import by_reason, shown
from cards.actions import Button, offered
from cards.checked import CardError
from cards.lines import aside, fact, heading, paragraphs
from cards.strict import Card, RichTextBlock
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class PasswordConfirm:
    """`recipient` is `student`, `parent` or `teacher`. A class has `count` students and no name; `left_out` are those
    who cannot be given one, with the reason in words. `works_since`: since when the present password works, if it
    does; `working` and `unknown`: of how many of a class it works, and cannot be told.
    """

    confirm: Button
    cancel: Button
    recipient: str
    class_: str
    name: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    compromised: bool = False
    count: int = 0
    left_out: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    works_since: str = ""
    working: int = 0
    unknown: int = 0


_HANDED: Mapping[str, str] = {
    "student": "card-password-handed-student",
    "parent": "card-password-handed-parent",
    "teacher": "card-password-handed-teacher",
}


@total
def password_confirm_card(card: PasswordConfirm, t: Translate) -> dict[str, Any]:
    """No inputs."""
    title = t("card-password-confirm-title")
    return Card(
        heading(title),
        *paragraphs(_what(card, t)),
        *paragraphs(*_ending(card, t)),
        *([fact(t("card-result-username"), card.username)] if card.username else []),
        _handed(card, t),
        *paragraphs(t("card-password-confirm-compromised") if card.compromised else ""),
        *(
            [by_reason(t("card-password-left-out", count=len(card.left_out)), card.left_out, t)]
            if card.left_out
            else []
        ),
        aside(t("card-password-viber"), "medium"),
        aside(t("card-form-logged")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(replace(card.confirm, style="positive"), card.cancel),
    ).to_dict()


def _ending(card: PasswordConfirm, t: Translate) -> Iterator[str]:
    """Which working passwords end with it: nothing where none does."""
    if card.works_since:
        yield t("card-password-confirm-works", at=card.works_since)
    if card.working:
        yield t("card-class-confirm-working", count=card.working)
    if card.unknown:
        yield t("card-class-confirm-unknown", count=card.unknown)


def _handed(card: PasswordConfirm, t: Translate) -> RichTextBlock:
    if card.recipient not in _HANDED:
        raise CardError("no such recipient", card.recipient)
    if card.count:
        whom = "card-class-handed-parent" if card.recipient == "parent" else "card-class-handed-student"
        return fact(t("card-class-handed-to"), t(whom))
    return fact(t("card-password-handed-to"), t(_HANDED[card.recipient]))


def _what(card: PasswordConfirm, t: Translate) -> str:
    class_ = shown(card.class_) if card.class_ else ""
    if card.count:
        return t("card-password-confirm-many", count=card.count, class_=class_)
    name = shown(card.name)
    return (
        t("card-password-confirm", name=name, class_=class_) if class_ else t("card-password-confirm-one", name=name)
    )
