"""The cards of class links: the school at a glance, lists, one link, a question."""

from dataclasses import replace
from functools import partial

from cards.actions import Button
from cards.link_list import LinkRow, link_list_card
from cards.link_one import link_one_card
from cards.link_overview import Count, link_overview_card
from cards.link_question import link_question_card
from cards.notice import notice_card
from tests.gallery.sample import LONGEST_NAME, SCHOOL, Sample, press

TITLE = "Технологии и предприемачество - 7 а - ООП"
LONGEST_TITLE = "Чужд език по професията – икономика и право - 12 щ - ИУЧ"
STATES = (
    ("link-state-waiting", 4, "emphasis"),
    ("link-state-failed", 1, "attention"),
    ("link-state-looping", 1, "attention"),
    ("link-state-missing", 2, "attention"),
    ("link-state-not-owner", 2, "attention"),
    ("link-state-not-activated", 6, "warning"),
    ("link-state-students-missing", 3, "warning"),
    ("link-state-synced", 107, "good"),
)
WHOS = (
    ("link-who-nobody", 4, "good"),
    ("link-who-teacher", 6, "warning"),
    ("link-who-director", 7, "attention"),
    ("link-who-help-desk", 2, "accent"),
)


def _buttons(t, *names):
    return tuple(Button(t(name), press("links.check", key="f" * 44)) for name in names)


def _overview(**fields):
    def build(t, _):
        view = partial(
            link_overview_card,
            school=SCHOOL,
            lead=t("links-checked", at="24.11.2056 г., 10:05 ч."),
            groups=tuple((name, t(name)) for name, _, _ in STATES),
            opens=press("links.group"),
            buttons=_buttons(t, "links-check", "links-errand-table", "links-errand-list", "links-platform"),
            states=tuple(Count(t(name), count, style) for name, count, style in STATES),
            whos=tuple(Count(t(name), count, style) for name, count, style in WHOS),
        )
        words = {name: tuple(map(t, texts)) for name, texts in fields.items() if name in {"notices", "warnings"}}
        return view(t, **{**fields, **words})

    return build


def _rows(t, *states):
    return tuple(
        LinkRow(
            f"{number}" * 40,
            LONGEST_TITLE,
            t(state),
            t("links-row-since", since="18.10.2056 г."),
            LONGEST_NAME,
            style,
        )
        for number, (state, style) in enumerate(states)
    )


def _list(*states, **fields):
    def build(t, _):
        view = partial(
            link_list_card,
            about=LONGEST_NAME,
            lead=t("links-checked", at="24.11.2056 г., 10:05 ч."),
            rows=_rows(t, *states),
            empty=t("links-none-listed"),
            opens=press("links.pick", keys="k" * 400) if states else None,
            page_note=t("links-page", page="1", pages="4") if states else "",
            buttons=_buttons(t, "links-check", "links-next", "links-previous", "links-overview"),
        )
        words = {"problem": t(fields["problem"])} if "problem" in fields else {}
        words |= {"notices": tuple(map(t, fields["notices"]))} if "notices" in fields else {}
        return view(t, deeper=fields.get("deeper", False), **words)

    return build


def _facts(t):
    return (
        (t("card-links-state"), t("link-state-not-owner")),
        (t("card-links-since"), "18.10.2056 г., 20:42 ч."),
        (t("card-links-teacher"), LONGEST_NAME),
        (t("card-links-cause"), t("link-cause-not-owner")),
        (t("card-links-who"), t("link-who-director")),
        (t("card-links-step"), t("link-next-not-owner")),
        (t("card-links-row"), "990009"),
    )


def _one(*names, **fields):
    def build(t, _):
        view = partial(link_one_card, title=TITLE, facts=_facts(t), buttons=_buttons(t, *names))
        words = {"warnings": tuple(map(t, fields["warnings"]))} if "warnings" in fields else {}
        words |= {"notice": t(fields["notice"])} if "notice" in fields else {}
        return view(t, **{**fields, **words})

    return build


def _question(**fields):
    def build(t, _):
        view = partial(
            link_question_card,
            question=t("link-question-card", name=LONGEST_NAME, title=TITLE),
            facts=_facts(t),
            settle=press("link.answer"),
            decline=press("link.answer"),
            buttons=_buttons(t, "link-answer-see"),
        )
        words = {name: t(fields[name]) for name in ("problem",) if name in fields}
        return view(t, **{**fields, **words})

    return build


def _errand(t, _):
    open_it = (t("links-errand-table-open"), "https://bot.example/links/table/" + "t" * 43)
    paragraphs = (t("links-errand-table-about"), t("links-errand-until", until="10:15 ч."))
    return notice_card(
        t, title=t("links-errand-table"), paragraphs=paragraphs, buttons=_buttons(t, "links-overview"), link=open_it
    )


_ALL = tuple((name, style) for name, _, style in STATES)

SAMPLES = (
    Sample("links-overview", _overview()),
    Sample(
        "links-overview-warned",
        _overview(
            warnings=("link-flagged-no-owner", "link-flagged-student-owner"),
            notices=("links-partial", "links-no-list"),
        ),
    ),
    Sample("links-overview-empty", _overview(states=(), whos=(), groups=(), opens=None)),
    Sample("links-list", _list(*_ALL)),
    Sample("links-list-problem", _list(*_ALL[:2], problem="links-choice-missing", notices=("links-partial",))),
    Sample("links-list-second-page", _list(*_ALL, deeper=True)),
    Sample("links-list-empty", _list()),
    Sample("links-one", _one("link-act-add-owner", "links-check", "links-back")),
    Sample("links-one-students", _one("link-act-add-students", "link-names", "link-of-teacher", "links-check")),
    Sample("links-one-create", _one("link-act-create", "link-question-ask", "links-back")),
    Sample("links-one-flagged", _one("links-check", "links-back", warnings=("link-flag-student-owner",))),
    Sample("links-one-names", _one("links-back", names=(LONGEST_NAME, "Калина Примерова"))),
    Sample(
        "links-one-classroom",
        _one("link-unmark", "links-back", mark=press("link.mark"), where="abc-defg", notice="link-marked-title"),
    ),
    Sample("links-question", _question()),
    Sample("links-question-problem", _question(problem="link-answer-words-missing", words="123")),
    Sample("links-question-answered", _question(settle=None, decline=None, note="Вече е отговорено: Директор Едно.")),
    Sample("links-errand", _errand),
)


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
