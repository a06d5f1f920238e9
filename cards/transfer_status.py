"""One request, for whoever it concerns and in whatever state: the card that is kept up to date."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from adaptivecards.baseobject import Element

from cards.account_lines import shown
from cards.actions import Button, offered
from cards.card import (
    CardJson,
    Mood,
    aside,
    bold,
    box,
    card,
    copyable,
    fact,
    framed,
    line,
    never_fails,
    notice_box,
    paragraphs_of,
)
from cards.request_lines import AboutRequest, about_lines, more_lines, request_number
from cards.rows import facts as pairs
from cards.rows import folded
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import TextOf, data, prose, without_numbers

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


@never_fails
def transfer_status_card(
    t: TextOf,
    *,
    about: AboutRequest,
    other: Literal["receiving", "releasing", "both"],
    title: str,
    mood: Mood = "plain",
    lead: tuple[str, ...] = (),
    username: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    trail: tuple[TrailStep, ...] = (),
    verdict: VerdictView | None = None,
    before: VerdictView | None = None,
    earlier: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
    next_steps: tuple[str, ...] = (),
    problem: str = "",
    notice: str = "",
    at: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """No inputs. First whom it is about, the `other` school, and what is to be known or done; the rest is folded.

    `title`, `lead`, `warnings`, `next_steps` and `earlier` are ready words; `facts` are (label, data). `verdict` is
    the last word about it, `before` what it was said against. `username`: only in an answer to a press. `at`: to
    which moment the card is true.
    """
    return card(
        t,
        title,
        *notice_box(notice),
        Container(*about_lines(about, t, other=other), spacing="small"),
        *framed(lead, mood),
        *(copyable(t("card-result-username"), username) if username else ()),
        *([box(t("card-transfer-problem"), problem, "attention")] if problem else []),
        *(box(t("card-transfer-warning"), words, "warning") for words in warnings),
        *([_verdict(verdict, t)] if verdict is not None else []),
        *paragraphs_of(*next_steps),
        *folded(
            "more",
            t("card-transfer-more"),
            *more_lines(about, t),
            *pairs(*((label, without_numbers(data(value))) for label, value in facts)),
            *([_verdict(before, t)] if before is not None else []),
            # Told by words, the signs before them only help the eye.
            *([Container(*_stations(trail, t), separator=True, spacing="medium")] if trail else []),
            *([_earlier(earlier, t)] if earlier else []),
            *([aside(t("card-class-progress-at", at=data(at)), "medium")] if at else []),
        ),
        actions=offered(*buttons),
        fallback=request_number(about.number, t),
    )


def _verdict(verdict: VerdictView, t: TextOf) -> Container:
    who = " · ".join(filter(None, (shown(verdict.by) if verdict.by else "", data(verdict.at))))
    lines: list[Element] = [bold(prose(verdict.title)), line(who, spacing="none")]
    if verdict.reason:
        lines.append(fact(t("card-transfer-reason"), shown(verdict.reason)))
    if verdict.where:
        lines.append(fact(t("card-transfer-where"), shown(verdict.where)))
    return Container(*lines, separator=True, spacing="medium")


def _stations(trail: tuple[TrailStep, ...], t: TextOf) -> Iterator[RichTextBlock]:
    signs = {"done": "✓", "now": "▸", "ahead": "·"}
    for step in trail:
        words = f"{signs[step.mark]} {prose(step.label)}"
        if step.mark == "now":
            words = f"{words} ({t('card-transfer-now')})"
        at = f": {data(step.at)}" if step.at else ""
        bold = {"weight": "bolder"} if step.mark == "now" else {}
        subtle = {"is_subtle": True} if step.mark == "ahead" else {}
        yield RichTextBlock(TextRun(f"{words}{at}", **bold, **subtle), spacing="small")


def _earlier(earlier: tuple[str, ...], t: TextOf) -> Container:
    return Container(
        bold(t("card-transfer-earlier")),
        *(line(f"• {prose(words)}", spacing="none") for words in earlier),
        separator=True,
        spacing="medium",
    )
