"""Where the product does not take a real tenant yet."""

from collections.abc import Mapping

NOT_YET: Mapping[str, str] = {
    "without_grade": "a parent of a young student without a grade is refused, a first-grader gets no short password",
    "without_address": "a regional office sees no request: a school's region is read from its address alone",
    "sites_by_grant": "the register's list is looked for below /users/{id}/drive, where no grant of a site counts",
}
"""Parts of the simulator's profile `real` in which the tenant of the demo and of the tests stays kind, and why."""
