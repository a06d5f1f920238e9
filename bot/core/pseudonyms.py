"""What stands for a national identifier wherever one is looked for or kept."""

from typing import Protocol


class Pseudonyms(Protocol):
    """Keyed look-up values for national identifiers (HMAC-SHA-256 with a key outside the database)."""

    def of(self, kind: str, digits: str) -> str:
        """The pseudonym `v1:…` of an identifier."""
        ...
