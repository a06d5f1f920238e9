"""`microsoft.graph.user`: the account as the directory sees it."""

# ruff: noqa: SIM905 -- lists of words are read as words

import re
from typing import Any

from simulator.graph.entities.plans import CREATED, assigned_licenses, assigned_plans, provisioned_plans
from simulator.graph.odata.entity import Entity, Value
from simulator.people.directory_names import IDENTIFIER_EXTENSION, ROLE_EXTENSION
from simulator.store.tenant import Row

SIGN_IN_ACTIVITY = "signInActivity"
"""Shown only to who may read the logs of sign-ins."""

_EMPTY = (
    "aboutMe ageGroup authorizationInfo birthday city companyName consentProvidedForMinor country creationType "
    "customSecurityAttributes department deviceEnrollmentLimit employeeHireDate employeeId employeeLeaveDateTime "
    "employeeOrgData employeeType externalUserState externalUserStateChangeDateTime faxNumber hireDate "
    "isManagementRestricted isResourceAccount jobTitle legalAgeGroupClassification "
    "mailboxSettings mobilePhone mySite officeLocation onPremisesDistinguishedName onPremisesDomainName "
    "onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime onPremisesSamAccountName "
    "onPremisesSecurityIdentifier onPremisesUserPrincipalName passwordPolicies passwordProfile "
    "postalCode preferredDataLocation preferredLanguage preferredName print securityIdentifier showInAddressList "
    "state streetAddress"
).split()
_EMPTY_LISTS = (
    "businessPhones identities imAddresses interests licenseAssignmentStates onPremisesProvisioningErrors otherMails "
    "pastProjects proxyAddresses responsibilities schools serviceProvisioningErrors skills"
).split()


def nothing(row: Row) -> None:
    """A property the tenant does not fill."""


def no_items(row: Row) -> list[Any]:  # noqa: ARG001 -- same
    """A collection the tenant does not fill."""
    return []


def mail_nickname(row: Row) -> str:
    """The part of the user principal name before the @: a student's ЛОН, a school's code."""
    return str(row["upn"]).partition("@")[0]


NAMES: dict[str, Value] = {
    "id": lambda row: row["id"],
    "accountEnabled": lambda row: bool(row["enabled"]),
    "displayName": lambda row: row["display"],
    "givenName": lambda row: row["given"],
    "surname": lambda row: row["family"],
    "mail": lambda row: row["upn"],
    "mailNickname": mail_nickname,
    "userPrincipalName": lambda row: row["upn"],
    "userType": lambda row: row["user_type"] or "Member",
    "usageLocation": lambda row: "BG",  # noqa: ARG005 -- same
    "assignedLicenses": assigned_licenses,
    "assignedPlans": assigned_plans,
    "provisionedPlans": provisioned_plans,
}
"""What `user` and `educationUser` have in common."""


def _sign_in_activity(row: Row) -> dict[str, str] | None:
    """Nothing for somebody who never tried to sign in."""
    if not row["tried_to_sign_in"]:
        return None
    return {"lastSignInDateTime": row["tried_to_sign_in"], "lastSuccessfulSignInDateTime": row["signed_in"]}


def _extension(row: Row, name: str) -> str | None:
    values = {ROLE_EXTENSION: row["extension_role"], IDENTIFIER_EXTENSION: row["extension_identifier"]}
    value: str | None = values.get(name)
    return value


USER_ENTITY = Entity(
    name="microsoft.graph.user",
    properties={
        **dict.fromkeys(_EMPTY, nothing),
        **dict.fromkeys(_EMPTY_LISTS, no_items),
        **NAMES,
        "createdDateTime": lambda row: row["created"] or CREATED,
        # An account begins with a password nobody was told, made with it.
        "lastPasswordChangeDateTime": lambda row: row["password_changed"] or row["created"] or CREATED,
        "onPremisesSyncEnabled": lambda row: bool(row["synced"]) or None,  # never synchronised: null
        SIGN_IN_ACTIVITY: _sign_in_activity,
        "signInSessionsValidFromDateTime": lambda row: row["sessions_from"] or CREATED,
    },
    default=(
        "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation",
        "preferredLanguage", "surname", "userPrincipalName", "id",
    ),
    dynamic=re.compile(r"extension_[0-9a-f]{32}_\w+"),
    dynamic_value=_extension,
)  # fmt: skip
