"""The operations, one file each kind. A new one is a file with `ROUTES` and a line here."""

from simulator.graph.operations import (
    accounts,
    app_roles,
    class_writes,
    drives,
    education_classes,
    education_schools,
    education_users,
    enrolments,
    groups,
    installed_apps,
    memberships,
    provisioning,
    sites,
    tenant_facts,
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
    *groups.ROUTES,
    *class_writes.ROUTES,
    *sites.ROUTES,
    *tenant_facts.ROUTES,
    *drives.ROUTES,
    *provisioning.ROUTES,
)
