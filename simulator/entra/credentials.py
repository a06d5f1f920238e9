"""Passwords of accounts, and signing in with them as a person does at the sign-in page.

Nobody knows an account's password before it is set for the first time: until then every one is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from simulator.entra.password_policy import objection
from simulator.store.tenant import Row

MOST_FAILURES = 10
LOCKED_SECONDS = 60.0


class Outcome(StrEnum):
    """How an attempt to sign in ends."""

    UNKNOWN_USER = "unknown-user"
    LOCKED = "locked"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 -- an outcome
    DISABLED = "disabled"
    MUST_CHANGE = "must-change"
    NEW_PASSWORD_REFUSED = "new-password-refused"  # noqa: S105 -- same
    SIGNED_IN = "signed-in"


class By(StrEnum):
    """Who set a password."""

    GRAPH = "graph"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Credential:
    """A password that is valid now, and whether the next sign-in must replace it."""

    password: str = field(repr=False)
    must_change: bool


@dataclass(slots=True)
class Attempts:
    """Failures in a row, and until when (seconds of a steady clock) nobody gets in."""

    failures: int = 0
    locked_until: float = 0.0


@dataclass(slots=True)
class Credentials:
    """What the sign-in page knows. `accepted` and `refused` remember every password somebody tried to set."""

    accepted: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    _valid: dict[int, Credential] = field(default_factory=dict)
    _attempts: dict[int, Attempts] = field(default_factory=dict)

    def remember(self, user: Row, password: str, *, force_change: bool, by: By, accepted: bool) -> None:
        """Notes that this password was asked for, for tests that look for it where it must not be."""
        (self.accepted if accepted else self.refused).append(
            {
                "user": user["id"],
                "username": user["upn"],
                "password": password,
                "at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
                "forceChange": force_change,
                "by": by.value,
            }
        )

    def set(self, number: int, password: str | None, *, must_change: bool) -> None:
        """From now on this is the person's password (None: the same as before)."""
        before = self._valid.get(number)
        if password is not None:
            self._valid[number] = Credential(password, must_change)
        elif before is not None:
            self._valid[number] = Credential(before.password, must_change)

    def forget(self) -> None:
        """As at the start."""
        self.accepted.clear()
        self.refused.clear()
        self._valid.clear()
        self._attempts.clear()

    def sign_in(
        self, user: Row, password: str, new_password: str | None, now: float, change: Callable[[str], None]
    ) -> Outcome:
        """One attempt; `change` is called with the password the owner chooses. `now` in seconds of a steady clock."""
        attempts = self._attempts.setdefault(user["n"], Attempts())
        if now < attempts.locked_until:
            return Outcome.LOCKED
        known = self._valid.get(user["n"])
        if known is None or known.password != password:
            return self._failed(attempts, now)
        if not user["enabled"]:
            return Outcome.DISABLED
        attempts.failures = 0
        if new_password is not None:
            nickname = str(user["upn"]).partition("@")[0]
            if new_password == password or objection(new_password, nickname):
                return Outcome.NEW_PASSWORD_REFUSED
            change(new_password)
            return Outcome.SIGNED_IN
        return Outcome.MUST_CHANGE if known.must_change else Outcome.SIGNED_IN

    @staticmethod
    def _failed(attempts: Attempts, now: float) -> Outcome:
        attempts.failures += 1
        if attempts.failures >= MOST_FAILURES:
            attempts.failures, attempts.locked_until = 0, now + LOCKED_SECONDS
        return Outcome.WRONG_PASSWORD
