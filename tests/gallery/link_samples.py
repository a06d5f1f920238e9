"""The cards of class links with text that would like to be more than text."""

from dataclasses import replace
from functools import partial

from cards.actions import Button
from cards.class_links import LinkRow, link_list_card, link_one_card, link_question_card
from tests.gallery.sample import Sample, press


def hostile(text: str) -> tuple[Sample, ...]:
    """The cards with this text wherever something from outside can stand."""
    yes = Button("A", press("links.check"))
    row = LinkRow("k", text, "Думи", text, text, "attention")
    rows = partial(
        link_list_card,
        about=text,
        lead="",
        rows=(row, replace(row, key="l")),
        empty="Думи",
        opens=yes.press,
        page_note="Думи",
        problem="Думи",
        notices=("Думи",),
        buttons=(yes,),
    )
    one = partial(
        link_one_card,
        title=text,
        facts=(("Думи", text),),
        warnings=("Думи",),
        notice="Думи",
        names=(text, text),
        mark=yes.press,
        where=text,
        buttons=(yes,),
    )
    asked = partial(
        link_question_card,
        question=text,
        facts=(("Думи", text),),
        settle=yes.press,
        decline=yes.press,
        note=text,
        problem="Думи",
        words=text,
        buttons=(yes,),
    )
    return (
        Sample("links-list", lambda t, _: rows(t)),
        Sample("links-one", lambda t, _: one(t)),
        Sample("links-question", lambda t, _: asked(t)),
    )
