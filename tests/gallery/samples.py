"""Every card in every state, with invented people, and with text that would like to be more than text."""

from dataclasses import replace
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

ACCOUNT = AccountView(
    name="Калина Примерова Образцова",
    username="ko01460540@edu.mon.bg",
    school="СУ „Свети Климент“",
    code="2990001",
    town="гр. Примерово",
    class_="5 б",
    state="active",
)
MASKED = "••••••4046"
_EMPTY = partial(lookup_form_card, submit=press(), school=SCHOOL)


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


def _form(view=_EMPTY, **said_fields):
    def build(t, said):
        fields = {name: said(word) for name, word in said_fields.items()}
        return view(t, **fields)

    return build


def _result(*accounts, own_school=True, masked=MASKED):
    def build(t, said):
        buttons = (Button(said("new"), press("lookup.open")), Button(t("command-help"), press("help")))
        return lookup_result_card(t, masked=masked, own_school=own_school, accounts=accounts, buttons=buttons)

    return build


def _choices(*choices):
    def build(t, said):
        return lookup_choices_card(
            t, pick=press("lookup.pick"), choices=choices, new_search=Button(said("new"), press("lookup.open"))
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


_FILLED = partial(
    lookup_form_card, submit=press(), kind="egn", typed="4146054047", purpose="moved", purpose_text="", school=SCHOOL
)

SAMPLES = (
    Sample("menu-welcome", _menu("welcome", school=SCHOOL)),
    Sample("menu-help", _menu("help", school=SCHOOL)),
    Sample("menu-teacher", _menu("help", intro=("teacher",), commands=("help", "language"))),
    Sample("menu-more", _menu("more", school=SCHOOL, commands=("class-links", "help"))),
    Sample("menu-not-understood", _menu("not-understood", school=SCHOOL)),
    Sample("form-empty", _form()),
    Sample("form-problem", _form(_FILLED, problem="invalid")),
    Sample("form-purpose-text", _form(partial(_FILLED, purpose="other", concerns="purpose_text"), problem="explain")),
    Sample("form-not-found", _form(_FILLED, notice="not-found")),
    Sample("form-reason-wanted", _form(partial(_FILLED, purpose="", concerns="purpose"), notice="reason-wanted")),
    Sample("result-own", _result(ACCOUNT)),
    Sample("result-by-name", _result(ACCOUNT, masked="")),
    Sample("result-elsewhere", _result(ACCOUNT, own_school=False)),
    Sample("result-disabled", _result(replace(ACCOUNT, state="disabled"))),
    Sample("result-being-created", _result(replace(ACCOUNT, state="being-created", class_=""))),
    Sample("result-elsewhere-disabled", _result(replace(ACCOUNT, state="disabled"), own_school=False)),
    Sample("result-bare", _result(replace(ACCOUNT, school="", code="", town="", class_=""))),
    Sample("result-nowhere", _result(replace(ACCOUNT, school="", code="", town="", class_="8"), own_school=False)),
    Sample(
        "result-several",
        _result(
            replace(ACCOUNT, username="ko01460541@edu.mon.bg", state="disabled", current=False, class_="4 б"),
            replace(ACCOUNT, current=True),
        ),
    ),
    Sample(
        "result-several-unclear", _result(ACCOUNT, replace(ACCOUNT, username="ko01460541@edu.mon.bg", class_="4 б"))
    ),
    Sample("result-many", _result(*(replace(ACCOUNT, username=f"ko0146054{n}@edu.mon.bg") for n in range(9)))),
    Sample("result-mixed-letters", _result(replace(ACCOUNT, school="СУ „Xенри Образцов“"))),
    Sample(
        "choices-few",
        _choices(
            PersonChoice("a", "Калина Примерова Образцова", "5 б", "СУ „Свети Климент“"),
            PersonChoice("b", "Калина Примерова Образцова", "7 а", "СУ „Свети Климент“"),
            PersonChoice("c", "Калина Друга Образцова", school="СУ „Свети Климент“", is_teacher=True),
        ),
    ),
    Sample(
        "choices-many",
        _choices(
            *(
                PersonChoice(
                    str(n), "Александър-Константин Димитров Образцов-Примерски", f"{n} а", "СУ „Свети Климент“"
                )
                for n in range(1, 11)
            )
        ),
    ),
    Sample("notice-denied", _notice("denied-title", "denied")),
    Sample("notice-broken", _notice("broken-title", "broken")),
    Sample("notice-identifier-typed", _notice("typed-title", "typed")),
    *password_samples.SAMPLES,
    *class_samples.SAMPLES,
    *transfer_samples.SAMPLES,
    *screens(),
)
