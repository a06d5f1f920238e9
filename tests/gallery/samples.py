"""Every card in every state, with invented people, and with text that would like to be more than text."""

from dataclasses import replace

from cards.actions import Button
from cards.lookup_choices import Choice, LookupChoices, lookup_choices_card
from cards.lookup_form import LookupForm, lookup_form_card
from cards.lookup_result import AccountView, LookupResult, lookup_result_card
from cards.menu import Menu, MenuItem, menu_card
from cards.notice import Notice, notice_card
from tests.gallery import class_samples, link_samples, password_samples, transfer_samples
from tests.gallery.sample import HOSTILE, SCHOOL, Sample, press

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


def _menu(opening, *, intro=(), school="", commands=("lookup", "help", "language")):
    def build(t, said):
        return menu_card(
            Menu(
                opening,
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
            ),
            t,
        )

    return build


def _form(view=None, **said_fields):
    def build(t, said):
        fields = {name: said(word) for name, word in said_fields.items()}
        return lookup_form_card(replace(view or LookupForm(press(), school=SCHOOL), **fields), t)

    return build


def _result(*accounts, own_school=True, masked=MASKED):
    def build(t, said):
        buttons = (Button(said("new"), press("lookup.open")), Button(t("command-help"), press("help")))
        return lookup_result_card(LookupResult(masked, own_school, accounts, buttons), t)

    return build


def _choices(*choices):
    def build(t, said):
        return lookup_choices_card(
            LookupChoices(press("lookup.pick"), choices, Button(said("new"), press("lookup.open"))), t
        )

    return build


def _notice(title, *texts):
    def build(t, said):
        buttons = (Button(t("command-lookup"), press("lookup.open")), Button(t("command-help"), press("help")))
        return notice_card(Notice(said(title), tuple(said(text) for text in texts), buttons), t)

    return build


def hostile(text: str) -> tuple[Sample, ...]:
    """Every card with this text in every place that takes text from outside."""
    account = AccountView(text, text, text, text, text, text, "active", current=True)
    form = LookupForm(press(), "egn", text, "other", text, text, "typed", text, text)
    buttons = (Button("OK", press()),)
    items = (MenuItem(text, text, text),)
    return (
        Sample("menu", lambda t, _: menu_card(Menu("help", (text,), items, buttons, text, (text,)), t)),
        Sample("form", lambda t, _: lookup_form_card(form, t)),
        Sample("form-purpose", lambda t, _: lookup_form_card(replace(form, concerns="purpose"), t)),
        Sample(
            "result",
            lambda t, _: lookup_result_card(
                LookupResult(text, own_school=False, accounts=(account, account), buttons=buttons), t
            ),
        ),
        Sample(
            "choices",
            lambda t, _: lookup_choices_card(
                LookupChoices(press(), (Choice("1", text, text, text), Choice("2", text)), buttons[0]), t
            ),
        ),
        Sample("notice", lambda t, _: notice_card(Notice(text, (text, text), buttons), t)),
        *password_samples.hostile(text),
        *class_samples.hostile(text),
        *transfer_samples.hostile(text),
        *link_samples.hostile(text),
    )


_FILLED = LookupForm(press(), "egn", "4146054047", "moved", "", school=SCHOOL)

SAMPLES = (
    Sample("menu-welcome", _menu("welcome", school=SCHOOL)),
    Sample("menu-help", _menu("help", school=SCHOOL)),
    Sample("menu-teacher", _menu("help", intro=("teacher",), commands=("help", "language"))),
    Sample("menu-more", _menu("more", school=SCHOOL, commands=("class-links", "help"))),
    Sample("menu-not-understood", _menu("not-understood", school=SCHOOL)),
    Sample("form-empty", _form()),
    Sample("form-problem", _form(_FILLED, problem="invalid")),
    Sample("form-purpose-text", _form(replace(_FILLED, purpose="other", concerns="purpose_text"), problem="explain")),
    Sample("form-not-found", _form(_FILLED, notice="not-found")),
    Sample("form-reason-wanted", _form(replace(_FILLED, purpose="", concerns="purpose"), notice="reason-wanted")),
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
            Choice("a", "Калина Примерова Образцова", "5 б", "СУ „Свети Климент“"),
            Choice("b", "Калина Примерова Образцова", "7 а", "СУ „Свети Климент“"),
            Choice("c", "Калина Друга Образцова", school="СУ „Свети Климент“", is_teacher=True),
        ),
    ),
    Sample(
        "choices-many",
        _choices(
            *(
                Choice(str(n), "Александър-Константин Димитров Образцов-Примерски", f"{n} а", "СУ „Свети Климент“")
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
    *link_samples.SAMPLES,
)
