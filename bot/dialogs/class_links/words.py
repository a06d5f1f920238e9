"""States, causes and next steps of links → texts and colours."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.core.class_links.cases import CaseStage, LinkCase, Matter
from bot.core.class_links.expected import Fault, RosterFault
from bot.core.class_links.model import IN_ORDER, WHO, Link, LinkState, Who, who_acts
from bot.core.class_links.read import LinksSeen
from bot.presser import Voice
from bot.texts.catalog import Translate
from bot.texts.moments import moment

STYLES: Mapping[LinkState, str] = {
    LinkState.WAITING: "emphasis",
    LinkState.BEING_CREATED: "emphasis",
    LinkState.CREATED: "good",
    LinkState.SYNCED: "good",
    LinkState.FAILED: "attention",
    LinkState.LOOPING: "attention",
    LinkState.MISSING: "attention",
    LinkState.NOT_OWNER: "attention",
    LinkState.NOT_MEMBER: "warning",
    LinkState.NO_TEAM: "attention",
    LinkState.NOT_ACTIVATED: "warning",
    LinkState.STUDENTS_MISSING: "warning",
    LinkState.ARCHIVED: "warning",
    LinkState.UNEXPECTED: "warning",
    LinkState.DUPLICATE: "attention",
    LinkState.FOUND: "good",
    LinkState.UNREAD: "emphasis",
    LinkState.TO_BE_MADE: "warning",
    LinkState.MADE: "good",
}
"""Said in words too: no meaning rests on a colour."""

_ASK_DIRECTOR = frozenset(
    {
        LinkState.MISSING,
        LinkState.NOT_OWNER,
        LinkState.NOT_MEMBER,
        LinkState.NO_TEAM,
        LinkState.STUDENTS_MISSING,
        LinkState.UNEXPECTED,
    }
)
"""What a teacher cannot settle, and the director can."""


Facts = tuple[tuple[str, str], ...]
"""Labels and values."""

_WHY = ("card-links-cause", "card-links-who", "card-links-step")
_REST = ("card-links-since", "card-links-username", "card-links-also", "card-links-row")
"""What can be looked up, and nobody decides by."""


def state_word(link: Link, t: Translate) -> str:
    """The state; of a failure, the register's own word."""
    return link.status if link.state is LinkState.FAILED and link.status else t(f"link-state-{link.state}")


def cause(link: Link, t: Translate, *, awaited: bool) -> str:
    """Why it is so, in plain words. `awaited`: a list is being read."""
    if link.state is LinkState.FAILED:
        return t("link-cause-failed", status=link.status)
    if link.state is LinkState.STUDENTS_MISSING:
        return t("link-cause-students-missing", missing=str(len(link.missing)), students=str(link.students))
    if awaited and link.state is LinkState.FOUND:
        return t("link-cause-found-awaited")
    return t(f"link-cause-{link.state}")


def step(link: Link, t: Translate, language: str, *, now: datetime, director: bool, awaited: bool) -> str:
    """What is next, for a director or a teacher. A moment that is over is nothing to wait for. `awaited`: a list is
    being read.
    """
    if link.until is not None and link.until > now:
        return t("link-next-wait-until", until=moment(link.until, language))
    if not director and link.state in _ASK_DIRECTOR:
        return t("link-next-ask-director")
    if link.state is LinkState.FOUND and (awaited or not director):
        return t("link-next-unread" if awaited else "link-next-synced")  # a list is the director's to bring
    if director and WHO[link.state] is Who.TEACHER:
        return t(f"link-next-remind-{link.state}")
    match link.state:
        case LinkState.FAILED:
            return t("link-next-failed", row=link.class_id)
        case LinkState.LOOPING:
            return t("link-next-looping", row=link.class_id)
        case LinkState.DUPLICATE:
            return t("link-next-duplicate", row=link.class_id)
        case _:
            return t(f"link-next-{link.state}")


def who_word(link: Link, t: Translate) -> str:
    """Who must act; nothing where all is in order."""
    return "" if link.state in IN_ORDER and not link.flags else t(f"link-who-{who_acts(link)}")


def list_words(seen: LinksSeen, t: Translate, language: str) -> tuple[str, ...]:
    """How old the lists are that were compared with."""
    return tuple(
        t("links-uploaded" if each.uploaded else "links-listed", at=moment(each.dated, language))
        for each in seen.lists
        if each.dated is not None
    )


def name_of(seen: LinksSeen, username: str) -> str:
    """The person's name as a list has it, else the username."""
    return seen.names.get(username) or username


_NAMED = {
    Fault.LOCKED: "links-fault-locked",
    Fault.REFUSED: "links-fault-refused",
    Fault.NOT_TEXT: "links-fault-not-text",
    Fault.NO_COLUMN: "links-fault-no-column",
}
"""They say which file, or which column of it."""


def fault_told(fault: RosterFault, folder: str, t: Translate) -> str:
    """What is wrong with the list, and what to do; the page has a column for that."""
    again = fault.where and fault.fault in {Fault.NOT_TEXT, Fault.NO_COLUMN, Fault.EMPTY}
    return f"{fault_word(fault, folder, t)} {t('links-fault-again')}" if again else fault_word(fault, folder, t)


def fault_word(fault: RosterFault, folder: str, t: Translate) -> str:
    """What is wrong with the list. Of a file only that."""
    match fault.fault:
        case Fault.NO_FILES:
            return t("links-fault-no-files", folder=folder)
        case Fault.TOO_LARGE if fault.where:
            return t("links-fault-file-too-large", where=fault.where)
        case Fault.EMPTY if fault.where:
            return t("links-fault-file-empty", where=fault.where)
        case named if named in _NAMED:
            return t(_NAMED[named], where=fault.where)
        case Fault.ROW:
            return t("links-fault-row", count=str(fault.count), where=fault.where, line=str(fault.line))
        case _:
            return t(f"links-fault-{fault.fault}")


def known(
    link: Link, seen: LinksSeen, t: Translate, language: str, *, now: datetime, director: bool = True
) -> dict[str, str]:
    """What is known of the link: the label's text id → value. Only a director is told whose link it is."""
    return {
        "card-links-state": state_word(link, t),
        "card-links-since": "" if link.since is None else moment(link.since, language),
        "card-links-teacher": name_of(seen, link.teacher) if director and link.teacher else "",
        "card-links-username": link.teacher if director else "",
        "card-links-cause": cause(link, t, awaited=seen.awaited),
        "card-links-who": who_word(link, t),
        "card-links-step": step(link, t, language, now=now, director=director, awaited=seen.awaited),
        "card-links-also": "; ".join(t(f"link-state-{state}") for state in link.also),
        "link-mark-where-label": link.status if link.by_hand else "",
        "card-links-row": link.class_id,
    }


def facts(link: Link, seen: LinksSeen, to: Voice, *, director: bool, decides: bool = False) -> tuple[Facts, Facts]:
    """What is known of the link: (label, value). First what one decides by, then the rest. `decides`: what can be
    done stands beside it, so that why and by whom are of the rest.
    """
    rest = (*_WHY, *_REST) if decides else _REST
    told = known(link, seen, to.t, to.language, now=to.presser.now, director=director)
    if link.flags and link.state in IN_ORDER:  # the warning says it: "all is well" would deny it
        told |= {"card-links-cause": "", "card-links-step": ""}
    first = tuple((to.t(label), value) for label, value in told.items() if label not in rest)
    return first, tuple((to.t(label), told[label]) for label in rest)


def became(case: LinkCase, t: Translate) -> Iterator[str]:
    """What became of an act or a question that is over: a title and what follows it."""
    if case.matter is Matter.QUESTION:
        yield t("link-news-title-answer")
    else:
        yield t("link-news-title-done" if case.stage is CaseStage.DONE else "link-news-title-failed")
    match case.stage:
        case CaseStage.FAILED:
            yield t("link-news-failed", title=case.title)
            if case.trouble is not None:
                yield t(f"link-trouble-{case.trouble}")
        case CaseStage.DECLINED:
            yield t("link-news-declined", title=case.title)
        case _ if case.matter is Matter.QUESTION:
            yield t("link-news-settled", title=case.title)
        case _:
            yield _done(case, t)
            yield t("link-act-source")
    if case.matter is Matter.QUESTION:
        yield case.answer
        yield t("link-news-by", name=case.by_name)


def _done(case: LinkCase, t: Translate) -> str:
    match case.matter:
        case Matter.ADD_STUDENTS:
            return t("link-news-add-students", title=case.title, count=str(case.count))
        case Matter.CREATE:
            return t("link-news-create", title=case.title)
        case _:
            return t("link-news-add-owner", title=case.title)
