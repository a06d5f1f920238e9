"""One request, for whoever it concerns and in whatever state: the card that is kept up to date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from adaptivecards.baseobject import Element

from cards.account_lines import class_fact, shown
from cards.actions import Button, offered
from cards.checked import CardError
from cards.lines import aside, box, fact, heading, notice_box, paragraphs_of
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


@total
def transfer_status_card(
    t: Translate,
    *,
    title: str,
    number: int,
    receiving: Place,
    releasing: Place,
    mood: Mood = "plain",
    lead: tuple[str, ...] = (),
    name: str = "",
    class_: str = "",
    masked: str = "",
    to_class: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    trail: tuple[TrailStep, ...] = (),
    verdict: VerdictView | None = None,
    earlier: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
    next_steps: tuple[str, ...] = (),
    problem: str = "",
    notice: str = "",
    at: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """No inputs. Raises CardError when `masked` is not masked.

    `title`, `lead`, `warnings`, `next_steps` and `earlier` are ready words; `facts` are (label, data). Without a
    `name` the student is not shown. `at`: to which moment the card is true.
    """
    if re.search(r"\d{9}", masked):
        raise CardError("the identifier is not masked")
    said = paragraphs_of(*lead)
    return Card(
        heading(title),
        *notice_box(notice),
        *([Container(*said, style=mood)] if said and mood != "plain" else said),
        *([box(t("card-transfer-problem"), problem, "attention")] if problem else []),
        *(box(t("card-transfer-warning"), words, "warning") for words in warnings),
        *([_student(name, class_, masked, t)] if name else []),
        Container(
            fact(t("card-transfer-number-label"), str(number)),
            *place(t("card-transfer-receiving"), receiving, t),
            *([fact(t("card-transfer-class-there"), shown(to_class))] if to_class else []),
            *place(t("card-transfer-releasing"), releasing, t),
            *(fact(label, without_numbers(data(value))) for label, value in facts),
            separator=True,
            spacing="medium",
        ),
        *([_verdict(verdict, t)] if verdict is not None else []),
        *([_trail(trail, t)] if trail else []),
        *paragraphs_of(*next_steps),
        *([_earlier(earlier, t)] if earlier else []),
        *([aside(t("card-class-progress-at", at=data(at)), "medium")] if at else []),
        lang=t("card-lang"),
        fallback_text=t("card-transfer-number", number=str(number)),
        actions=offered(*buttons),
    ).to_dict()


def _student(name: str, class_: str, masked: str, t: Translate) -> Container:
    lines: list[Element] = [RichTextBlock(TextRun(shown(name), weight="bolder", size="medium"))]
    if class_:
        lines.append(class_fact(class_, t))
    if masked:
        lines.append(fact(t("card-transfer-masked"), masked))
    return Container(*lines, spacing="medium")


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


def _trail(trail: tuple[TrailStep, ...], t: Translate) -> Container:
    """Told by words, the signs before them only help the eye."""
    return Container(*_stations(trail, t), separator=True, spacing="medium")


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


def _earlier(earlier: tuple[str, ...], t: Translate) -> Container:
    return Container(
        RichTextBlock(TextRun(t("card-transfer-earlier"), weight="bolder")),
        *(RichTextBlock(TextRun(f"• {prose(words)}"), spacing="none") for words in earlier),
        separator=True,
        spacing="medium",
    )
