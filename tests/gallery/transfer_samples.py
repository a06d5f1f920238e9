"""The cards of transfer requests, lists and authorised persons in every state."""

from dataclasses import replace
from functools import partial

from cards.actions import Button
from cards.deputies import (
    DeputyRow,
    deputy_find_card,
    deputy_form_card,
    deputy_list_card,
)
from cards.request_lines import AboutRequest, SchoolView
from cards.transfer_find import transfer_find_card
from cards.transfer_form import transfer_form_card
from cards.transfer_list import RequestRow, transfer_list_card
from cards.transfer_many import transfer_many_card
from cards.transfer_question import transfer_confirm_card, transfer_reason_card
from cards.transfer_status import TrailStep, VerdictView, transfer_status_card
from tests.gallery.sample import APOSTROPHE, LONGEST_NAME, SCHOOL, Sample, press

NAME = "Калина Примерова Образцова"
MASKED = "••••••4046"
OURS = SchoolView("СУ „Свети Климент“", "2990001", "гр. Примерово")
THEIRS = SchoolView("ОУ „Примерка Образцова“", "2990002", "с. Образцово")
LOOKALIKE = SchoolView("СУ „Cвети Климент“", "2990003", "гр. Примерово")
WORDS = "Думи на бота"
WHEN = "24.11.2056 г., 10:05 ч."
FORM = partial(
    transfer_form_card,
    submit=press("transfer.send", person="p" * 36),
    name=NAME,
    class_="5 а",
    masked=MASKED,
    schools=(("s" * 36, THEIRS),),
    own_school=SCHOOL,
    classes=("5 а", "5 б"),
    latest_date="2056-11-24",
)
TRAIL = (
    TrailStep("Изпратено", WHEN, "done"),
    TrailStep("Решение", "", "now"),
    TrailStep("Отнасяне към РУО", "01.12.2056 г., 10:05 ч.", "ahead"),
)
ABOUT = AboutRequest(12, OURS, THEIRS, NAME, "5 а", MASKED, "5 б")
STATUS = partial(
    transfer_status_card,
    title="Получено е искане за електронен профил на преместен ученик",
    about=ABOUT,
    lead=("Профилът следва да бъде предоставен незабавно.",),
    facts=(("Подадено от", LONGEST_NAME), ("Основание", "Друго: болница"), ("Бележка", "Моля, обадете се.")),
    trail=TRAIL,
    at=WHEN,
)
VERDICT = VerdictView("Отхвърлено", APOSTROPHE, WHEN, "Ученикът още е при нас.", "Вероятно в чужбина")
ROWS = tuple(
    RequestRow(f"{number}" * 36, number, LONGEST_NAME, "СУ „Свети Климент“ → ОУ „Примерка“", "Изпратено", WHEN, tick)
    for number, tick in enumerate((True, True, False, True, False, True, True, False), start=1)
)


def _buttons(t, *names):
    return tuple(Button(t(name), press("requests.do", transfer="f" * 64)) for name in names)


def _status(title, *offers, lead=(), **fields):
    def build(t, _):
        view = partial(STATUS, title=t(title), lead=tuple(t(one) for one in lead), **fields)
        return view(t, buttons=_buttons(t, *offers))

    return build


def _reason(title, submit, *, destructive=False, where=False, about=ABOUT, problem="", reason=""):
    def build(t, _):
        return transfer_reason_card(
            t,
            about=about,
            title=t(title),
            lead=t(f"transfer-why-{submit.removeprefix('transfer-')}"),
            label=t("transfer-reason-label"),
            submit_title=t(submit),
            submit=press("requests.decide", transfer="f" * 64),
            reason=reason,
            where_label=t("transfer-where-label") if where else "",
            problem=t(problem) if problem else "",
            destructive=destructive,
            buttons=_buttons(t, "transfer-withdraw"),
        )

    return build


def _confirm(title):
    def build(t, _):
        yes, no = _buttons(t, title, "command-help")
        question = t("transfer-sure-approve", name=NAME, school=OURS.name)
        return transfer_confirm_card(
            t,
            about=ABOUT,
            title=t(title),
            question=question,
            confirm=yes,
            cancel=no,
            notes=(t("transfer-call-back"),),
        )

    return build


def _list(title, rows=(), *offers, picks=False, deeper=False, **said):
    def build(t, _):
        view = partial(
            transfer_list_card,
            title=t(title, count=len(rows)),
            lead="",
            rows=rows,
            empty=t("requests-none-received"),
            opens=press("requests.open") if rows else None,
            pick=press("requests.pick") if picks else None,
            buttons=_buttons(t, *offers),
            deeper=deeper,
        )
        return view(t, **{name: t(word) for name, word in said.items()})

    return build


def _many(*, confirmed, left_out=()):
    def build(t, _):
        yes, no = _buttons(t, "requests-many-confirm", "command-help")
        rows = tuple((f"№ {number}: {LONGEST_NAME}", OURS.name) for number in range(1, 11))
        title, lead = ("requests-many-done-title", "requests-many-done")
        if not confirmed:
            title, lead = ("requests-many-title", "requests-many-lead")
        counted = t("requests-many-approved" if confirmed else "requests-many-allowed", count=len(rows))
        return transfer_many_card(
            t,
            title=t(title),
            lead=t(lead),
            list_title=counted,
            rows=rows,
            left_out=left_out,
            confirm=None if confirmed else yes,
            buttons=(no,),
        )

    return build


def _deputies(*rows):
    def build(t, _):
        return deputy_list_card(t, rows=rows, school=SCHOOL, buttons=_buttons(t, "deputy-new"))

    return build


def _deputy(**fields):
    def build(t, _):
        view = partial(
            deputy_form_card,
            submit=press("deputy.give"),
            name=NAME,
            username="ko@edu.mon.bg",
            school=SCHOOL,
            today="2056-11-24",
            latest="2057-08-31",
        )
        words = {"problem": t(fields["problem"])} if "problem" in fields else {}
        return view(t, **{**fields, **words})

    return build


_FOUR = ("transfer-approve", "transfer-refuse", "transfer-not-ours", "command-help")

SAMPLES = (
    Sample("transfer-received", _status("transfer-title-received", *_FOUR, lead=("transfer-lead-decide",))),
    Sample(
        "transfer-received-warned",
        _status(
            "transfer-title-received",
            *_FOUR,
            lead=("transfer-lead-decide-overdue",),
            mood="attention",
            about=replace(ABOUT, receiving=LOOKALIKE),
            earlier=("№ 9 от 20.11.2056 г.: Изпратено", "№ 4 от 02.10.2056 г.: Отхвърлено"),
        ),
    ),
    Sample(
        "transfer-sent-undelivered",
        _status("transfer-title-sent", "transfer-withdraw", warnings=("Искането още не е доставено до директора.",)),
    ),
    Sample(
        "transfer-refused",
        _status(
            "transfer-state-refused", "transfer-to-list", verdict=VERDICT, about=replace(ABOUT, name=LONGEST_NAME)
        ),
    ),
    Sample("transfer-done", _status("transfer-state-done", "command-help", mood="good", verdict=VERDICT)),
    Sample(
        "transfer-attention",
        _status(
            "transfer-state-needs-attention",
            "transfer-retry",
            lead=("transfer-lead-attention",),
            mood="attention",
            problem="Ученикът отново е в предишното училище.",
        ),
    ),
    Sample(
        "transfer-office",
        _status("transfer-title-office", *_FOUR, about=replace(ABOUT, name="", class_="", masked=""), facts=()),
    ),
    Sample("transfer-confirm", _confirm("transfer-approve")),
    Sample("transfer-why-refuse", _reason("transfer-refuse", "transfer-refuse", destructive=True)),
    Sample("transfer-why-not-ours", _reason("transfer-not-ours", "transfer-not-ours", where=True)),
    Sample(
        "transfer-why-problem",
        _reason("transfer-refuse", "transfer-refuse", problem="refusal-reason-missing", reason="123"),
    ),
    Sample("transfer-list-received", _list("requests-received", ROWS, "requests-next", picks=True)),
    Sample("transfer-list-problem", _list("requests-received", ROWS, picks=True, problem="requests-none-ticked")),
    Sample("transfer-list-sent", _list("requests-sent", ROWS[:2])),
    Sample("transfer-list-second-page", _list("requests-received", ROWS, picks=True, deeper=True)),
    Sample("transfer-list-empty", _list("requests-received", (), "command-help")),
    Sample("transfer-many", _many(confirmed=False, left_out=((NAME, "Ученикът вече не е записан в това училище."),))),
    Sample("transfer-many-done", _many(confirmed=True)),
    Sample("deputies-none", _deputies()),
    Sample("deputies", _deputies(*(DeputyRow(LONGEST_NAME, f"РД-{n}", "31.08.2057 г.") for n in range(3)))),
    Sample("deputy-find", lambda t, _: deputy_find_card(t, find=press("deputy.find"), school=SCHOOL, typed=NAME)),
    Sample("deputy-form", _deputy()),
    Sample("deputy-form-problem", _deputy(order="РД-12", problem="refusal-order-dates", concerns="until")),
)


def hostile(text: str) -> tuple[Sample, ...]:
    """The cards with this text wherever something from outside can stand."""
    yes, no = Button("A", press("requests.do")), Button("B", press("requests.do"))
    school = SchoolView(text, text, text)
    about = AboutRequest(12, school, school, text, text, MASKED, text)
    find = partial(
        transfer_find_card,
        find=press("transfer.find"),
        school=text,
        kind=text,
        typed=text,
        problem=text,
        notice=text,
        buttons=(yes,),
    )
    form = partial(
        FORM,
        name=text,
        class_=text,
        schools=(("1", school), ("2", school)),
        own_school=text,
        classes=(text, "5 б"),
        latest_date="",
        basis_text=text,
        certificate=text,
        note=text,
        problem=text,
        buttons=(yes,),
    )
    verdict = VerdictView(WORDS, text, text, text, text)
    status = partial(
        STATUS,
        about=about,
        lead=(text,),
        facts=((text, text),),
        trail=(TrailStep(WORDS, text, "now"),),
        verdict=verdict,
        earlier=(text, text),
        warnings=(WORDS,),
        next_steps=(WORDS,),
        problem=WORDS,
        notice=text,
        at=WORDS,
        buttons=(yes, no),
    )
    confirm = partial(
        transfer_confirm_card, about=about, title=WORDS, question=text, confirm=yes, cancel=no, notes=(WORDS,)
    )
    reason = partial(
        transfer_reason_card,
        about=about,
        title=WORDS,
        lead=WORDS,
        label=WORDS,
        submit_title=WORDS,
        submit=no.press,
        reason=text,
        where_label=WORDS,
        where=text,
        problem=text,
        buttons=(no,),
    )
    row = RequestRow("1", 1, text, text, WORDS, text, tickable=True)
    rows = partial(
        transfer_list_card,
        title=WORDS,
        lead="",
        rows=(row, replace(row, id="2")),
        empty=WORDS,
        opens=yes.press,
        pick=no.press,
        page_note=WORDS,
        problem=text,
        notice=text,
    )
    many = partial(
        transfer_many_card,
        title=WORDS,
        lead=WORDS,
        list_title=WORDS,
        rows=((text, text),),
        left_out=((text, text),),
        confirm=yes,
        buttons=(no,),
    )
    deputy = partial(
        deputy_form_card,
        submit=press("deputy.give"),
        name=text,
        username=text,
        school=text,
        today="",
        latest="",
        order=text,
        order_date="",
        until="",
        problem=text,
        concerns="order",
        buttons=(no,),
    )
    return (
        Sample("transfer-find", lambda t, _: find(t)),
        Sample("transfer-form", lambda t, _: form(t)),
        Sample("transfer-status", lambda t, _: status(t)),
        Sample("transfer-confirm", lambda t, _: confirm(t)),
        Sample("transfer-reason", lambda t, _: reason(t)),
        Sample("transfer-list", lambda t, _: rows(t)),
        Sample("transfer-many", lambda t, _: many(t)),
        Sample(
            "deputies",
            lambda t, _: deputy_list_card(t, rows=(DeputyRow(text, text, text),), school=text, notice=text),
        ),
        Sample(
            "deputy-find",
            lambda t, _: deputy_find_card(t, find=no.press, school=text, typed=text, problem=text, notice=text),
        ),
        Sample("deputy-form", lambda t, _: deputy(t)),
    )
