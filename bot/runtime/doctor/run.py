"""`python app.py doctor`: the whole examination, from the options to the exit code."""

import argparse
import asyncio
import logging
import os
import re
import signal
import ssl
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import aiohttp

from bot.core.errors import DirectoryError
from bot.graph.identities import is_school_code
from bot.runtime.doctor.checks import Check, checks
from bot.runtime.doctor.examination import Examination, Finding, Outside, examination, said, skipped, wrong
from bot.runtime.doctor.looking import look
from bot.runtime.doctor.permissions import PermissionsUnreadable
from bot.runtime.doctor.telling import Report, Telling
from bot.runtime.parsing import host_of
from bot.runtime.settings import MICROSOFT_LOGIN, Settings, SettingsError
from bot.teams.options import ConfigurationError
from bot.texts.catalog import DEFAULT_LANGUAGE, LANGUAGES, Catalog, Translate

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DOMAIN = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?")
_SECRETS = ("APP_PASSWORD", "GRAPH_CLIENT_SECRET", "GRAPH_WRITER_CLIENT_SECRET", "DATABASE_URL")

Print = Callable[[str], None]
Confirm = Callable[[str], str]


def words(language: str) -> Translate:
    """The doctor's own texts."""
    return Catalog.load(Path(__file__).parent).speak(language)


async def doctor(environment: Mapping[str, str], arguments: Sequence[str], outside: Outside | None = None) -> int:
    """0 when nothing is to be mended, 1 when something is, 2 when it could not run to its end."""
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stopped:
        return 2 if stopped.code else 0
    voice = words(options.language)
    telling = Telling(voice, [environment.get(name, "").strip() for name in _SECRETS])
    account = options.reset_test_account
    if account and not _confirmed(voice, account):
        print(voice("reset-unconfirmed"), file=sys.stderr)  # noqa: T201 -- read by who just started it
        return 2
    made, report = checks(account), Report()

    def tell(text: str) -> None:
        if not options.json:
            print(text, flush=True)  # noqa: T201 -- its purpose

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # what libraries and edges log of an attempt is said by the findings
    stop = _stopping()
    try:
        await _examine(
            environment,
            made,
            report,
            lambda one: tell(telling.check(one, report.found[one.name])),
            outside,
            school=options.school,
        )
    except BrokenPipeError:  # who read along has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except asyncio.CancelledError:
        report.interrupted = True
        if (task := asyncio.current_task()) is not None:
            task.uncancel()  # it was taken up here, and is over
    finally:
        logging.disable(before)
        stop()
    tell(telling.summary(report))
    if options.json:
        print(telling.json(report, made))  # noqa: T201 -- same
    return report.code


async def _examine(
    environment: Mapping[str, str],
    made: Sequence[Check],
    report: Report,
    told: Callable[[Check], None],
    outside: Outside | None,
    *,
    school: str,
) -> None:
    first, *others = made
    given, about_tenant = await _with_tenant(environment)
    try:
        settings = Settings.read(given)
        opened = examination(settings, outside or Outside(), school)
        async with opened as room:
            report.found[first.name] = (*about_tenant, *await looked_at(first, room))
            told(first)
            for check in others:
                report.found[check.name] = await looked_at(check, room)
                told(check)
    except (SettingsError, ConfigurationError, OSError, ValueError) as error:
        if first.name in report.found:
            raise
        plain = str(error) if isinstance(error, SettingsError | ConfigurationError) else type(error).__name__
        came = said("came-words", words=plain.removeprefix("The bot cannot start:\n"))
        fault = wrong(said("settings-asked"), came, said("settings-wrong"), said("settings-wrong-mend"))
        report.found[first.name] = (*about_tenant, fault)
        told(first)
        for check in others:
            report.found[check.name] = (skipped(check.title, said("skipped-settings")),)
            told(check)


async def looked_at(check: Check, room: Examination) -> tuple[Finding, ...]:
    """The findings of one check, whatever happens in it."""
    if (why := check.hindrance(room.known)) is not None:
        return (skipped(check.title, why),)
    try:
        async with asyncio.timeout(check.seconds):
            return await check.examine(room)
    except TimeoutError:
        came = said("came-slow")
        return (wrong(check.title, came, said("check-slow", seconds=round(check.seconds)), said("network-mend")),)
    except DirectoryError as error:
        came = said("came-words", words=error.code or type(error).__name__)
        return (wrong(check.title, came, said("graph-silent"), said("network-mend")),)
    except PermissionsUnreadable:
        return (wrong(check.title, said("came-none"), said("permissions-unread"), said("permissions-unread-mend")),)
    except Exception as error:  # noqa: BLE001 -- one check that breaks must not hide the findings of the others
        came = said("came-words", words=type(error).__name__)
        return (wrong(check.title, came, said("check-broke"), said("check-broke-mend")),)


async def _with_tenant(environment: Mapping[str, str]) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """The settings, with the tenant's id where only a domain of it was given: people come with the id, and with a
    domain everybody would be refused. The rest is then examined as it will be once that is mended.
    """
    given = environment.get("TENANT_ID", "").strip()
    if not given or _GUID.fullmatch(given):
        return environment, ()
    authority = environment.get("GRAPH_AUTHORITY", "").strip() or MICROSOFT_LOGIN
    found = None
    if _DOMAIN.fullmatch(given) and host_of(authority):
        found = await _tenant_id(authority, given, environment.get("GRAPH_CA_FILE", "").strip())
    asked, came = said("tenant-id-asked"), said("came-other-form")
    if found is None:
        return environment, (wrong(asked, came, said("tenant-id"), said("tenant-id-mend")),)
    fault = wrong(asked, came, said("tenant-id"), said("tenant-id-found-mend"), {"TENANT_ID": found})
    return {**environment, "TENANT_ID": found}, (fault,)


async def _tenant_id(authority: str, domain: str, ca_file: str) -> str | None:
    url = f"{authority.rstrip('/')}/{domain}/v2.0/.well-known/openid-configuration"
    try:
        trust = ssl.create_default_context(cafile=ca_file) if ca_file else True
    except OSError:
        return None
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        seen = await look(session, url, trust)
    issuer = _GUID.search(str(seen.document.get("issuer", "")))
    return None if issuer is None else issuer.group().lower()


def _confirmed(voice: Translate, account: str) -> bool:
    """Whether whoever asked for the write types the username once more."""
    print(voice("reset-confirm"), end=" ", file=sys.stderr, flush=True)  # noqa: T201 -- a question to the operator
    return sys.stdin.readline().strip().lower() == account.strip().lower()


def _stopping() -> Callable[[], None]:
    """From now on SIGINT and SIGTERM end the examination with what was found; what is given undoes that."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    handled: list[signal.Signals] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(one, lambda: task is not None and task.cancel())
        except (NotImplementedError, RuntimeError, ValueError):  # not the main thread, or not a Unix
            continue
        handled.append(one)

    def undone() -> None:
        for one in handled:
            loop.remove_signal_handler(one)

    return undone


def _school_code(text: str) -> str:
    if text and not is_school_code(text):
        raise argparse.ArgumentTypeError("not the code of a school")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py doctor", description="Looks at the tenant and the settings; changes nothing."
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--language", choices=LANGUAGES, default=DEFAULT_LANGUAGE)
    parser.add_argument(
        "--school", default="", type=_school_code, metavar="CODE", help="look at this school before others"
    )
    parser.add_argument(
        "--reset-test-account",
        default="",
        metavar="USERNAME",
        help="also set a new password, which nobody learns, of this account that nobody needs",
    )
    return parser
