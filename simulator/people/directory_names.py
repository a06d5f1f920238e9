"""The tenant's own ids: invented GUIDs, and the names НЕИСПУО gave its directory extensions."""

from uuid import UUID

TENANT_ID = "5a1e0000-0000-4000-8000-002990000000"
READER_CLIENT_ID = "5a1e0000-0000-4000-8000-00000000000a"
WRITER_CLIENT_ID = "5a1e0000-0000-4000-8000-00000000000b"
PRINCIPALS = {
    READER_CLIENT_ID: "5a1e0000-0000-4000-8000-0000000000e1",
    WRITER_CLIENT_ID: "5a1e0000-0000-4000-8000-0000000000e2",
}
"""The object ids of their service principals, which no application id is."""
ADMINISTRATOR_CLIENT_ID = "5a1e0000-0000-4000-8000-00000000000f"

REGIONAL_OFFICE_ROLE_ID = "5a1e0000-0000-4000-8000-0000000000c1"
BOT_SERVICE_PRINCIPAL_ID = "5a1e0000-0000-4000-8000-0000000000c2"
"""The application whose roles count."""
FOREIGN_SERVICE_PRINCIPAL_ID = "5a1e0000-0000-4000-8000-0000000000c3"
"""Somebody else's application, which declared a role with the same id."""

APP_CATALOG_ID = "5a1e0000-0000-4000-8000-0000000000d1"
"""The bot's app in the catalog of the tenant."""
TEAMS_APP_ID = "5a1e0000-0000-4000-8000-0000000000d2"
"""The same app as its manifest calls itself: what the catalog keeps as `externalId`."""

SITES_HOST = "simulator-my.sharepoint.com"
"""Where the tenant's OneDrive sites are."""

_EXTENSION_APP = "3fd591523047404483834154c3498778"
ROLE_EXTENSION = f"extension_{_EXTENSION_APP}_NEISPUO_ROLE"
IDENTIFIER_EXTENSION = f"extension_{_EXTENSION_APP}_NEISPUO_ROLE_ADDITIONAL_IDENTIFIER"
APP_ROLES = {REGIONAL_OFFICE_ROLE_ID: "RegionalOffice"}

USER, SCHOOL, CLASS, ASSIGNMENT, ROLE, GROUP, ROLE_MEMBERSHIP = 1, 2, 3, 4, 5, 6, 7

DIRECTORY_ROLES = {
    "Global Administrator": "62e90394-69f5-4237-9190-012177145e10",
    "User Administrator": "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "Helpdesk Administrator": "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    "Password Administrator": "966707d0-3269-4727-9be2-8c3a10f19b9d",
    "Authentication Administrator": "c4e39bd9-1100-46d3-8c65-fb160da0071f",
    "Groups Administrator": "fdd7a751-b60b-444a-984c-02652fe8fa1c",
    "Teams Administrator": "69091246-20e8-4a56-aa4d-066075b2a7a8",
    "Directory Readers": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
}
"""Built-in roles and their template ids (learn.microsoft.com/entra/identity/role-based-access-control)."""


def object_id(kind: int, number: int) -> str:
    """The GUID of the directory object of this kind and number: one to one, and neighbours do not look alike."""
    # Multiplying by an odd number permutes the residues modulo a power of two.
    mixed = number * 0x9E37_79B9_7F4A_7C1 % (1 << 60)
    return str(UUID(int=(0x5A1E << 112) | (kind << 96) | (0x4 << 76) | (0x8 << 60) | mixed))
