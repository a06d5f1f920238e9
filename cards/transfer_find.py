"""Whose account is asked for? By a number, never by a name alone."""

from typing import Any

from cards.actions import Button, Press, form_button, offered
from cards.inputs import ChoiceInput, TextInput
from cards.lines import aside, fact, heading, notice_box, problem_box, sentence
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@total
def transfer_find_card(
    t: Translate,
    *,
    find: Press,
    school: str,
    kind: str = "egn",
    typed: str = "",
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Inputs: `kind`, `typed`, given back as they were entered: only in the answer to a press.

    A `problem` is to be corrected, a `notice` to be known.
    """
    title = t("card-transfer-find-title")
    kinds = [
        ("egn", t("card-form-kind-egn")),
        ("lnch", t("card-form-kind-lnch")),
        ("service", t("card-form-kind-service")),
    ]
    chosen = kind if kind in dict(kinds) else "egn"
    return Card(
        heading(title),
        *([fact(t("card-transfer-receiving"), school)] if school else []),
        *notice_box(notice),
        sentence(t("card-transfer-find-lead")),
        ChoiceInput("kind", t("card-form-kind"), kinds, value=chosen, style="compact"),
        *problem_box(problem, t),
        TextInput(
            "typed",
            t("card-transfer-find-typed"),
            value=typed,
            missing=t("card-transfer-find-missing"),
            max_length=40,
        ),
        aside(t("card-transfer-find-hint")),
        aside(t("card-transfer-find-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(form_button(t("card-form-search"), find), *offered(*buttons)),
    ).to_dict()
