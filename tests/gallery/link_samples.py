"""The cards of class links with text that would like to be more than text."""

from dataclasses import replace
from functools import partial

from cards.actions import Button
from cards.class_links import (
    LinkRow,
    Tickable,
    link_list_card,
    link_one_card,
    link_question_card,
    link_several_card,
)
from tests.gallery.sample import Sample, press


def hostile(text: str) -> tuple[Sample, ...]:
    """The cards with this text wherever something from outside can stand."""
    yes = Button("A", press("links.check"))
    row = LinkRow(text, "Думи", yes.press, text, text, "attention")
    rows = partial(
        link_list_card,
        about=text,
        lead="",
        links=(row, replace(row, style="good")),
        empty="Думи",
        page_note="Думи",
        notices=("Думи",),
        buttons=(yes,),
    )
    one = partial(
        link_one_card,
        title=text,
        about=(("Думи", text),),
        details=(("Думи", text),),
        warnings=("Думи",),
        notice="Думи",
        follows=(text,),
        decide=(yes,),
        names=(text, text),
        mark=yes.press,
        where=text,
        buttons=(yes,),
    )
    asked = partial(
        link_question_card,
        question=text,
        about=(("Думи", "Думи"),),
        details=(("Думи", text),),
        settle=yes.press,
        decline=yes.press,
        note=text,
        problem="Думи",
        words=text,
        buttons=(yes,),
    )
    ticked = partial(
        link_several_card,
        about=text,
        links=(Tickable("k", text, text), Tickable("l", text)),
        left=2,
        chosen=yes.press,
        notice=text,
        problem="Думи",
        buttons=(yes,),
    )
    return (
        Sample("links-several", lambda t, _: ticked(t)),
        Sample("links-list", lambda t, _: rows(t)),
        Sample("links-one", lambda t, _: one(t)),
        Sample("links-question", lambda t, _: asked(t)),
    )
