"""The card „Временна парола“: for whom?"""

from dataclasses import dataclass, field
from typing import Any

from cards.actions import Button, Press, offered, submit
from cards.lines import aside, box, fact, heading, sentence
from cards.search_inputs import kind_input, typed_input
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class PasswordStart:
    """`kind` and `typed` are the inputs (as in the look-up's form); `by_class` leads to the classes.
    A `problem` is to be corrected, a `notice` to be known.
    """

    find: Press
    by_class: Button
    school: str
    kind: str = "egn"
    typed: str = field(default="", repr=False)
    problem: str = ""
    notice: str = ""


@total
def password_start_card(card: PasswordStart, t: Translate) -> dict[str, Any]:
    """Inputs: `kind`, `typed`."""
    title = t("card-password-title")
    return Card(
        heading(title),
        *([fact(t("card-school"), card.school)] if card.school else []),
        sentence(t("card-password-lead")),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        kind_input(card.kind, t),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        *typed_input(card.typed, t),
        aside(t("card-password-own"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-form-search"), card.find), *offered(card.by_class)),
    ).to_dict()
