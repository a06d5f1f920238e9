"""No identifier reaches a log line, by whatever way it comes; nothing comes out of logging, and it does not flood."""

import asyncio
import io
import json
import logging
import subprocess
import sys

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.runtime import logs
from bot.runtime.logs import A_MINUTE, JsonLines, Lines, Redaction, new_reference, redacted
from demo.stack import ROOT

EGN = "4146054046"


@pytest.fixture
def written():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(Redaction())
    logger = logging.getLogger("test.logs")
    logger.handlers[:] = [handler]
    logger.propagate = False
    return logger, stream


def test_arguments_messages_and_tracebacks_are_cleaned(written):
    logger, stream = written
    logger.warning("asked for %s", EGN)
    logger.warning(f"asked for {EGN} in text")  # noqa: G004
    try:
        raise ValueError(f"student/externalId eq '{EGN}'")
    except ValueError:
        logger.exception("failed with %s", {"id": EGN})

    text = stream.getvalue()
    assert EGN not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 3
    assert "ValueError" in lines[2]["traceback"]


async def test_bytes_that_are_no_http_are_not_quoted(written):
    logger, stream = written
    runner = web.AppRunner(web.Application(logger=logger), access_log=None, logger=logger)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        reader, writer = await asyncio.open_connection(*runner.addresses[0][:2])
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nAuthorization Bearer: the-channels-token\r\n\r\n")
        answer = await reader.read()
        writer.close()
    finally:
        await runner.cleanup()

    assert b"400 Bad Request" in answer
    assert "BadHttpMessage" in stream.getvalue()
    assert "the-channels-token" not in stream.getvalue()


@pytest.mark.parametrize("text", [EGN, f"a{EGN}", f"-{EGN}", f"ЕГН{EGN}", f"ip{EGN}x", f"{EGN[:9]}", f"f{EGN}f"])
def test_long_digit_runs_never_survive(text):
    assert not any(EGN[:9] in part for part in [redacted(text)])


def test_ids_stay_readable():
    line = "request 7d1a3c1e-1234-4000-8000-0a0000000001 status=429 ms=1250"

    assert redacted(line) == line


def test_a_reference_number_survives_the_cleaning():
    drawn = iter(["12345678", "00000000", "1234567a"])

    assert new_reference(lambda: next(drawn)) == "1234567A"
    assert redacted("turn failed, reference 1234567A") == "turn failed, reference 1234567A"
    assert all(redacted(f"reference {one}") == f"reference {one}" for one in (new_reference() for _ in range(2000)))


# Nothing comes out of it


class Hostile:
    """Fails whatever it is asked."""

    def __str__(self) -> str:
        raise RuntimeError("no words")

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        raise RuntimeError("no form")


class Empty(dict):
    """Not even whether it is empty can be asked."""

    def __bool__(self) -> bool:
        raise RuntimeError("who knows")

    __len__ = __bool__


class NoText(str):
    """A text whose words fail."""

    __slots__ = ()

    def __str__(self) -> str:
        raise RuntimeError("no words")


class NotText:
    """Its words are none."""

    def __str__(self) -> str:
        return 1  # type: ignore[return-value]  # noqa: PLE0307

    __repr__ = __str__


class Deep:
    """Asks itself."""

    def __str__(self) -> str:
        return str(self)


class Failing(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


class Broken(io.StringIO):
    """A stream that fails; `error` None: it works again."""

    def __init__(self, error: Exception | None) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        if self.error is not None:
            raise self.error
        return super().write(text)


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001
        return caught


HOSTILE = (Hostile(), Hostile, Empty(a=1), NoText("text"), NotText(), Deep(), Failing(), {"id": EGN}, [Hostile()])
ODD = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(), max_size=20),
    st.sampled_from(["%s", "%d", "%(id)s", "%", "%q", "%s %s", "\ud800", "\x00\n", EGN, f"%s {EGN}", "{}"]),
    st.integers(), st.floats(), st.none(), st.binary(max_size=8), st.booleans(),
)  # fmt: skip
ERRORS = st.one_of(
    st.sampled_from(
        [
            None, True, False, (None, None, None), (1, 2, 3), (), (ValueError,), "error", 0, Hostile(),
            raised(Failing()), raised(ValueError(Hostile())), raised(ValueError(EGN)), raised(KeyError("\udc00")),
            (ValueError, ValueError("no traceback"), None), (ValueError, "no error", "no traceback"),
        ]
    )
)  # fmt: skip


@pytest.fixture
def lines():
    before, propagate = logging.getLogRecordFactory(), logging.getLogger("test.lines").propagate
    logging.setLogRecordFactory(logs._made)
    logger = logging.getLogger("test.lines")
    logger.propagate = False
    now = [0.0]

    def to(stream: object) -> logging.Logger:
        logger.handlers[:] = [Lines(stream, monotonic=lambda: now[0])]
        return logger

    yield to, now
    logging.setLogRecordFactory(before)
    logger.propagate, logger.handlers[:] = propagate, []


@given(message=ODD, arguments=st.lists(ODD, max_size=3), error=ERRORS, extra=ODD)
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_logged_a_line_is_written_and_nothing_raised(lines, message, arguments, error, extra):
    stream = io.StringIO()
    logger = lines[0](stream)

    logger.error(message, *arguments, exc_info=error, extra={"more": extra})

    (line,) = stream.getvalue().splitlines()
    line.encode("utf-8")
    assert {"time", "level", "logger", "message"} <= set(json.loads(line))
    assert EGN not in line


@pytest.mark.parametrize("field", ["created", "levelname", "name", "exc_text", "a_minute", "args", "msg", "exc_info"])
@pytest.mark.parametrize("value", [*HOSTILE[:7], None, float("nan"), 10**400, "\ud800", -1, ()])
def test_a_record_somebody_spoilt_raises_nothing(lines, field, value):
    logger = lines[0](io.StringIO())
    record = logger.makeRecord("test.lines", logging.ERROR, "x.py", 1, "a message", (), None)
    setattr(record, field, value)

    logger.handle(record)
    logger.error("the next one")

    assert "the next one" in logger.handlers[0].stream.getvalue()


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), BrokenPipeError(), ValueError("I/O operation on closed file"),
     UnicodeEncodeError("ascii", "я", 0, 1, "no"), RecursionError(), RuntimeError(), MemoryError()],
)  # fmt: skip
def test_what_cannot_be_written_is_counted_and_told(lines, error):
    stream = Broken(error)
    logger = lines[0](stream)
    for number in range(3):
        logger.error("lost %d", number)
    stream.error = None
    logger.error("written")
    logger.error("and again")

    said = [json.loads(line)["message"] for line in stream.getvalue().splitlines()]
    assert said == ["3 lines could not be written", "written", "and again"]


@pytest.mark.parametrize("stream", [object(), Hostile(), 5])
def test_a_stream_that_is_none_raises_nothing(lines, stream):
    lines[0](stream).error("lost")


def test_a_closed_standard_error_raises_nothing():
    program = (
        "import logging, os, sys; from bot.runtime import logs; logs.set_up(); os.close(2);"
        "logging.getLogger('x').error('lost'); sys.stderr = None; logging.getLogger('x').error('lost %d', 'x');"
        "print('went on')"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout == "went on\n"


def test_a_message_that_cannot_be_finished_says_what_it_can(lines):
    stream = io.StringIO()
    logger = lines[0](stream)
    logger.error("of %d rows %s", "many", EGN)
    logger.error("sent to %s", Hostile())

    first, second = (json.loads(line)["message"] for line in stream.getvalue().splitlines())
    assert first == "of %d rows %s [many •••] (not formatted: TypeError)"
    assert second == "sent to %s [<Hostile>] (not formatted: RuntimeError)"


# Floods


def test_the_same_line_is_written_so_often_a_minute_and_the_rest_is_counted(lines):
    stream = io.StringIO()
    to, now = lines
    logger = to(stream)
    for _ in range(A_MINUTE + 500):
        logger.warning("request refused with %d", 401)
    logger.warning("another")
    now[0] += 61
    logger.warning("request refused with %d", 401)

    said = [json.loads(line)["message"] for line in stream.getvalue().splitlines()]
    assert said == [
        *["request refused with 401"] * A_MINUTE,
        "another",
        "500 more within a minute: request refused with 401",
        "request refused with 401",
    ]


def test_a_record_may_ask_for_fewer(lines):
    stream = io.StringIO()
    logger = lines[0](stream)
    for _ in range(50):
        logger.error("out of descriptors", extra={"a_minute": 1})

    assert len(stream.getvalue().splitlines()) == 1


def test_no_reference_of_an_apology_is_lost_however_many_there_are(lines):
    stream = io.StringIO()
    logger = lines[0](stream)
    references = [new_reference() for _ in range(500)]
    for reference in references:
        try:
            raise KeyError(reference)
        except KeyError:
            logger.exception("unexpected failure, reference %s", reference)

    said = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["message"].split()[3] for line in said] == references
    assert sum("traceback" in line for line in said) == A_MINUTE
    assert said[-1]["message"].endswith("(traceback as before)")


def test_another_place_has_a_traceback_of_its_own(lines):
    stream = io.StringIO()
    logger = lines[0](stream)

    def here() -> None:
        raise KeyError

    def there() -> None:
        raise KeyError

    for place in [here] * 100 + [there]:
        try:
            place()
        except KeyError:
            logger.exception("failed %s", new_reference())

    assert "traceback" in json.loads(stream.getvalue().splitlines()[-1])


def test_what_is_remembered_of_lines_is_bounded(lines):
    logger = lines[0](io.StringIO())
    for number in range(3000):
        logger.warning("line %s", "x" * (number % 50) + chr(0x400 + number))

    assert len(logger.handlers[0]._repeats._lines) <= 1000


def test_a_long_line_is_cut(lines):
    stream = io.StringIO()
    lines[0](stream).error("x" * 1_000_000)

    assert len(stream.getvalue()) < 20_000
