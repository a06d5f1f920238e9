"""What an account belongs to: class groups, other groups, administrative units (schools), directory roles."""

from simulator.graph.entities.education import GROUP
from simulator.graph.entities.user import USER_ENTITY, no_items, nothing
from simulator.graph.odata.entity import Entity, Value

_OTHER_GROUP: dict[str, Value] = {
    **GROUP.properties,
    "groupTypes": no_items,
    "isAssignableToRole": lambda row: bool(row["assignable"]),
    "mail": nothing,
    "mailEnabled": lambda row: False,  # noqa: ARG005 -- a property is asked of a row, even when it is constant
    "mailNickname": lambda row: str(row["id"])[:8],
    "resourceProvisioningOptions": no_items,
    "securityEnabled": lambda row: True,  # noqa: ARG005 -- same
    "visibility": nothing,
}
_ROLE: dict[str, Value] = {
    "id": lambda row: row["id"],
    "deletedDateTime": nothing,
    "description": nothing,
    "displayName": lambda row: row["name"],
    "roleTemplateId": lambda row: row["template"],
}
_UNIT: dict[str, Value] = {
    "id": lambda row: row["id"],
    "deletedDateTime": nothing,
    "description": nothing,
    "displayName": lambda row: row["name"],
    "isMemberManagementRestricted": nothing,
    "membershipRule": nothing,
    "membershipRuleProcessingState": nothing,
    "membershipType": nothing,
    "visibility": nothing,
}
_VARIANTS = {
    "class": GROUP,
    "group": Entity(name=GROUP.name, properties=_OTHER_GROUP, default=tuple(_OTHER_GROUP)),
    "unit": Entity(name="microsoft.graph.administrativeUnit", properties=_UNIT, default=tuple(_UNIT)),
    "role": Entity(name="microsoft.graph.directoryRole", properties=_ROLE, default=tuple(_ROLE)),
}

DIRECTORY_OBJECT = Entity(
    name="microsoft.graph.directoryObject",
    properties={**GROUP.properties, **_UNIT, **_ROLE},
    default=(),
    variants=_VARIANTS,
)
"""A list of different things; each says its `@odata.type`."""

MEMBER = Entity(
    name="microsoft.graph.directoryObject",
    properties=USER_ENTITY.properties,
    default=(),
    variants={"user": USER_ENTITY},
    dynamic=USER_ENTITY.dynamic,
)
"""Who is in a group or an administrative unit: of ours only people."""

KINDS = {"microsoft.graph.group": ("class", "group"), "microsoft.graph.directoryRole": ("role",)}
"""What a type in the path narrows `memberOf` to; `graph.group` is the same as `microsoft.graph.group`."""

_SCOPED: dict[str, Value] = {
    "id": lambda row: row["id"],
    "administrativeUnitId": lambda row: row["unit_id"],
    "roleId": lambda row: row["role_id"],
    "roleMemberInfo": lambda row: {"displayName": row["display"], "id": row["person_id"]},
}
SCOPED_ROLE_MEMBERSHIP = Entity(
    name="microsoft.graph.scopedRoleMembership", properties=_SCOPED, default=tuple(_SCOPED)
)
