"""The operations, one file each kind. A new one is a file with `ROUTES` and a line here."""

from simulator.graph.operations import (
    accounts,
    app_roles,
    education_classes,
    education_schools,
    education_users,
    enrolments,
    installed_apps,
    memberships,
    users,
)
from simulator.graph.route import Route

ROUTES: tuple[Route, ...] = (
    *users.ROUTES,
    *accounts.ROUTES,
    *memberships.ROUTES,
    *app_roles.ROUTES,
    *education_users.ROUTES,
    *education_schools.ROUTES,
    *education_classes.ROUTES,
    *enrolments.ROUTES,
    *installed_apps.ROUTES,
)
