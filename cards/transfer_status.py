"""One request, for whoever it concerns and in whatever state: the card that is kept up to date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from adaptivecards.baseobject import Element

from cards.account_lines import class_fact, shown
from cards.actions import Button, offered
from cards.checked import CardError
from cards.lines import aside, box, fact, heading, paragraphs
from cards.places import Place, place
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data, prose, without_numbers

Mood = Literal["plain", "good", "attention"]
Mark = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class TrailStep:
    """A station on the way of a request: `label` ready words, `at` when (empty: not known yet)."""

    label: str
    at: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What was decided: `title` ready words; who, when, and what they wrote."""

    title: str
    by: str = field(repr=False)
    at: str
    reason: str = field(default="", repr=False)
    where: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TransferStatus:
    """`title`, `lead`, `warnings`, `next` and `earlier` are ready words; `facts` are (label, data). Without a `name`
    the student is not shown. `at`: to which moment the card is true.
    """

    title: str
    number: int
    receiving: Place
    releasing: Place
    mood: Mood = "plain"
    lead: tuple[str, ...] = ()
    name: str = field(default="", repr=False)
    class_: str = ""
    masked: str = ""
    to_class: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    trail: tuple[TrailStep, ...] = ()
    verdict: VerdictView | None = None
    earlier: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    problem: str = ""
    notice: str = ""
    at: str = ""
    buttons: tuple[Button, ...] = ()


@total
def transfer_status_card(card: TransferStatus, t: Translate) -> dict[str, Any]:
    """No inputs. Raises CardError when `masked` is not masked."""
    if re.search(r"\d{9}", card.masked):
        raise CardError("the identifier is not masked")
    lead = paragraphs(*card.lead)
    return Card(
        heading(card.title),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        *([Container(*lead, style=card.mood)] if lead and card.mood != "plain" else lead),
        *([box(t("card-transfer-problem"), card.problem, "attention")] if card.problem else []),
        *(box(t("card-transfer-warning"), words, "warning") for words in card.warnings),
        *([_student(card, t)] if card.name else []),
        _schools(card, t),
        *([_verdict(card.verdict, t)] if card.verdict is not None else []),
        *([_trail(card, t)] if card.trail else []),
        *paragraphs(*card.next),
        *([_earlier(card, t)] if card.earlier else []),
        *([aside(t("card-class-progress-at", at=data(card.at)), "medium")] if card.at else []),
        lang=t("card-lang"),
        fallback_text=t("card-transfer-number", number=str(card.number)),
        actions=offered(*card.buttons),
    ).to_dict()


def _student(card: TransferStatus, t: Translate) -> Container:
    lines: list[Element] = [RichTextBlock(TextRun(shown(card.name), weight="bolder", size="medium"))]
    if card.class_:
        lines.append(class_fact(card.class_, t))
    if card.masked:
        lines.append(fact(t("card-transfer-masked"), card.masked))
    return Container(*lines, spacing="medium")


def _schools(card: TransferStatus, t: Translate) -> Container:
    lines: list[Element] = [fact(t("card-transfer-number-label"), str(card.number))]
    lines += place(t("card-transfer-receiving"), card.receiving, t)
    if card.to_class:
        lines.append(fact(t("card-transfer-class-there"), shown(card.to_class)))
    lines += place(t("card-transfer-releasing"), card.releasing, t)
    lines += (fact(label, without_numbers(data(value))) for label, value in card.facts)
    return Container(*lines, separator=True, spacing="medium")


def _verdict(verdict: VerdictView, t: Translate) -> Container:
    lines: list[Element] = [RichTextBlock(TextRun(prose(verdict.title), weight="bolder"))]
    if verdict.by:
        lines.append(fact(t("card-transfer-by"), shown(verdict.by)))
    lines.append(fact(t("card-transfer-when"), verdict.at))
    if verdict.reason:
        lines.append(fact(t("card-transfer-reason"), shown(verdict.reason)))
    if verdict.where:
        lines.append(fact(t("card-transfer-where"), shown(verdict.where)))
    return Container(*lines, separator=True, spacing="medium")


def _trail(card: TransferStatus, t: Translate) -> Container:
    """Told by words, the signs before them only help the eye."""
    return Container(*_stations(card.trail, t), separator=True, spacing="medium")


def _stations(trail: tuple[TrailStep, ...], t: Translate) -> Iterator[RichTextBlock]:
    signs = {"done": "✓", "now": "▸", "ahead": "·"}
    for step in trail:
        words = f"{signs[step.mark]} {prose(step.label)}"
        if step.mark == "now":
            words = f"{words} ({t('card-transfer-now')})"
        at = f": {data(step.at)}" if step.at else ""
        bold = {"weight": "bolder"} if step.mark == "now" else {}
        subtle = {"is_subtle": True} if step.mark == "ahead" else {}
        yield RichTextBlock(TextRun(f"{words}{at}", **bold, **subtle), spacing="small")


def _earlier(card: TransferStatus, t: Translate) -> Container:
    return Container(
        RichTextBlock(TextRun(t("card-transfer-earlier"), weight="bolder")),
        *(RichTextBlock(TextRun(f"• {prose(words)}"), spacing="none") for words in card.earlier),
        separator=True,
        spacing="medium",
    )
