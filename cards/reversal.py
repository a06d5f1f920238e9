"""A handing over that was noted by mistake: why it was one."""

from cards.account_lines import name_line
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, card, fact, never_fails, problem_box, sentence
from cards.inputs import TextInput
from cards.words import TextOf


@never_fails
def reversal_card(
    t: TextOf,
    *,
    submit: Press,
    name: str,
    handed: str,
    longest: int,
    reason: str = "",
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Input: `reason` (required, at most `longest` characters). `handed`: when and to whom, in words."""
    return card(
        t,
        t("card-reversal-title"),
        name_line(name),
        fact(t("card-reversal-handed"), handed),
        sentence(t("card-reversal-lead")),
        *problem_box(problem, t),
        TextInput(
            "reason",
            t("card-reversal-reason"),
            value=reason,
            missing=t("card-reversal-reason-missing"),
            max_length=longest,
            is_multiline=True,
        ),
        aside(t("card-reversal-no-numbers")),
        actions=(form_button(t("card-reversal-submit"), submit, "destructive"), *offered(*buttons)),
    )
