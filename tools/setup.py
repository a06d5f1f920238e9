"""Makes the environment from the locks: .venv (Python) and .tools (Node packages). May be stopped and run again.

`.venv/.ready` stands only while both are whole: what a stopped set-up left behind is made again, never repaired.
Runs under the machine's own Python, so it uses the standard library only.
"""

import fcntl
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_FOLDER = ROOT / ".tools"
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
READY = VENV / ".ready"


class SetupError(Exception):
    """A step failed. The message says what to do about it."""


def main() -> int:
    """Runs every step; 0 when the environment stands."""
    try:
        with alone() as waited:
            if not (waited and READY.exists()):
                run_every_step()
    except SetupError as error:
        say(f"Set-up stopped: {error}")
        return 1
    except KeyboardInterrupt:
        say("Set-up stopped. The next `make` begins it again.")
        return 130
    return 0


def run_every_step() -> None:
    """The three steps. Errors: SetupError."""
    say("1/3 Python environment in .venv")
    make_venv()
    READY.unlink(missing_ok=True)
    say("2/3 Python packages, as pinned in requirements*.txt (about a minute the first time)")
    install_python_packages()
    say("3/3 Node packages for the Teams-like client, as pinned in tools/package-lock.json")
    install_node_packages()
    READY.touch()
    say("The environment is ready. `make help` lists what it can do.")


@contextmanager
def alone() -> Iterator[bool]:
    """One set-up at a time: two commands may be started at once in a fresh clone. Gives whether it had to wait."""
    with Path(__file__).open(encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            waited = False
        except BlockingIOError:
            say("Another command is making the environment; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
            waited = True
        yield waited


def make_venv() -> None:
    """A virtual environment of a Python new enough. One that no longer works or was never finished is made again."""
    if READY.exists() and succeeds([str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]):
        return
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists(), symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetupError(
            f"the virtual environment could not be made ({error}). "
            "On Debian and Ubuntu its parts are a package of their own: apt-get install python3-venv"
        ) from error


def install_python_packages() -> None:
    """Everything in the locks, each file checked against its hash. uv does it fast; pip where uv cannot."""
    locks = [argument for lock in LOCKS for argument in ("-r", str(lock))]
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(locked_block("uv"), encoding="utf-8")
        if succeeds([*pip, "--no-deps", "-r", str(only_uv)]):
            uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
            if succeeds([*uv, *locks]):
                return
            say("    uv could not install them; pip tries the same (slower)")
    if not succeeds([*pip, *locks]):
        raise SetupError("the Python packages could not be installed; the lines above say why (no network?)")


def locked_block(name: str) -> str:
    """The lines of one package in the development lock: its pin and its hashes."""
    found = re.search(rf"^{name}==.*?(?=^\S|\Z)", LOCKS[1].read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if not found:
        raise SetupError(f"{name} is not pinned in {LOCKS[1].name}; run `make lock`")
    return found.group()


def install_node_packages() -> None:
    """What tools/package-lock.json pins, checked against its integrity hashes, without running install scripts."""
    NODE_FOLDER.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / "tools" / name, NODE_FOLDER / name)
    npm = subprocess.run(
        [str(PYTHON), "-m", "tools.node", "npm"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if npm.returncode:
        raise SetupError(npm.stderr.strip())
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if not succeeds([*npm.stdout.splitlines(), "ci", *quiet], folder=NODE_FOLDER):
        raise SetupError("npm could not install the Node packages; the lines above say why (no network?)")


def succeeds(command: list[str], folder: Path = ROOT) -> bool:
    """Whether the command exists and ended with 0. What it prints goes to standard error, which is for people."""
    try:
        return subprocess.run(command, cwd=folder, stdout=sys.stderr, check=False).returncode == 0
    except FileNotFoundError:
        return False


def say(text: str) -> None:
    """One line for the person at the terminal. Standard output stays free for what programs read."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
