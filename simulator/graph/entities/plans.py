"""Licences and services of an account, from which one sees whether it is still being created."""

from typing import Any

from simulator.store.tenant import Row

CREATED = "2025-09-01T06:00:00Z"
_SKU_STUDENT = "314c4481-f395-4525-be8b-2ec4bb1e9d91"  # Office 365 A1 for students
_SKU_FACULTY = "94763226-9b3c-4e75-a931-5c89701abe66"  # Office 365 A1 for faculty
_SERVICES = (
    ("exchange", "9aaf7827-d63c-4b61-89c3-182f06f82e5c"),
    ("SharePoint", "0a4983bb-d3e5-4a09-95d8-b2d0127b3df5"),
    ("TeamspaceAPI", "57ff2da0-773e-42df-b2af-ffb7a2317929"),
)


def assigned_licenses(row: Row) -> list[dict[str, Any]]:
    """`assignedLicenses`."""
    if row["role"] not in {"student", "teacher", "director"}:
        return []
    return [{"disabledPlans": [], "skuId": _SKU_STUDENT if row["role"] == "student" else _SKU_FACULTY}]


def assigned_plans(row: Row) -> list[dict[str, Any]]:
    """`assignedPlans`."""
    return [
        {"assignedDateTime": CREATED, "capabilityStatus": "Enabled", "service": service, "servicePlanId": plan}
        for service, plan in _SERVICES
        if assigned_licenses(row)
    ]


def provisioned_plans(row: Row) -> list[dict[str, Any]]:
    """`provisionedPlans`: `Success` once a service can be used, `PendingActivation` while it is being set up."""
    status = "Success" if row["ready"] else "PendingActivation"
    return [
        {"capabilityStatus": "Enabled", "provisioningStatus": status, "service": service}
        for service, _ in _SERVICES
        if assigned_licenses(row)
    ]
