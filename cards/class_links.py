"""Class links: a list, a school's at a glance, one, several to be marked, and a teacher's question about one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from adaptivecards.baseobject import Element

from cards.account_lines import more, name_line, shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import (
    CardJson,
    aside,
    bold,
    box,
    card,
    fact,
    line,
    never_fails,
    notice_box,
    paragraphs_of,
    problem_box,
)
from cards.charts import Share, StackedBar, proportions
from cards.inputs import ManyChoiceInput, TextInput, merged
from cards.rows import Row, facts, folded, rows
from cards.strict import ActionSet, Container, RichTextBlock
from cards.words import TextOf, data, prose, shortened

MOST_ROWS = 8

MOST_TOGETHER = 20
"""Links that can be ticked on one card."""

MOST_NAMES = 120
_MOST_LINES, _ROW, _LONGEST_NAME = 40, 20, 60


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link. `title` and `teacher` are data, `state` and `when` ready words; `style` is a container's."""

    title: str = field(repr=False)
    state: str
    press: Press
    when: str = ""
    teacher: str = field(default="", repr=False)
    style: str = "default"


@never_fails
def link_list_card(
    t: TextOf,
    *,
    about: str,
    lead: str,
    links: tuple[LinkRow, ...],
    empty: str,
    page_note: str = "",
    notices: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """A row of it opens by a press. No inputs.

    `about` says what is listed, `lead` when it was checked, `notices` what must be known of the whole list.
    """
    return card(
        t,
        t("links-title"),
        *([bold(data(about))] if about else []),
        *([aside(lead)] if lead else []),
        *(box("", notice, "warning") for notice in notices),
        *(paragraphs_of(empty) if not links else ()),
        *rows(*_told_apart(map(_row, links[:MOST_ROWS]))),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


def _row(link: LinkRow) -> Row:
    teacher, state = shown(link.teacher) if link.teacher else "", prose(link.state)
    lines = (teacher, " · ".join(filter(None, (state, data(link.when)))))
    said = ", ".join(filter(None, (shown(link.title), teacher, state)))
    return Row(shown(link.title), lines, link.press, said, link.style)


def _told_apart(some: Iterable[Row]) -> Iterator[Row]:
    """What reads the same in every word has its number among those that do."""
    met: dict[str, int] = {}
    for one in some:
        met[one.said] = number = met.get(one.said, 0) + 1
        mark = f" ({number})" if number > 1 else ""
        yield replace(one, title=one.title + mark, said=one.said + mark)


@dataclass(frozen=True, slots=True)
class Todo:
    """What so many links have in common. `label` and `what` (is to be done) are ready words, `style` is a
    container's; `press` opens their list.
    """

    label: str
    count: int
    press: Press
    what: str = ""
    style: str = "default"


@never_fails
def link_overview_card(
    t: TextOf,
    *,
    school: str,
    lead: str,
    todo: tuple[tuple[str, tuple[Todo, ...]], ...],
    calm: bool = False,
    drawn: tuple[tuple[int, str], ...] = (),
    find: Press | None = None,
    notices: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """What must be done, each opened by a press, under who must do it (ready words); `calm`: there are links, and
    nothing must be done about any. Inputs: `find` (words to look for), with it. `drawn`: how many links are drawn in
    which style.
    """
    actions = [form_button(t("card-links-find-button"), find, "default")] if find is not None else []
    return card(
        t,
        t("links-title"),
        *([fact(t("card-school"), school)] if school else []),
        *([aside(lead)] if lead else []),
        *(box("", one, "warning") for one in notices),
        *_bar(drawn, t),
        *(paragraphs_of(t("card-links-no-todo")) if calm else ()),
        *(
            part
            for who, several in todo
            for part in (bold(prose(who), spacing="medium"), *rows(*map(_task, several)))
        ),
        *([TextInput("find", t("card-links-find"), max_length=60)] if find is not None else []),
        actions=(*actions, *offered(*buttons)),
    )


def _task(one: Todo) -> Row:
    title = f"{prose(one.label)}: {one.count}"
    said = ", ".join(filter(None, (title, prose(one.what))))
    return Row(title, (prose(one.what),), one.press, said, one.style)


def _bar(drawn: tuple[tuple[int, str], ...], t: TextOf) -> tuple[StackedBar, RichTextBlock] | tuple[()]:
    """One part for each colour, in the order in which they come."""
    parts: dict[str, int] = {}
    for count, style in drawn:
        parts[style] = parts.get(style, 0) + count
    each = (Share(count, style, f"{t(f'card-links-bar-{style}')}: {count}") for style, count in parts.items())
    return proportions(t("links-title"), *each)


@never_fails
def link_one_card(
    t: TextOf,
    *,
    title: str,
    about: tuple[tuple[str, str], ...],
    details: tuple[tuple[str, str], ...] = (),
    warnings: tuple[str, ...] = (),
    notice: str = "",
    follows: tuple[str, ...] = (),
    decide: tuple[Button, ...] = (),
    names: tuple[str, ...] = (),
    mark: Press | None = None,
    where: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `where`, with `mark`.

    `about` and the folded `details` are (label, value) in order, `warnings` ready words. `decide`: what this person
    can do about it; `follows`: what comes of it, in words before it. `names`: missing students, once asked for.
    `mark`: takes where the class is in Google Classroom.
    """
    marks = [form_button(t("link-mark"), mark)] if mark is not None else []
    return card(
        t,
        t("links-title-one"),
        name_line(title),
        *notice_box(notice),
        *(box("", warning, "warning") for warning in warnings),
        *facts(*about),
        *paragraphs_of(*follows),
        *([TextInput("where", t("link-mark-where"), value=where, max_length=200)] if mark is not None else []),
        *_decision(*marks, *offered(*decide)),
        *(_names(names, t) if names else ()),
        *folded("details", t("card-links-details"), *facts(*details)),
        actions=offered(*buttons),
    )


def _decision(*actions: Execute) -> tuple[ActionSet, ...]:
    """Buttons that stand before what is folded and leads elsewhere."""
    return (ActionSet(*actions),) if actions else ()


def _names(names: tuple[str, ...], t: TextOf) -> tuple[RichTextBlock, ...]:
    """A line for each, as long as they are a class; a lecture's are told in rows, which take less room."""
    some = [shortened(shown(name), _LONGEST_NAME) for name in names[:MOST_NAMES]]
    several = [", ".join(some[at : at + _ROW]) for at in range(0, len(some), _ROW)]
    lines = some if len(some) <= _MOST_LINES else several
    title = bold(f"{t('card-links-missing')}:", spacing="small")
    return (title, *map(line, lines), *more(len(names) - MOST_NAMES, t))


@dataclass(frozen=True, slots=True)
class Tickable:
    """A link that can be ticked. `key` is the value of its choice; `title` and `teacher` are data."""

    key: str
    title: str = field(repr=False)
    teacher: str = field(default="", repr=False)


@never_fails
def link_several_card(
    t: TextOf,
    *,
    about: str,
    links: tuple[Tickable, ...],
    left: int,
    chosen: Press,
    notice: str = "",
    problem: str = "",
    page_note: str = "",
    deeper: bool = False,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Links to be marked as made in Google Classroom. Inputs: `several` (keys, comma separated).

    `left`: how many are not marked, those of other pages among them. `deeper`: the ticks stand one container deeper,
    so that a client that replaces the card draws them anew and not with the ticks of the card before.
    """
    each = [(one.key, " – ".join(filter(None, map(shown, filter(None, (one.title, one.teacher)))))) for one in links]
    ticks: Element = ManyChoiceInput("several", t("card-links-several"), merged(each, MOST_TOGETHER, several=True))
    return card(
        t,
        t("links-several-title"),
        *([bold(data(about))] if about else []),
        *notice_box(notice),
        *problem_box(problem, t),
        *paragraphs_of(t("card-links-several-left", count=left)),
        Container(Container(ticks) if deeper else ticks),
        *([aside(page_note, "medium")] if page_note else []),
        actions=(form_button(t("links-several-chosen"), chosen), *offered(*buttons)),
    )


@never_fails
def link_question_card(
    t: TextOf,
    *,
    question: str,
    about: tuple[tuple[str, str], ...],
    details: tuple[tuple[str, str], ...] = (),
    settle: Press | None = None,
    decline: Press | None = None,
    note: str = "",
    problem: str = "",
    words: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Who asks what and since when, the answer, and what is known of the link. Inputs: `words`, while it is open.

    `settle` and `decline` take the words of the answer; None once it is answered. `about` and the folded `details`:
    (label, value).
    """
    answers: tuple[Execute, ...] = ()
    inputs: list[TextInput] = []
    if settle is not None and decline is not None:
        inputs.append(TextInput("words", t("link-answer-words"), value=words, max_length=400, is_multiline=True))
        answers = (
            form_button(t("link-answer-settled"), settle),
            form_button(t("link-answer-declined"), decline, "default"),
        )
    return card(
        t,
        t("link-question-card-title"),
        *paragraphs_of(shown(question)),
        *facts(*about),
        *notice_box(note),
        *problem_box(problem, t),
        *inputs,
        *_decision(*answers, *offered(*buttons)),
        *folded("details", t("card-links-known"), *facts(*details)),
        actions=(),
    )
