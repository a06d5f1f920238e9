"""A teacher's question about a class link, for the director."""

from typing import Any

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import TextInput
from cards.lines import fact, heading, notice_box, paragraphs_of, problem_box
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@total
def link_question_card(
    t: Translate,
    *,
    question: str,
    facts: tuple[tuple[str, str], ...],
    settle: Press | None = None,
    decline: Press | None = None,
    note: str = "",
    problem: str = "",
    words: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Inputs: `words`, while it is open.

    `settle` and `decline` take the words of the answer; None once it is answered. `facts`: (label, value).
    """
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if settle is not None and decline is not None:
        inputs.append(TextInput("words", t("link-answer-words"), value=words, max_length=400, is_multiline=True))
        actions.append(Execute(t("link-answer-settled"), settle, style="positive", associated_inputs="auto"))
        actions.append(Execute(t("link-answer-declined"), decline, associated_inputs="auto"))
    return Card(
        heading(t("link-question-card-title")),
        *paragraphs_of(shown(question)),
        *notice_box(note),
        *problem_box(problem, t),
        *(fact(label, value) for label, value in facts if value),
        *inputs,
        lang=t("card-lang"),
        fallback_text=t("link-question-card-title"),
        actions=(*actions, *offered(*buttons)),
    ).to_dict()
