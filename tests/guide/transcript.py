"""What happened in a walk, as it is kept in docs/guide-transcript.md."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST_LINES = 46
_WIDEST = 200


@dataclass(slots=True)
class Transcript:
    """Entries in order. `hidden`: what stands for words of this machine."""

    parts: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    _examined: bool = False

    def section(self, title: str) -> None:
        """A step of the guide begins, or something after it."""
        self.parts.append(f"## {title}")

    def skipped(self, line: str, instead: str) -> None:
        """A command of the guide that was not run, and what was done in its place."""
        self.parts.append(f"```\n$ {self._clean(line)}\n```")
        self.told(f"*Not run.* {instead}")

    def ran(self, line: str, said: str) -> None:
        """A command as it was filled in. The doctor's answer is whole the first time, later only what is not right."""
        if " doctor" in line:
            shown = self._lines(said if not self._examined else _not_right(said), most=1000)
            self._examined = True
        else:
            shown = self._lines(said)
        self.parts.append("```\n" + "\n".join([f"$ {self._clean(line)}", *shown]) + "\n```")

    def filled(self, file: str, name: str, value: str) -> None:
        """A setting that the step says to fill in."""
        self.parts.append(f"- `{file}`: `{name}={self._clean(value)}`")

    def told(self, words: str) -> None:
        """What was done or seen, in words."""
        self.parts.append(self._clean(words))

    def instead(self, page: str, what: str) -> None:
        """A page of a portal, and what was done in its place."""
        self.parts.append(f"- *Instead of* {page}: {self._clean(what)}")

    def said(self, who: str, what: str, came: str, *, lines: int = 12) -> None:
        """Somebody's turn in the chat."""
        shown = self._lines(came, most=lines)
        self.parts.append("```\n" + "\n".join([f"{who}: {what}", *(f"    {one}" for one in shown)]) + "\n```")

    def text(self, head: str) -> str:
        """The whole page."""
        return head.rstrip() + "\n\n" + "\n\n".join(_joined(self.parts)) + "\n"

    def _lines(self, said: str, most: int = _MOST_LINES) -> list[str]:
        lines = [_short(self._clean(line.rstrip())) for line in said.strip("\n").splitlines()]
        lines = [line for line in lines if line.strip(".+*-")]
        if len(lines) <= most:
            return lines
        end = most // 4
        return [*lines[: most - end], f"… ({len(lines) - most} lines)", *lines[len(lines) - end :]]

    def _clean(self, line: str) -> str:
        for word, shown in sorted(self.hidden.items(), key=lambda pair: -len(pair[0])):
            line = line.replace(word, shown)
        return re.sub(r"127\.0\.0\.1:\d{5}", "127.0.0.1:PORT", line)


def _short(line: str) -> str:
    return line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…"


def _not_right(said: str) -> str:
    """The doctor's answer with the findings that are right left out, but for checks that write."""
    kept: list[str] = []
    for block in re.split(r"^(?= ?\d+ [✓!✗–] )", said, flags=re.MULTILINE):
        head, *findings = re.split(r"^(?=     [✓!✗–] )", block, flags=re.MULTILINE)
        shown = [one for one in findings if not one.startswith("     ✓") or head.startswith("21")]
        kept += [head, *shown] if shown or not findings else [head.rstrip() + " …\n", *_after(findings[-1])]
    return "".join(kept)


def _after(finding: str) -> list[str]:
    """What follows the last finding: the summary."""
    lines = finding.splitlines(keepends=True)
    return [line for line in lines if not line.startswith("     ")]


def _joined(parts: Sequence[str]) -> list[str]:
    """Points of one list stand together."""
    found: list[str] = []
    for part in parts:
        if found and part.startswith("- ") and found[-1].startswith("- "):
            found[-1] += f"\n{part}"
        else:
            found.append(part)
    return found
