"""Whose account is asked for? By a number, never by a name alone."""

from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.inputs import TextInput
from cards.lines import aside, fact, notice_box, problem_box, sentence
from cards.search_inputs import kind_input
from cards.words import TextOf


@never_fails
def transfer_find_card(
    t: TextOf,
    *,
    find: Press,
    school: str,
    kind: str = "egn",
    typed: str = "",
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `kind`, `typed`, given back as they were entered: only in the answer to a press.

    A `problem` is to be corrected, a `notice` to be known.
    """
    return card(
        t,
        t("card-transfer-find-title"),
        *([fact(t("card-transfer-receiving"), school)] if school else []),
        *notice_box(notice),
        sentence(t("card-transfer-find-lead")),
        kind_input(kind, t, numbers_only=True),
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
        actions=(form_button(t("card-form-search"), find), *offered(*buttons)),
    )
