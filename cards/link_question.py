"""A teacher's question about a class link, for the director."""

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.inputs import TextInput
from cards.lines import fact, notice_box, paragraphs_of, problem_box
from cards.words import TextOf


@never_fails
def link_question_card(
    t: TextOf,
    *,
    question: str,
    facts: tuple[tuple[str, str], ...],
    settle: Press | None = None,
    decline: Press | None = None,
    note: str = "",
    problem: str = "",
    words: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `words`, while it is open.

    `settle` and `decline` take the words of the answer; None once it is answered. `facts`: (label, value).
    """
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if settle is not None and decline is not None:
        inputs.append(TextInput("words", t("link-answer-words"), value=words, max_length=400, is_multiline=True))
        actions.append(form_button(t("link-answer-settled"), settle))
        actions.append(form_button(t("link-answer-declined"), decline, "default"))
    return card(
        t,
        t("link-question-card-title"),
        *paragraphs_of(shown(question)),
        *notice_box(note),
        *problem_box(problem, t),
        *(fact(label, value) for label, value in facts if value),
        *inputs,
        actions=(*actions, *offered(*buttons)),
    )
