"""Microsoft's own schemas say whether the package is one, where they are at hand."""

import json
from pathlib import Path

from jsonschema import Draft4Validator

from manifest.build import SCHEMA

SCHEMAS = Path(__file__).parents[1].parent / "shared" / "schemas" / "teams-manifest"


def faults(files: dict[str, bytes], folder: Path = SCHEMAS) -> list[str] | None:
    """What the schemas object to, as "file: place: message"; None when the schemas are not there."""
    schemas = {
        "manifest.json": folder / f"MicrosoftTeams.v{SCHEMA}.schema.json",
        "en.json": folder / f"MicrosoftTeams.v{SCHEMA}.Localization.schema.json",
    }
    if not all(path.exists() for path in schemas.values()):
        return None
    found = []
    for name, path in schemas.items():
        validator = Draft4Validator(json.loads(path.read_text(encoding="utf-8")))
        for error in validator.iter_errors(json.loads(files[name])):
            place = "/".join(str(step) for step in error.absolute_path)
            found.append(f"{name}: {place}: {error.message}")
    return found
