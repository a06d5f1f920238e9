"""The words of a printed slip, ready to be written. This room knows no texts: whoever asks for paper brings them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SlipWords:
    """`steps` tell in order how one signs in for the first time; `moment` writes a day and an hour."""

    heading: str
    class_: str
    username: str
    password: str
    in_parts: str
    reading: str
    typing: str
    signing_in: str
    steps: tuple[str, ...]
    works_from: str
    expires: str
    keep: str
    moment: Callable[[datetime], str]
