"""The people of the tenant, as the core asks for them. Errors of all calls that ask: DirectoryError and its kinds."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.people.model import Person, School, SchoolClass


class AccountIds(Protocol):
    """Accounts, whether or not the roster knows them: a school's own account need not be in it."""

    async def account_id(self, username: str) -> str | None:
        """The object id of the account with this full user principal name."""
        ...


class PeopleById(Protocol):
    """One person, by object id."""

    async def find_by_id(self, object_id: str) -> Person | None:
        """The account with this object id; with schools and teams. One request."""
        ...


class PeopleOfSchool(Protocol):
    """The people of one school."""

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        """Everybody of one school, without teams. Paged; may be minutes old."""
        ...


class ClassesOfSchool(Protocol):
    """The classes of one school."""

    async def classes_of(self, school: School) -> tuple[SchoolClass, ...]:
        """Sorted by grade, then letter; at most five minutes old."""
        ...


class PeopleByUsername(Protocol):
    """One person, by username."""

    async def find_by_username(self, username: str) -> Person | None:
        """The account with this full user principal name; with schools and teams. One request."""
        ...


class Directory(AccountIds, PeopleById, PeopleByUsername, PeopleOfSchool, Protocol):
    """All of it. None of its calls writes."""

    async def find_by_identifier(self, forms: Sequence[str]) -> tuple[Person, ...]:
        """Every account whose student or teacher identifier equals one of the stored forms; with schools and teams.

        One request. The identifiers travel in a request body, never in a URL.
        """
        ...

    async def with_teams(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """The same people (at most 20) with their teams read. One request."""
        ...
