"""Every card in every state, with invented people, and with text that would like to be more than text."""

from functools import partial

from cards.actions import Button
from cards.lookup_choices import PersonChoice, lookup_choices_card
from cards.lookup_result import AccountView, lookup_result_card
from cards.menu import Explanation, MenuItem, help_card
from cards.notice import notice_card
from cards.search_forms import lookup_form_card
from tests.gallery import class_samples, link_samples, password_samples, transfer_samples
from tests.gallery.sample import HOSTILE, Sample, press
from tests.gallery.screens import screens

__all__ = ["HOSTILE", "SAMPLES", "Sample", "hostile"]


def hostile(text: str) -> tuple[Sample, ...]:
    """Every card with this text in every place that takes text from outside."""
    account = AccountView(text, text, text, text, text, text, "active", current=True)
    form = partial(
        lookup_form_card,
        submit=press(),
        kind="egn",
        typed=text,
        purpose="other",
        purpose_text=text,
        problem=text,
        concerns="typed",
        notice=text,
        school=text,
    )
    buttons = (Button("OK", press()),)
    items = (MenuItem(text, text, text),)
    return (
        Sample(
            "menu",
            lambda t, _: help_card(t, lead=text, buttons=buttons, explanations=(Explanation("?", (text,), items),)),
        ),
        Sample("form", lambda t, _: form(t)),
        Sample("form-purpose", lambda t, _: form(t, concerns="purpose")),
        Sample(
            "result",
            lambda t, _: lookup_result_card(
                t, masked=text, own_school=False, accounts=(account, account), buttons=buttons
            ),
        ),
        Sample(
            "choices",
            lambda t, _: lookup_choices_card(
                t,
                pick=press(),
                choices=(PersonChoice("1", text, text, text), PersonChoice("2", text)),
                new_search=buttons[0],
            ),
        ),
        Sample("notice", lambda t, _: notice_card(t, title=text, paragraphs=(text, text), buttons=buttons)),
        *password_samples.hostile(text),
        *class_samples.hostile(text),
        *transfer_samples.hostile(text),
        *link_samples.hostile(text),
    )


SAMPLES = (*screens(),)
