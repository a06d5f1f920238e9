"""Entry point: settings → the bot → web app and worker, or what an operator asks for (`python app.py --help`)."""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot import VERSION

_PROGRAM = "python app.py"
_EXIT_CODES = (
    "Exit codes: 0 done, or stopped as asked; 1 something is not right and was said (audit, clock, doctor, revive); 2"
    " it could not be done: arguments, settings, files or database, said on standard error."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code, see above; wrong arguments, --help and --version end the process (SystemExit)."""
    parser = _parser()
    asked, others = parser.parse_known_args(arguments)
    if asked.command == "doctor":
        from bot.runtime.doctor.run import doctor  # noqa: PLC0415 -- the one needs nothing of the other

        return asyncio.run(doctor(os.environ, others))
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    if asked.command == "audit":
        return _audit(parser, asked)
    if asked.command == "schools":
        from bot.runtime.schools import make_schools  # noqa: PLC0415 -- same

        return make_schools(asked.register, asked.out)
    if asked.command == "clock":
        from bot.runtime.commands import confirm_clock  # noqa: PLC0415 -- same

        return asyncio.run(confirm_clock(os.environ, asked.date))
    if asked.command == "revive":
        from bot.runtime.commands import revive_tasks  # noqa: PLC0415 -- same

        return asyncio.run(revive_tasks(os.environ, asked.kind))
    if asked.command == "restored":
        from bot.runtime.commands import note_restoring  # noqa: PLC0415 -- same

        return asyncio.run(note_restoring(os.environ, asked.database))
    from bot.runtime.settings import Settings, SettingsError  # noqa: PLC0415 -- same

    try:
        Settings.read(os.environ)
    except SettingsError as error:  # said at once: what follows loads everything
        print(error, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
        return 2
    gc.disable()  # until the bot stands (`serve`): nothing that a start makes is garbage, and looking costs a tenth
    from bot.runtime.serve import run  # noqa: PLC0415 -- most of a start is these imports

    return asyncio.run(run(os.environ))


def _audit(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> int:
    """Without a day verified, with one read."""
    if asked.since is None:
        if asked.until or asked.actor or asked.subject or asked.json:
            parser.error("audit reads from a day on: --since YYYY-MM-DD")
        from bot.runtime.commands import verify_audit  # noqa: PLC0415 -- as above

        return asyncio.run(verify_audit(os.environ, asked.anchors, asked.database))
    if asked.anchors or (asked.until is not None and asked.until < asked.since):
        parser.error("audit --since reads: without ANCHOR, and up to the same day or a later one")
    from bot.runtime.audit_reading import AuditWish, read_audit  # noqa: PLC0415 -- as above

    wish = AuditWish(
        since=asked.since, until=asked.until, actor=asked.actor or "", subject=asked.subject or "", as_json=asked.json
    )
    return asyncio.run(read_audit(os.environ, wish, asked.database))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM,
        usage=f"{_PROGRAM} [-h] [--version] [COMMAND ...]",
        description="Without a command: answers Teams and carries out tasks until it is stopped."
        " Settings are environment variables (docs/settings.md).",
        epilog=_EXIT_CODES,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(prog=_PROGRAM, title="commands", dest="command", metavar="COMMAND")
    audit = commands.add_parser(
        "audit",
        help="verify the audit chain, with anchors from the log also its end; with --since: read the audit log",
        description="Without --since: verifies the audit chain. With it: prints the entries, one a line, and records"
        " that they were read. WHO is a username, an object id, another word of the log, or - for somebody who is"
        " typed when asked for (or is the next line of the input): numbers are taken only so.",
    )
    audit.add_argument("anchors", nargs="*", metavar="ANCHOR")
    audit.add_argument("--database", metavar="NAME", help="another one on the same server (PostgreSQL)")
    audit.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="read from this day on")
    audit.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="up to this day, with it")
    audit.add_argument("--actor", type=_who, metavar="WHO", help="what this person did")
    audit.add_argument("--subject", type=_who, metavar="WHO", help="what was done to, or seen of, this person")
    audit.add_argument("--json", action="store_true", help="one JSON object a line")
    clock = commands.add_parser("clock", help="give the word that the machine's clock is right")
    clock.add_argument("date", nargs="*", metavar="YYYY-MM-DD")
    restored = commands.add_parser(
        "restored", help="after a copy was put back: end what may have ended since it was made (deploy/restore.sh)"
    )
    restored.add_argument("--database", metavar="NAME", help="another one on the same server (PostgreSQL)")
    revive = commands.add_parser("revive", help="have tasks that were given up tried again; without KIND: list them")
    revive.add_argument("kind", nargs="?", metavar="KIND")
    schools = commands.add_parser("schools", help="make the file of schools (SCHOOLS_FILE) from the public register")
    schools.add_argument("register", type=Path, metavar="REGISTER.xlsx|REGISTER.csv")
    schools.add_argument("out", type=Path, metavar="OUT.csv")
    # Reads its options itself: they are words of its own room.
    commands.add_parser(
        "doctor", help="look at tenant and settings, say what to mend, change nothing", add_help=False
    )
    return parser


def _who(text: str) -> str:
    if not text.strip():  # an empty variable of a script must not ask for everybody
        raise argparse.ArgumentTypeError("nobody is named")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not a day as 2026-09-15") from None


if __name__ == "__main__":
    sys.exit(main())
