"""What a director chooses for the school: who notes that accounts were handed over, the school's own sentence on its
slips, and whether a line comes every week.
"""

from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, card, fact, never_fails, notice_box, problem_box
from cards.inputs import ChoiceInput, TextInput, ToggleInput, known
from cards.words import TextOf

LONGEST_SENTENCE = 300


@never_fails
def school_choices_card(
    t: TextOf,
    *,
    submit: Press,
    school: str,
    closers: str,
    sentence: str,
    weekly: bool,
    notice: str = "",
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `closers` (`director` or `class-teacher`), `sentence`, `weekly`; each has in it what is chosen now.
    `sentence` is data.
    """
    choices = [(one, t(f"choices-closers-{one}")) for one in ("director", "class-teacher")]
    return card(
        t,
        t("choices-title"),
        *([fact(t("card-school"), school)] if school else []),
        *notice_box(notice),
        *problem_box(problem, t),
        ChoiceInput(
            "closers",
            t("choices-closers"),
            choices,
            value=known(closers, choices),
            missing=t("choices-closers-missing"),
            style="expanded",
        ),
        aside(t("choices-closers-sen")),
        TextInput(
            "sentence",
            t("choices-sentence"),
            value=sentence,
            max_length=LONGEST_SENTENCE,
            is_multiline=True,
            placeholder=t("choices-sentence-example"),
        ),
        ToggleInput("weekly", t("choices-weekly"), t("choices-weekly-statement"), sure=weekly),
        aside(t("choices-logged")),
        actions=(form_button(t("choices-submit"), submit), *offered(*buttons)),
    )
