"""The tenant's own ids: invented GUIDs, and the names НЕИСПУО gave its directory extensions."""

from uuid import UUID

TENANT_ID = "5a1e0000-0000-4000-8000-002990000000"
READER_CLIENT_ID = "5a1e0000-0000-4000-8000-00000000000a"
WRITER_CLIENT_ID = "5a1e0000-0000-4000-8000-00000000000b"

REGIONAL_OFFICE_ROLE_ID = "5a1e0000-0000-4000-8000-0000000000c1"
BOT_SERVICE_PRINCIPAL_ID = "5a1e0000-0000-4000-8000-0000000000c2"
"""The application whose roles count."""
FOREIGN_SERVICE_PRINCIPAL_ID = "5a1e0000-0000-4000-8000-0000000000c3"
"""Somebody else's application, which declared a role with the same id."""

_EXTENSION_APP = "3fd591523047404483834154c3498778"
ROLE_EXTENSION = f"extension_{_EXTENSION_APP}_NEISPUO_ROLE"
IDENTIFIER_EXTENSION = f"extension_{_EXTENSION_APP}_NEISPUO_ROLE_ADDITIONAL_IDENTIFIER"
APP_ROLES = {REGIONAL_OFFICE_ROLE_ID: "RegionalOffice"}

USER, SCHOOL, CLASS, ASSIGNMENT = 1, 2, 3, 4


def object_id(kind: int, number: int) -> str:
    """The GUID of the directory object of this kind and number: one to one, and neighbours do not look alike."""
    # Multiplying by an odd number permutes the residues modulo a power of two.
    mixed = number * 0x9E37_79B9_7F4A_7C1 % (1 << 60)
    return str(UUID(int=(0x5A1E << 112) | (kind << 96) | (0x4 << 76) | (0x8 << 60) | mixed))
