"""What the doctor prints: lines for a person, or one JSON object. Nothing secret or personal passes here."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.runtime.doctor.checks import Check, settings_to_set
from bot.runtime.doctor.examination import Finding, Phrase, Status, worst
from bot.runtime.logs import redacted
from bot.texts.catalog import Translate

MARKS = {Status.OK: "✓", Status.WARN: "!", Status.FAIL: "✗", Status.SKIPPED: "–"}
_LONGEST = 2000
_HIDDEN = "•••"


@dataclass(slots=True)
class Report:
    """The findings so far, by name of the check."""

    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def code(self) -> int:
        """0 nothing to mend, 1 something, 2 it did not come to its end."""
        if self.interrupted:
            return 2
        return int(any(one.to_mend for findings in self.found.values() for one in findings))


class Telling:
    """Words in one language. `secrets` are values that must never be printed, whoever quotes them."""

    def __init__(self, voice: Translate, secrets: Collection[str] = ()) -> None:
        self._voice = voice
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def words(self, text: Phrase) -> str:
        """One line: cleaned of secrets, of runs of digits (ids of six and more), of line ends."""
        told = " ".join(self._voice(text.text_id, **text.args).split())[:_LONGEST]
        for secret in self._secrets:
            told = told.replace(secret, _HIDDEN)
        return redacted(told)

    def check(self, check: Check, findings: tuple[Finding, ...]) -> str:
        """The lines of one check."""
        lines = [f"{check.number:>2} {MARKS[worst(findings)]} {self.words(check.title)}"]
        for one in findings:
            lines += [f"     {MARKS[one.status]} {self._label('asked')} {self.words(one.asked)}"]
            lines += [f"       {self._label('came')} {self.words(one.came)}"]
            lines += [f"       {self._label('meaning')} {self.words(one.meaning)}"]
            if one.mend is not None:
                lines += [f"       {self._label('mend')} {self.words(one.mend)}"]
            lines += [f"       {name}={value}" for name, value in one.settings.items()]
        return "\n".join(lines)

    def summary(self, report: Report) -> str:
        """The last lines: how it is, and what to set."""
        counts = self._counts(report)
        lines = [self._voice("summary", **counts)]
        if to_set := settings_to_set(report.found):
            lines += [self._voice("summary-settings"), *(f"{name}={value}" for name, value in to_set.items())]
        lines.append(self._voice(("summary-good", "summary-mend", "summary-interrupted")[report.code]))
        return "\n".join(lines)

    def json(self, report: Report, made: tuple[Check, ...]) -> str:
        """The same for programs. `version` changes when a name does."""
        return json.dumps(
            {
                "version": 1,
                "exit": report.code,
                "interrupted": report.interrupted,
                "summary": self._counts(report),
                "settings": settings_to_set(report.found),
                "checks": [self._as_json(one, report.found[one.name]) for one in made if one.name in report.found],
            },
            ensure_ascii=False,
            indent=1,
        )

    def _as_json(self, check: Check, findings: tuple[Finding, ...]) -> Mapping[str, object]:
        return {
            "number": check.number,
            "name": check.name,
            "title": self.words(check.title),
            "status": worst(findings).value,
            "findings": [
                {
                    "status": one.status.value,
                    "asked": self.words(one.asked),
                    "came": self.words(one.came),
                    "meaning": self.words(one.meaning),
                    "mend": None if one.mend is None else self.words(one.mend),
                    "to_mend": one.to_mend,
                    "settings": dict(one.settings),
                }
                for one in findings
            ],
        }

    @staticmethod
    def _counts(report: Report) -> dict[str, int]:
        states = [
            "mend" if any(one.to_mend for one in findings) else worst(findings).value
            for findings in report.found.values()
        ]
        return {name: states.count(name) for name in ("ok", "warn", "mend", "skipped")}

    def _label(self, name: str) -> str:
        return self._voice(f"label-{name}")
