"""What lists of accounts need from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from bot.core.lists.model import AccountList, Columns


@dataclass(frozen=True, slots=True)
class ListUpload:
    """A form as a browser sent it, not looked into yet: an open file with its bytes, and its media type."""

    content: BinaryIO = field(repr=False)
    media_type: str


class AccountListReader(Protocol):
    """Reads lists of accounts: hostile until read. Errors: ListUnusable."""

    async def read(
        self,
        files: Mapping[str, bytes] | ListUpload,
        *,
        school_code: str,
        dated: datetime,
        columns: Mapping[str, Columns],
    ) -> AccountList:
        """What the files say of this school. `columns`: answers to earlier questions, by fingerprint."""
        ...
