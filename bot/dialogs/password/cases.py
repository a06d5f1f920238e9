"""What the conversation about passwords works with: its use cases, and how long its cards live."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.core.passwords.class_lists import ListClasses, ListStudents
from bot.core.passwords.follow import CheckPassword, FollowOperation
from bot.core.passwords.prepare import PreparePassword
from bot.core.passwords.request import RequestPassword
from bot.core.passwords.request_many import CancelJob, ReadJob, RequestMany
from bot.core.passwords.reveal import HandOver, ReportTheft, RevealPassword
from bot.core.passwords.slips import OfferSlips
from bot.core.usernames.find import FindUsername

STEP_LIFETIME = timedelta(minutes=10)
"""From the person's card to the password: a step left standing on an unlocked computer leads nowhere. Source: the
abuse case "stolen session of a director" (SECURITY.md).
"""

RECEIPT_LIFETIME = timedelta(hours=12)
"""Noting that a password was handed over, and looking whether it works: the director goes to the student first, and
neither opens anything.
"""

JOB_LIFETIME = timedelta(hours=2)
"""A class: as long as what was made for it can be printed (`Timing.unseen_minutes_many`, docs/adr/0051)."""

SLIPS = "/slips/"
"""The page of printed slips; a token follows."""

SlipUrl = Callable[[str], str]
"""The address under which the slips of a token are fetched."""


def slip_address(public_url: str) -> SlipUrl | None:
    """Under which address a token's slips are fetched; None for a bot that browsers cannot reach."""
    base = public_url.rstrip("/")
    return (lambda token: f"{base}{SLIPS}{token}") if base else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordCases:
    """The use cases."""

    find: FindUsername
    prepare: PreparePassword
    request: RequestPassword
    reveal: RevealPassword
    hand_over: HandOver
    report_theft: ReportTheft
    follow: FollowOperation
    check: CheckPassword
    classes: ListClasses
    students: ListStudents
    many: RequestMany
    cancel: CancelJob
    job: ReadJob
    slips: OfferSlips
