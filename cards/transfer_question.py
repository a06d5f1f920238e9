"""Questions about one request: sure? and why?"""

from dataclasses import replace

from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, card, never_fails, paragraphs_of, problem_box
from cards.inputs import TextInput
from cards.request_lines import AboutRequest, about_lines, more_lines, request_number
from cards.rows import folded
from cards.strict import Container
from cards.words import TextOf


@never_fails
def transfer_confirm_card(
    t: TextOf,
    *,
    about: AboutRequest,
    title: str,
    question: str,
    confirm: Button,
    cancel: Button,
    note: str = "",
    more: tuple[str, ...] = (),
) -> CardJson:
    """`title`, `question`, `note` and `more` (folded) are ready words. No inputs."""
    return card(
        t,
        title,
        *paragraphs_of(question),
        Container(*about_lines(about, t, other="receiving"), spacing="medium"),
        *([aside(note)] if note else []),
        *folded(
            "more",
            t("card-transfer-more"),
            *more_lines(about, t),
            *(aside(words, "medium") for words in more),
            aside(t("card-form-logged"), "medium"),
        ),
        actions=offered(replace(confirm, style="positive"), cancel),
        fallback=request_number(about.number, t),
    )


@never_fails
def transfer_reason_card(
    t: TextOf,
    *,
    about: AboutRequest,
    title: str,
    lead: str,
    label: str,
    submit_title: str,
    submit: Press,
    reason: str = "",
    where_label: str = "",
    where: str = "",
    problem: str = "",
    destructive: bool = False,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `reason` (required), and `where` when it has a label. Both give back what was entered.

    `title`, `lead` and the labels are ready words.
    """
    return card(
        t,
        title,
        *paragraphs_of(lead),
        Container(*about_lines(about, t, other="receiving" if about.name else "both"), spacing="medium"),
        *problem_box(problem, t),
        TextInput(
            "reason",
            label,
            value=reason,
            missing=t("card-transfer-reason-missing"),
            max_length=300,
            is_multiline=True,
        ),
        *([TextInput("where", where_label, value=where, max_length=200)] if where_label.strip() else []),
        aside(t("card-transfer-no-numbers")),
        *folded("more", t("card-transfer-more"), *more_lines(about, t), aside(t("card-form-logged"), "medium")),
        actions=(form_button(submit_title, submit, "destructive" if destructive else "positive"), *offered(*buttons)),
        fallback=request_number(about.number, t),
    )
