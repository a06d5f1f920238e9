"""Where the product does not take a real tenant yet."""

from collections.abc import Mapping

NOT_YET: Mapping[str, str] = {
    "without_grade": "a parent of a young student without a grade is refused, a first-grader gets no short password",
    "without_address": "a regional office sees no request: a school's region is read from its address alone",
    "expansions": "a look-up and a move name two relations in one $expand, and are refused",
    "sites_by_grant": "the register's list is looked for below /users/{id}/drive, where no grant of a site counts",
    "members": "deploy/permissions.json does not ask for Member.Read.Hidden: nobody's classes can be compared",
    "reading_to_enable": "the writer has no User.Read.All: a moved student's account stays disabled",
}
"""Parts of the simulator's profile `real` in which the tenant of the demo and of the tests stays kind, and why."""
