"""What a check finds, without wording: the words are in the `.ftl` files beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Status(StrEnum):
    """How it is. A warning without a way to mend it is a difference that the bot copes with."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and its arguments, in no language yet."""

    text_id: str
    args: Mapping[str, str | int] = field(default_factory=dict)


def said(text_id: str, /, **args: str | int) -> Phrase:
    """A text of this doctor's. That each exists and takes these arguments is tested by reading the code."""
    return Phrase(text_id, args)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `settings` are the variables to set, with their values."""

    status: Status
    asked: Phrase
    came: Phrase
    meaning: Phrase
    mend: Phrase | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def to_mend(self) -> bool:
        """Whether somebody has something to do."""
        return self.status is Status.FAIL or (self.status is Status.WARN and self.mend is not None)


def good(asked: Phrase, came: Phrase, meaning: Phrase) -> Finding:
    """As it should be."""
    return Finding(status=Status.OK, asked=asked, came=came, meaning=meaning)


def differs(
    asked: Phrase, came: Phrase, meaning: Phrase, mend: Phrase | None = None, settings: Mapping[str, str] = _NOTHING
) -> Finding:
    """Other than with other tenants, or less than there could be."""
    return Finding(status=Status.WARN, asked=asked, came=came, meaning=meaning, mend=mend, settings=dict(settings))


def wrong(
    asked: Phrase, came: Phrase, meaning: Phrase, mend: Phrase, settings: Mapping[str, str] = _NOTHING
) -> Finding:
    """Something does not work until it is mended."""
    return Finding(status=Status.FAIL, asked=asked, came=came, meaning=meaning, mend=mend, settings=dict(settings))


def skipped(asked: Phrase, why: Phrase) -> Finding:
    """Not looked at."""
    return Finding(status=Status.SKIPPED, asked=asked, came=said("came-nothing"), meaning=why)


def worst(findings: tuple[Finding, ...]) -> Status:
    """The status of a whole check; skipped only where nothing was looked at."""
    order = (Status.FAIL, Status.WARN, Status.OK, Status.SKIPPED)
    return next((status for status in order if any(one.status is status for one in findings)), Status.SKIPPED)
