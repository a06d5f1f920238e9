"""Logs: one JSON line each on standard error, with every long digit run taken out before it is written."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from aiohttp.http_exceptions import HttpProcessingError

_GUID = r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
_DIGITS = re.compile(rf"({_GUID})|\d{{9,}}|(?<![0-9a-fA-F-])\d{{6,}}(?![0-9a-fA-F-])")
"""Object and request ids, which stay; then identifiers and anything like them, which do not."""


class Redaction(logging.Filter):
    """Takes digit runs out of the finished message and of tracebacks, wherever they came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, cleaned."""
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info and isinstance(record.exc_info[1], HttpProcessingError):
            # aiohttp quotes the bytes it could not parse: a header line with its token, a piece of a body.
            record.msg, record.exc_info, record.exc_text = (
                f"{record.msg}: {type(record.exc_info[1]).__name__}",
                None,
                None,
            )
        if record.exc_info:
            record.exc_text = redacted(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def redacted(text: str) -> str:
    """The text with long digit runs replaced by dots."""
    return _DIGITS.sub(lambda found: found[1] or "•••", text)


def set_up(level: int = logging.INFO) -> None:
    """Installs the handler at the root; the libraries that log request lines are quietened."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(Redaction())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiohttp.access", "msal", "urllib3", "botbuilder", "botframework", "alembic", "sqlalchemy.engine"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
