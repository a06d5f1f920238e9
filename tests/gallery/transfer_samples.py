"""Every card of transfer requests with text from outside."""

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
from cards.search_forms import transfer_find_card
from cards.transfer_form import transfer_form_card
from cards.transfer_list import RequestRow, transfer_list_card, transfer_many_card
from cards.transfer_question import transfer_confirm_card, transfer_reason_card
from cards.transfer_status import TrailStep, VerdictView, transfer_status_card
from tests.gallery.sample import SCHOOL, Sample, press

NAME = "Калина Примерова Образцова"
MASKED = "••••••4046"
THEIRS = SchoolView("ОУ „Примерка Образцова“", "2990002", "с. Образцово")
WORDS = "Думи на бота"
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
        transfer_status_card,
        about=about,
        other="both",
        title=WORDS,
        lead=(text,),
        username=text,
        facts=((text, text),),
        trail=(TrailStep(WORDS, text, "now"),),
        verdict=verdict,
        before=VerdictView(WORDS, WORDS, WORDS, text),
        earlier=(text, text),
        warnings=(WORDS,),
        next_steps=(WORDS,),
        problem=WORDS,
        notice=text,
        at=WORDS,
        buttons=(yes, no),
    )
    confirm = partial(
        transfer_confirm_card,
        about=about,
        title=WORDS,
        question=text,
        confirm=yes,
        cancel=no,
        note=WORDS,
        more=(WORDS,),
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
    row = RequestRow("1", 1, text, text, WORDS, text, yes.press, tickable=True)
    rows = partial(
        transfer_list_card,
        title=WORDS,
        lead="",
        several=(row, replace(row, id="2", number=2)),
        empty=WORDS,
        pick=no.press,
        shares=((2, "attention", text), (1, "warning", WORDS)),
        begins=yes,
        only=Button(text, yes.press),
        page_note=WORDS,
        problem=text,
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
