"""The card „Временна парола“: for whom?"""

from typing import Any

from cards.actions import Button, Press, form_button, offered
from cards.lines import aside, fact, heading, notice_box, problem_box, sentence
from cards.search_inputs import kind_input, typed_input
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@total
def password_start_card(
    t: Translate,
    *,
    find: Press,
    by_class: Button,
    school: str,
    kind: str = "egn",
    typed: str = "",
    problem: str = "",
    notice: str = "",
) -> dict[str, Any]:
    """Inputs: `kind`, `typed`, as in the look-up's form.

    `by_class` leads to the classes. A `problem` is to be corrected, a `notice` to be known.
    """
    title = t("card-password-title")
    return Card(
        heading(title),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-password-lead")),
        *notice_box(notice),
        kind_input(kind, t),
        *problem_box(problem, t),
        *typed_input(typed, t),
        aside(t("card-password-own"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(form_button(t("card-form-search"), find), *offered(by_class)),
    ).to_dict()
