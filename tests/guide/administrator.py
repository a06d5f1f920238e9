"""The administrator of the guide: does each step as it is written, and knows nothing else.

A command of the guide is run as it stands, its placeholders filled in. Every command of a step must be walked, and a
setting may be filled in only where its step speaks of it or the doctor printed it. What is done is in `walk.py`.
"""

import asyncio
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.guide.compose import Compose
from tests.guide.microsoft import Microsoft
from tests.guide.reading import GuideStep
from tests.guide.transcript import Transcript

COMPOSE = "docker compose -f deploy/compose.yaml"
DOCTOR = f"{COMPOSE} run --rm worker doctor"
PILOT = "2990001"
ENGLISH = f"{DOCTOR} --language en --school {PILOT}"
NOTHING_TO_MEND = "There is nothing to mend."


class Astray(AssertionError):
    """The guide led somewhere else than it says."""


@dataclass(slots=True)
class Administrator:
    """`root`: the clone, once step 1 was done. `environment`: of the shell in which commands are run."""

    root: Path
    guide: Mapping[int, GuideStep]
    microsoft: Microsoft
    compose: Compose
    transcript: Transcript
    environment: Mapping[str, str]
    at: GuideStep = field(default_factory=lambda: GuideStep(0, "", "", ()))
    printed: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    _walked: list[tuple[int, str]] = field(default_factory=list)

    @contextmanager
    def step(self, number: int) -> Iterator[GuideStep]:
        """From now on this step is read. Errors: Astray when one of its commands was not walked."""
        self.at = self.guide[number]
        self.transcript.section(f"{number}. {self.at.title}")
        yield self.at
        if left := [line for line in self.at.commands if self._left(line)]:
            raise Astray(f"step {number}: nobody walked {left}")

    def take(self, beginning: str) -> str:
        """The next command of this step that begins so; it counts as walked. Errors: Astray."""
        line = next((one for one in self.at.commands if one.startswith(beginning) and self._left(one)), None)
        if line is None:
            raise Astray(f"step {self.at.number} has no command {beginning!r}")
        self._walked.append((self.at.number, line))
        return line

    def _left(self, line: str) -> bool:
        return self._walked.count((self.at.number, line)) < self.at.commands.count(line)

    async def run(self, beginning: str, *, filled: str = "", typed: str = "", code: int | None = 0) -> str:
        """The next command of this step that begins so, filled in as `filled`. What it said."""
        line = self.take(beginning)
        return await self.again(filled or line, typed=typed, code=code)

    async def again(self, command: str, *, typed: str = "", code: int | None = 0, shown: bool = True) -> str:
        """A command that stands in the words of this step, or stood in a block before. Errors: Astray."""
        got, said = await asyncio.to_thread(self._done, command, typed)
        if shown:
            self.transcript.ran(command, said)
        if code is not None and got != code:
            raise Astray(f"step {self.at.number}: {command}\nexit code {got}\n{said}")
        return said

    def skip(self, beginning: str, instead: str) -> None:
        """A command that cannot be run here, and what was done in its place."""
        self.transcript.skipped(self.take(beginning), instead)

    def said_here(self, words: str) -> str:
        """Words that the step must have as code, for what is done by them. Errors: Astray."""
        if not self.at.speaks_of(words):
            raise Astray(f"step {self.at.number} does not speak of {words}")
        return words

    def fill(self, file: str, values: Mapping[str, str]) -> None:
        """Settings, as the operator writes them into the copied example. Errors: Astray where nobody said so."""
        path = self.root / "deploy" / file
        text = path.read_text(encoding="utf-8")
        for name, value in values.items():
            if name not in self.printed:
                self.said_here(name)
            line = f"{name}={value}".replace("\\", "\\\\")
            text, count = re.subn(rf"^#?{name}=.*$", line, text, flags=re.MULTILINE)
            if count != 1:
                raise Astray(f"{path.name} has {count} lines for {name}")
            self.transcript.filled(f"deploy/{file}", name, "•••" if "PASSWORD" in name else value)
        path.write_text(text, encoding="utf-8")

    async def examine(self, said: str) -> str:
        """Sets what the doctor printed, and asks it again until nothing is left. Errors: Astray. What it said last."""
        for _ in range(3):
            if NOTHING_TO_MEND in said:
                return said
            printed = dict(re.findall(r"^([A-Z_]+)=(.*)$", said.partition("Settings to set:")[2], re.MULTILINE))
            if not printed:
                break
            self.printed |= printed
            self.fill("settings.env", printed)
            await self.again(f"{COMPOSE} up --detach")
            said = await self.again(ENGLISH, code=None)
        raise Astray(f"the doctor is not content: {said}")

    def _done(self, command: str, typed: str) -> tuple[int, str]:
        if command.startswith(COMPOSE):
            return self.compose(shlex.split(command.removeprefix(COMPOSE)), typed)
        port = self.compose.ports.get("web", 0)
        command = command.replace("curl http://127.0.0.1:3978", f"curl --silent --show-error http://127.0.0.1:{port}")
        # Nothing is installed anew because a copied file looks newer.
        command = re.sub(r"\bmake (?=provision|package)", "make -o .venv/.ready ", command)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.root,
            env=dict(self.environment),
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout


def finding(said: str, number: int) -> str:
    """The lines of one check, as the doctor said them."""
    lines = re.search(rf"^ ?{number} [✓!✗–].*\n(?:     .*\n)*", said, re.MULTILINE)
    return lines.group() if lines else ""
