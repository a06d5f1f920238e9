"""Every card in every state, with invented people, and with text that would like to be more than text."""

from functools import partial

from cards.actions import Button
from cards.lookup_choices import PersonChoice, lookup_choices_card
from cards.lookup_form import lookup_form_card
from cards.lookup_result import AccountView, lookup_result_card
from cards.menu import MenuItem, menu_card
from cards.notice import notice_card
from tests.gallery import class_samples, link_samples, password_samples, transfer_samples
from tests.gallery.sample import HOSTILE, SCHOOL, Sample, press
from tests.gallery.screens import screens

__all__ = ["HOSTILE", "SAMPLES", "Sample", "hostile"]


def _menu(opening, *, intro=(), school="", commands=("lookup", "help", "language")):
    def build(t, said):
        return menu_card(
            t,
            opening=opening,
            intro=tuple(said(name) for name in intro),
            items=tuple(
                MenuItem(t(f"command-{name}"), t(f"command-{name}-hint"), t(f"command-{name}-word"))
                for name in commands
                if (opening, name) != ("help", "help")
            ),
            buttons=tuple(
                Button(said("other-language") if name == "language" else t(f"command-{name}"), press(name))
                for name in commands
                if (opening, name) != ("help", "help")
            ),
            school=school,
            notes=(t("help-activation"),) if opening == "help" else (),
            warns_of_identifiers="lookup" in commands,
        )

    return build


def _notice(title, *texts):
    def build(t, said):
        buttons = (Button(t("command-lookup"), press("lookup.open")), Button(t("command-help"), press("help")))
        return notice_card(t, title=said(title), paragraphs=tuple(said(text) for text in texts), buttons=buttons)

    return build


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
            lambda t, _: menu_card(
                t, opening="help", intro=(text,), items=items, buttons=buttons, school=text, notes=(text,)
            ),
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


SAMPLES = (
    Sample("menu-welcome", _menu("welcome", school=SCHOOL)),
    Sample("menu-help", _menu("help", school=SCHOOL)),
    Sample("menu-teacher", _menu("help", intro=("teacher",), commands=("help", "language"))),
    Sample("menu-more", _menu("more", school=SCHOOL, commands=("class-links", "help"))),
    Sample("menu-not-understood", _menu("not-understood", school=SCHOOL)),
    Sample("notice-denied", _notice("denied-title", "denied")),
    Sample("notice-broken", _notice("broken-title", "broken")),
    Sample("notice-identifier-typed", _notice("typed-title", "typed")),
    *password_samples.SAMPLES,
    *class_samples.SAMPLES,
    *transfer_samples.SAMPLES,
    *link_samples.SAMPLES,
    *screens(),
)
