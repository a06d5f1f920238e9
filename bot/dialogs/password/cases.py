"""The use cases of temporary passwords, and where slips are fetched."""

from dataclasses import dataclass

from bot.core.passwords.class_lists import ListClasses, ListStudents
from bot.core.passwords.follow import CheckPassword, FollowOperation
from bot.core.passwords.request import PreparePassword, RequestPassword
from bot.core.passwords.request_many import CancelJob, ReadJob, RequestMany
from bot.core.passwords.reveal import HandOver, ReportTheft, RevealPassword
from bot.core.passwords.slips import CollectSlips, OfferSlips
from bot.core.usernames.find import FindUsername

SLIPS = "/slips/"
"""The page of printed slips; a token follows."""


def slip_address(public_url: str) -> str:
    """The address of the page of slips, a token to follow; "" for a bot that browsers cannot reach."""
    base = public_url.rstrip("/")
    return base and base + SLIPS


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordCases:
    """The use cases. `slips_at`: `slip_address`."""

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
    offer_slips: OfferSlips
    collect: CollectSlips
    slips_at: str

    @property
    def prints(self) -> bool:
        """Whether slips can be printed at all."""
        return bool(self.slips_at)
