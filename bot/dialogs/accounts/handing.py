"""Handing over: the way to the slips, and the papers that are printed with them."""

from collections.abc import Mapping, Sequence

from bot.conversation import Reply
from bot.core.accounts.model import BoardPerson, BoardState, View
from bot.core.accounts.papers import MOST_LINES, MOST_SHEETS, Paper, PaperProblem, for_paper, for_parents
from bot.core.accounts.policy import is_ours_to_note, to_sign
from bot.core.decision import Decision
from bot.core.one_time_links import Offered
from bot.core.people.model import Kind
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.chosen import LONGEST_WORD, choose, ids_of
from bot.dialogs.accounts.meant import Meant
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.accounts.ways import ways_back
from bot.dialogs.accounts.words import selection_word
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, not_possible, notice
from bot.presser import FORM_LIFETIME
from bot.texts.moments import hour
from cards.account_lines import shown
from cards.actions import Button

MOST_AT_ONCE = 40
"""Students in one form of passwords; the others follow when these have theirs."""

_UNUSED = frozenset({BoardState.NEW, BoardState.HANDED})


def of_selection(scene: Scene, part: Selection, people: Sequence[BoardPerson]) -> tuple[Button, ...]:
    """What can be done with the people of a list."""
    if part.view is View.APART:
        return ()
    if part.view is View.CLASS and part.class_:
        slips = slips_of_class(scene, part.class_, people)
    else:
        slips = slips_of(scene, selection_word(part, scene.t), people, lost=part.view is View.UNUSED)
    return (*slips, *of_open(scene, ids_of(scene, part.word), people))


def of_open(scene: Scene, ids: Mapping[str, str], people: Sequence[BoardPerson]) -> tuple[Button, ...]:
    """The papers, and who signed: where there is anything to be signed. `ids`: see `ids_of`."""
    close = _close(scene, ids, people)
    return (Button(scene.t("handing-papers"), scene.press("accounts.papers", ids=ids)), *close) if close else ()


def _close(scene: Scene, ids: Mapping[str, str], people: Sequence[BoardPerson]) -> tuple[Button, ...]:
    """Who signed; not where nobody can."""
    if not any(map(is_ours_to_note, people)):
        return ()
    return (Button(scene.t("handing-close"), scene.press("accounts.close", FORM_LIFETIME, ids=ids)),)


def slips_of_class(scene: Scene, class_: str, people: Sequence[BoardPerson]) -> tuple[Button, ...]:
    """To the form of a class, which ticks whoever has not used theirs."""
    if not any(one.state in _UNUSED for one in people):
        return ()
    return scene.to("class.students", scene.t("handing-slips"), FORM_LIFETIME, ids={"class": class_})


def slips_of(scene: Scene, title: str, people: Sequence[BoardPerson], *, lost: bool = False) -> tuple[Button, ...]:
    """To the form of a selection; of a long one those who have no slip yet come first. `lost`: all of them have one,
    and nobody is ticked.
    """
    able = [one for one in people if one.kind is Kind.STUDENT and one.state in _UNUSED]
    some = sorted(able, key=lambda one: (one.state is BoardState.HANDED, to_sign(one)))[:MOST_AT_ONCE]
    if not some:
        return ()
    ids = {"class": title, "among": ",".join(one.id for one in some)} | ({"lost": "yes"} if lost else {})
    return scene.to("class.students", scene.t("handing-slips"), FORM_LIFETIME, ids=ids)


async def papers(cases: AccountsCases, scene: Scene) -> Reply:
    """The link to the протокол; for the youngest the way to the sheets for their parents."""
    return await _paper(cases, scene, Paper.PROTOCOL)


async def parents(cases: AccountsCases, scene: Scene) -> Reply:
    """The link to the sheets for parents."""
    return await _paper(cases, scene, Paper.PARENTS)


async def _paper(cases: AccountsCases, scene: Scene, paper: Paper) -> Reply:
    if not cases.papers_at:
        return not_possible(scene, scene.t("handing-papers-off"), buttons=ways_back(scene))
    word = scene.action.id("of")[:LONGEST_WORD]
    made = await cases.papers.offer(scene.actor, paper, word, scene.language)
    if isinstance(made, Decision):
        return denied(scene, made)
    if isinstance(made, PaperProblem):
        return no_paper(scene, paper, made)
    chosen = choose(word, made.seen, made.groups, now=scene.now, timing=cases.timing, t=scene.t)
    if chosen is None:
        return no_paper(scene, paper, PaperProblem.GONE)
    return paper_offered(scene, Meant(word, made.seen, chosen), paper, cases.papers_at, made.offered)


def no_paper(scene: Scene, paper: Paper, problem: PaperProblem) -> Reply:
    """Why there is no such paper, and what to do instead."""
    t = scene.t
    sheets = t("handing-parents-too-many", count=MOST_SHEETS)
    lines = t("handing-protocol-too-many", count=MOST_LINES)
    words = {
        PaperProblem.GONE: t("handing-gone"),
        PaperProblem.NOBODY: t("handing-parents-nobody"),
        PaperProblem.TOO_MANY: sheets if paper is Paper.PARENTS else lines,
    }
    return not_possible(scene, words[problem], buttons=ways_back(scene))


def paper_offered(scene: Scene, about: Meant, paper: Paper, papers_at: str, offered: Offered) -> Reply:
    """The link to a paper, and how long it works."""
    t, name, people = scene.t, shown(about.chosen.title), for_paper(about.chosen.people)
    young, ids = for_parents(people), ids_of(scene, about.word)
    more: tuple[Button, ...] = ()
    if paper is Paper.PARENTS:
        title, words = t("handing-parents-title"), t("handing-parents-about", count=len(young))
        opens = t("handing-parents-open")
    else:
        title, words = t("handing-protocol-title"), t("handing-protocol-about", count=len(people))
        opens, sheets = t("handing-protocol-open"), scene.press("accounts.parents", ids=ids)
        more = (Button(t("handing-parents"), sheets),) if young else more
    return notice(
        scene,
        title,
        name,
        words,
        t("handing-paper-until", until=hour(offered.until, scene.language)),
        buttons=(*more, *_close(scene, ids, people), *ways_back(scene)),
        link=(opens, f"{papers_at}{paper.value}/{offered.token}"),
    )
