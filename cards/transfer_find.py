"""Whose account is asked for? By a number, never by a name alone."""

from dataclasses import dataclass, field
from typing import Any

from cards.actions import Button, Press, offered, submit
from cards.inputs import ChoiceInput, TextInput
from cards.lines import aside, box, fact, heading, sentence
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class TransferFind:
    """`kind` and `typed` give back what was entered: only in the answer to a press. A `problem` is to be corrected, a
    `notice` to be known.
    """

    find: Press
    school: str
    kind: str = "egn"
    typed: str = field(default="", repr=False)
    problem: str = ""
    notice: str = ""
    buttons: tuple[Button, ...] = ()


@total
def transfer_find_card(card: TransferFind, t: Translate) -> dict[str, Any]:
    """Inputs: `kind`, `typed`."""
    title = t("card-transfer-find-title")
    kinds = [
        ("egn", t("card-form-kind-egn")),
        ("lnch", t("card-form-kind-lnch")),
        ("service", t("card-form-kind-service")),
    ]
    chosen = card.kind if card.kind in dict(kinds) else "egn"
    return Card(
        heading(title),
        *([fact(t("card-transfer-receiving"), card.school)] if card.school else []),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        sentence(t("card-transfer-find-lead")),
        ChoiceInput("kind", t("card-form-kind"), kinds, value=chosen, style="compact"),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        TextInput(
            "typed",
            t("card-transfer-find-typed"),
            value=card.typed,
            missing=t("card-transfer-find-missing"),
            max_length=40,
        ),
        aside(t("card-transfer-find-hint")),
        aside(t("card-transfer-find-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-form-search"), card.find), *offered(*card.buttons)),
    ).to_dict()
