"""The card „Временна парола“: for whom?"""

from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.lines import aside, fact, notice_box, problem_box, sentence
from cards.search_inputs import kind_input, typed_input
from cards.words import TextOf


@never_fails
def password_start_card(
    t: TextOf,
    *,
    find: Press,
    by_class: Button,
    school: str,
    kind: str = "egn",
    typed: str = "",
    problem: str = "",
    notice: str = "",
) -> CardJson:
    """Inputs: `kind`, `typed`, as in the look-up's form.

    `by_class` leads to the classes. A `problem` is to be corrected, a `notice` to be known.
    """
    return card(
        t,
        t("card-password-title"),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-password-lead")),
        *notice_box(notice),
        kind_input(kind, t),
        *problem_box(problem, t),
        *typed_input(typed, t),
        aside(t("card-password-own"), "medium"),
        actions=(form_button(t("card-form-search"), find), *offered(by_class)),
    )
