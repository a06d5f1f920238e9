"""Logs: one JSON line each on standard error, with every long digit run taken out before it is written.

Logging never raises into who logs: what cannot be formatted is said as far as it goes, what cannot be written is
counted and told when writing works again. Nor does it flood: see `Repeats`.
"""

import json
import logging
import re
import secrets
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from aiohttp.http_exceptions import HttpProcessingError

_GUID = r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
_DIGITS = re.compile(rf"({_GUID})|\d{{9,}}|(?<![0-9a-fA-F-])\d{{6,}}(?![0-9a-fA-F-])")
"""Object and request ids, which stay; then identifiers and anything like them, which do not."""
_LONGEST = 16_000
"""Characters of a message or a traceback; of the latter the end, which says what happened."""

_LINE_ENDS = {end: f"\\u{end:04x}" for end in (0x85, 0x2028, 0x2029)}
"""What some readers take for the end of a line, though JSON does not."""
A_MINUTE = 20
"""So often the same line, or a traceback through the same places, is written within a minute."""
_MINUTE = 60.0
_REMEMBERED = 1000


class Redaction(logging.Filter):
    """Takes digit runs out of the finished message and of tracebacks, wherever they came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, cleaned. Never raises."""
        record.msg, record.args = _cleaned(_message(record))[:_LONGEST], ()
        error = _error(record)
        if isinstance(error, HttpProcessingError):
            # aiohttp quotes the bytes it could not parse: a header line with its token, a piece of a body.
            record.msg, record.exc_info, record.exc_text = f"{record.msg}: {type(error).__name__}", None, None
        if record.exc_info:
            record.exc_text = _cleaned(_traceback(record))[-_LONGEST:]
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = _cleaned(_said(record.exc_text))[-_LONGEST:]
        return True


_Key = TypeVar("_Key", bound=tuple[str, ...])


@dataclass(slots=True)
class _Count:
    since: float
    written: int = 0
    left_out: int = 0


class Repeats(logging.Filter):
    """The same line from the same logger is written `A_MINUTE` times a minute (a record may ask for fewer: its
    attribute `a_minute`); how many were left out is said afterwards. Lines that differ, as by the reference number of
    an apology, are all written, with fewer tracebacks through the same places. Stands behind Redaction.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._lines: OrderedDict[tuple[str, str, str], _Count] = OrderedDict()
        self._tracebacks: OrderedDict[tuple[str, ...], _Count] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written."""
        most = getattr(record, "a_minute", A_MINUTE)
        if not self._counts(self._lines, (record.levelname, record.name, str(record.msg)), most):
            return False
        if record.exc_text:
            places = tuple(line for line in record.exc_text.splitlines() if line.startswith("  File "))
            if not self._counts(self._tracebacks, (record.name, *places), most):
                record.exc_text = None
                record.msg = f"{record.msg} (traceback as before)"
        return True

    def left_out(self) -> Iterator[tuple[str, str, str]]:
        """Of each line whose minute is over: level, logger, and how often it was left out. Told once."""
        now = self._monotonic()
        while self._lines and now - next(iter(self._lines.values())).since >= _MINUTE:
            (level, logger, words), count = self._lines.popitem(last=False)
            if count.left_out:
                yield level, logger, f"{count.left_out} more within a minute: {words}"

    def _counts(self, counts: OrderedDict[_Key, _Count], key: _Key, most: int) -> bool:
        now = self._monotonic()
        count = counts.get(key)
        if count is None or now - count.since >= _MINUTE:
            count = counts[key] = _Count(now)
            counts.move_to_end(key)  # the oldest stand first
            if len(counts) > _REMEMBERED:
                counts.popitem(last=False)
        if count.written >= most:
            count.left_out += 1
            return False
        count.written += 1
        return True


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Never raises."""
        line = {
            "time": _moment(record),
            "level": _said(record.levelname),
            "logger": _said(record.name),
            "message": _message(record),
        }
        if record.exc_text:
            line["traceback"] = _said(record.exc_text)
        written = json.dumps({name: _writable(text) for name, text in line.items()}, ensure_ascii=False)
        return written.translate(_LINE_ENDS)


class Lines(logging.StreamHandler[Any]):
    """Writes cleaned lines to standard error, or to `stream`. Never raises, whatever is logged, wherever it goes."""

    def __init__(self, stream: Any = None, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(sys.stderr if stream is None else stream)
        self._repeats = Repeats(monotonic)
        self._lost = 0
        self.setFormatter(JsonLines())
        self.addFilter(Redaction())
        self.addFilter(self._repeats)

    def handle(self, record: logging.LogRecord) -> bool:
        """As any handler, except that nothing comes out of it."""
        try:
            for level, logger, words in self._repeats.left_out():
                self.emit(_record(logger, level, words))
            return bool(super().handle(record))
        except Exception:  # noqa: BLE001 -- the last wall: a log line must not end what it tells of
            self._lost += 1
            return False

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the line; one that cannot be written is counted."""
        try:
            line = self.format(record) + self.terminator
            if self._lost:
                said = f"{self._lost} lines could not be written"
                line = self.format(_record(__name__, "WARNING", said)) + self.terminator + line
            self.stream.write(line)
            self.flush()
        except Exception:  # noqa: BLE001 -- full disk, closed pipe, closed stream
            self._lost += 1
        else:
            self._lost = 0


def redacted(text: str) -> str:
    """The text with long digit runs replaced by dots."""
    return _DIGITS.sub(lambda found: found[1] or "•••", text)


def new_reference(draw: Callable[[], str] = lambda: secrets.token_hex(4)) -> str:
    """What names a failure to the person and in the log: eight hexadecimal digits, not all of them decimal ones,
    which would be taken out of the log as an identifier.
    """
    while (reference := draw().upper()).isdecimal():
        pass
    return reference


def set_up(level: int = logging.INFO) -> None:
    """Installs the handler at the root; the libraries that log request lines are quietened."""
    logging.setLogRecordFactory(_made)
    root = logging.getLogger()
    root.handlers[:] = [Lines()]
    root.setLevel(level)
    for noisy in ("aiohttp.access", "msal", "urllib3", "botbuilder", "botframework", "alembic", "sqlalchemy.engine"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _made(*values: object, **more: object) -> logging.LogRecord:
    """A record. The standard one asks a single argument whether it is empty, and raises if that does."""
    try:
        return logging.LogRecord(*values, **more)  # type: ignore[arg-type]  # handed on as they came
    except Exception:  # noqa: BLE001 -- see above
        name, level, path, _, message, *_ = values
        return logging.LogRecord(
            _said(name), level if isinstance(level, int) else logging.ERROR, _said(path), 0, message, (), None
        )


def _record(logger: str, level: str, words: str) -> logging.LogRecord:
    return logging.LogRecord(
        logger, logging.getLevelNamesMapping().get(level, logging.WARNING), "", 0, words, (), None
    )


def _message(record: logging.LogRecord) -> str:
    """The finished message; of one that cannot be finished, its parts."""
    try:
        return str(record.getMessage())
    except Exception as error:  # noqa: BLE001 -- a slip in a library's log call must not end a turn
        arguments = record.args if isinstance(record.args, tuple) else (record.args,)
        parts = " ".join(map(_said, arguments))
        return f"{_said(record.msg)} [{parts}] (not formatted: {type(error).__name__})"


def _error(record: logging.LogRecord) -> object:
    return record.exc_info[1] if isinstance(record.exc_info, tuple) and len(record.exc_info) > 1 else None


def _traceback(record: logging.LogRecord) -> str:
    try:
        return logging.Formatter().formatException(record.exc_info)  # type: ignore[arg-type]  # what is none raises
    except Exception as error:  # noqa: BLE001 -- see _message
        return f"{_said(_error(record))} (no traceback: {type(error).__name__})"


def _moment(record: logging.LogRecord) -> str:
    try:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    except Exception:  # noqa: BLE001 -- a time that is none
        return _said(record.created)


def _said(value: object) -> str:
    """The value in words, or at least what it is."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 -- its own __str__ fails
        return f"<{type(value).__name__}>"


def _cleaned(text: str) -> str:
    try:
        return redacted(text)
    except Exception:  # noqa: BLE001 -- then nothing of it is written
        return "<not readable>"


def _writable(text: str) -> str:
    """Half a character (a lone surrogate) has no place in UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
