"""The guide as its reader has it: steps, their commands, and what they speak of."""

import re
from dataclasses import dataclass
from pathlib import Path

_STEP = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class GuideStep:
    """`commands`: the lines of its blocks, in order. `text`: all of it."""

    number: int
    title: str
    text: str
    commands: tuple[str, ...]

    def speaks_of(self, name: str) -> bool:
        """Whether a setting, file or word stands in it as code."""
        code = [*self.commands, *re.findall(r"`([^`]+)`", _FENCE.sub("", self.text))]
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", one) for one in code)


def steps_of(guide: Path) -> dict[int, GuideStep]:
    """By number. What comes before the first is step 0."""
    text = guide.read_text(encoding="utf-8")
    heads = [*_STEP.finditer(text)]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found = {0: _step(0, "", text[: heads[0].start()])}
    for head, end in zip(heads, ends, strict=True):
        found[int(head[1])] = _step(int(head[1]), head[2], text[head.end() : end])
    return found


def _step(number: int, title: str, text: str) -> GuideStep:
    commands = [line for block in _FENCE.findall(text) for line in block.splitlines() if line.strip()]
    return GuideStep(number, title, text, tuple(commands))
