"""The page to which lists of accounts are uploaded: what counted, what did not and why, and which column is which."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl

from aiohttp import ClientError, web
from aiohttp.http import HttpProcessingError

from bot.core.class_links.expected import Fault, RosterUnusable
from bot.core.lists.model import (
    BadListRow,
    ColumnMeaning,
    ColumnQuestion,
    Columns,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListUnusable,
)
from bot.core.lists.pages import ListTaken, UploadLists
from bot.core.lists.ports import ListUpload
from bot.dialogs.account_lists.cases import PEOPLE
from bot.dialogs.account_lists.words import fault_word, file_taken_word, note_word
from bot.documents.limits import LIST_ENDINGS, MOST_COLUMNS
from bot.runtime.body_limits import BodyLate
from bot.runtime.pages import OneTimePage, paragraph, steps, table
from bot.runtime.receiving import Receiving, receiving_of
from bot.runtime.upload_form import upload_form
from bot.texts.catalog import Catalog, Translate

_MOST_ROWS = 30
"""Of those left out, that are named."""
_MOST_TOLD = 64 * 1024
"""Bytes of answers about columns."""
_COLUMN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,2})", re.ASCII)
_ON_THE_WAY = {Fault.TOO_LARGE: ListFault.TOO_LARGE, Fault.BUSY: ListFault.BUSY, Fault.TOO_SLOW: ListFault.TOO_SLOW}
_ENDINGS = (*LIST_ENDINGS, ".zip")
_SCRIPT_WORDS = {
    "chosen": "listed-script-chosen",
    "drop": "listed-script-drop",
    "ready": "listed-script-ready",
    "large": "listed-script-large",
    "stray": "listed-script-stray",
    "tooLarge": "listed-fault-too-large",
    "tooMany": "listed-fault-too-many",
    "nothing": "listed-fault-no-files",
    "remove": "listed-script-remove",
    "complete": "listed-script-complete",
    "sending": "listed-script-sending",
    "reading": "listed-script-reading",
    "cut": "listed-script-cut",
}


def add_list_routes(app: web.Application, upload: UploadLists, catalog: Catalog) -> None:
    """Adds the page."""
    page = OneTimePage(
        catalog=catalog,
        texts="listed-page",
        title=lambda t: t("listed-page-title"),
        offer=_offer,
        press=_Press(upload, receiving_of(app)).press,
        script="upload.js",
    )
    app.router.add_route("*", PEOPLE + "{token}", page.handle)


@dataclass(frozen=True, slots=True)
class _Press:
    upload: UploadLists
    receiving: Receiving

    async def press(self, page: OneTimePage, token: str, request: web.Request) -> web.Response | None:
        # Asked before a byte is read: nobody else makes us take megabytes.
        if await self.upload.director(token) is None:
            return None
        if "Content-Encoding" in request.headers:
            return page.wrong(400)
        try:
            if request.content_type == "application/x-www-form-urlencoded":
                return await self._told(page, token, request)
            if request.content_type == "multipart/form-data":
                return await self._files(page, token, request)
        except (ClientError, HttpProcessingError, ConnectionError):  # cut off, or not what its own head says
            pass
        return page.wrong(400)

    async def _files(self, page: OneTimePage, token: str, request: web.Request) -> web.Response | None:
        try:
            async with self.receiving.form(token, request) as (content, media_type):
                taken = await self.upload.take(token, ListUpload(content, media_type))
        except RosterUnusable as error:  # of the way here; reading says what it says itself
            fault = _ON_THE_WAY.get(error.faults[0].fault, ListFault.BROKEN)
            return _refused(page, token, (ListFileFault(fault),), ())
        except ListUnusable as error:
            return _refused(page, token, error.faults, error.bad)
        if taken is None:
            return None
        return _taken(page, token, taken)

    async def _told(self, page: OneTimePage, token: str, request: web.Request) -> web.Response | None:
        body = b""
        try:
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > _MOST_TOLD:
                    return page.wrong(400)
        except BodyLate:
            return page.page(422, lambda t: _form(t, token), said=lambda t: paragraph(t("listed-script-cut")))
        told = columns_told(body)
        if told is None:
            return page.wrong(400)
        kept = await self.upload.tell(token, told)
        if kept is None:
            return None
        words, status = ("listed-page-told", 200) if kept else ("listed-page-untold", 422)
        return page.page(status, lambda t: _form(t, token), said=lambda t: paragraph(t(words)))


def columns_told(body: bytes) -> Mapping[str, Columns] | None:
    """What was chosen for each column of each table; None for what is not what the page sends."""
    try:
        given = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_COLUMNS * 10)
    except ValueError:
        return None
    meanings = set(ColumnMeaning)
    found: dict[str, dict[int, ColumnMeaning]] = {}
    for name, value in given:
        place = _COLUMN.fullmatch(name)
        if place is None or (value and value not in meanings):
            return None
        columns, number = found.setdefault(place[1], {}), int(place[2])
        if number in columns:  # two answers to one question: nobody knows which is meant
            return None
        columns[number] = ColumnMeaning(value or ColumnMeaning.NOTHING)
    if not found or any(sorted(columns) != list(range(len(columns))) for columns in found.values()):
        return None
    return {mark: tuple(columns[number] for number in sorted(columns)) for mark, columns in found.items()}


def _offer(t: Translate, token: str) -> str:
    todo = steps(t("listed-page-step-choose"), t("listed-page-step-send"), t("listed-page-step-again"))
    return f"{paragraph(t('listed-page-about'))}{todo}{_form(t, token)}"


def _form(t: Translate, token: str) -> str:
    return upload_form(
        t,
        PEOPLE + token,
        label=t("listed-page-files"),
        note=t("listed-page-limits"),
        button=t("listed-page-button"),
        says=_SCRIPT_WORDS,
        endings=_ENDINGS,
        keep=True,
    )


def _refused(
    page: OneTimePage, token: str, faults: Sequence[ListFileFault], bad: Sequence[BadListRow]
) -> web.Response:
    said = {fault.fault for fault in faults}
    if ListFault.NOT_A_FORM in said:
        return page.wrong(400)
    busy = ListFault.BUSY in said

    def content(t: Translate) -> str:
        return _faults([one for one in faults if one.file], t) + _rows(bad, len(bad), t) + _form(t, token)

    def told(t: Translate) -> str:
        return paragraph(t("listed-page-unusable"), *(fault_word(one, t) for one in faults if not one.file))

    return page.page(503 if busy else 422, content, {"Retry-After": "60"} if busy else None, said=told)


def _taken(page: OneTimePage, token: str, taken: ListTaken) -> web.Response:
    read, changed = taken.read, taken.changed

    def said(t: Translate) -> str:
        count = t("listed-page-taken", people=len(read.people))
        what = t(
            "listed-page-changed",
            new=len(changed.new),
            changed=len(changed.changed),
            gone=len(changed.gone),
            same=changed.same,
        )
        files = [file_taken_word(one, t) for one in changed.files]
        asks = t("listed-page-asks", count=sum(one.tables for one in read.questions)) if read.questions else ""
        return paragraph(*((count, what) if read.people else ()), *filter(None, files), asks)

    def content(t: Translate) -> str:
        return "".join(
            (
                _questions(read.questions, token, t),
                _faults(read.faults, t),
                _rows(read.bad, read.bad_rows, t),
                _items(t("listed-page-remarks"), _remarks(read.people, t)),
                _items(t("listed-page-notes"), (note_word(one, t) for one in read.notes)),
                paragraph(t("listed-page-back")) if read.people else "",
            )
        )

    return page.page(200, content, said=said)


def _questions(questions: Sequence[ColumnQuestion], token: str, t: Translate) -> str:
    """A form of its own: the answers are remembered, and the file is read with them when it comes again."""
    if not questions:
        return ""
    return (
        f'<form method="post" action="{escape(PEOPLE + token)}" data-columns="{escape(t("listed-script-cut"))}">'
        f"{paragraph(t('listed-page-dots'))}{''.join(_question(one, t) for one in questions)}"
        f'<button class="main">{escape(t("listed-page-tell"))}</button></form>'
    )


def _question(one: ColumnQuestion, t: Translate) -> str:
    place = one.place
    where = t("listed-file-sheet", file=place.file, sheet=place.sheet) if place.sheet else place.file
    same = paragraph(t("listed-page-same", count=one.tables - 1)) if one.tables > 1 else ""
    columns = "".join(_column(one, number, t) for number in range(len(one.guesses)))
    return f"<fieldset class='column'><legend>{escape(where)}</legend>{same}{columns}</fieldset>"


def _column(one: ColumnQuestion, number: int, t: Translate) -> str:
    head = one.heads[number] if number < len(one.heads) else ""
    name = t("listed-page-column", number=number + 1, head=head) if head else ""
    name = name or t("listed-page-column-nameless", number=number + 1)
    cells = [row[number] for row in one.rows if number < len(row) and row[number]]
    guess = one.guesses[number] or ColumnMeaning.NOTHING
    options = "".join(
        f'<option value="{meaning}"{" selected" if meaning is guess else ""}>{escape(t(f"listed-meaning-{meaning}"))}'
        "</option>"
        for meaning in ColumnMeaning
    )
    return (
        f'<label>{escape(name)}<span class="soft">{escape(" · ".join(cells))}</span>'
        f'<select name="{one.fingerprint}.{number}">{options}</select></label>'
    )


def _faults(faults: Sequence[ListFileFault], t: Translate) -> str:
    return _items(t("listed-page-faults"), (fault_word(one, t) for one in faults))


def _rows(bad: Sequence[BadListRow], count: int, t: Translate) -> str:
    if not bad:
        return ""
    heads = tuple(map(t, ("listed-page-head-file", "listed-page-head-row", "listed-page-head-why")))
    shown = bad[:_MOST_ROWS]
    named = [
        (
            t("listed-file-sheet", file=one.place.file, sheet=one.place.sheet) if one.place.sheet else one.place.file,
            str(one.place.row),
            t(f"listed-page-why-{one.why}"),
        )
        for one in shown
    ]
    left = max(count, len(bad)) - len(shown)
    more = paragraph(t("listed-page-more", count=left)) if left else ""
    return table(t("listed-page-rows", count=max(count, len(bad))), heads, named) + more


def _remarks(people: Sequence[ListedPerson], t: Translate) -> Iterator[str]:
    found = Counter(remark for one in people for remark in one.remarks)
    for remark, count in sorted(found.items()):
        place = next(one.place for one in people if remark in one.remarks)
        first = t("listed-row", file=place.file, row=place.row)
        yield t("listed-page-remark", remark=t(f"listed-remark-{remark}"), count=count, first=first)


def _items(title: str, texts: Iterator[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<section><p><b>{escape(title)}</b></p><ul>{items}</ul></section>" if items else ""
