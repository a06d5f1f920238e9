"""How much of a body may come, and what whoever reads it is told when it does not come as it should.

The errors are ValueErrors, too: to a reader that expects a form, no whole form has come.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """Bytes of a body on the wire, and seconds for the whole of it from the end of the head."""

    most: int
    seconds: float


class BodyTooLarge(ValueError):
    """More came than the address takes. Raised where the body is read."""


class BodyLate(ValueError, TimeoutError):
    """It did not come in time. Raised where the body is read."""


class BodyBroken(ValueError, ConnectionError):
    """The other side went away in the middle of it. Raised where the body is read."""
