"""What was done, in a file: ids and moments, no secret. Written after every step, whole or not at all."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class RecordError(Exception):
    """The record cannot be used; the message says why."""


@dataclass(slots=True)
class Record:
    """`found`: ids by name (`reader.app_id`). `made`: which step was done when."""

    path: Path
    tenant: str
    found: dict[str, str] = field(default_factory=dict)
    made: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, tenant: str) -> "Record":
        """The record of earlier runs, an empty one where there was none. Errors: RecordError."""
        try:
            held: Any = json.loads(path.read_text(encoding="utf-8"))
            record = cls(path, str(held["tenant"]), dict(held["found"]), list(held["made"]))
        except FileNotFoundError:
            return cls(path, tenant)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RecordError(f"{path} is no record of provisioning; move it away") from error
        if record.tenant != tenant:
            raise RecordError(
                f"{path} is the record of another tenant ({record.tenant}); name another file: --record"
            )
        return record

    def note(self, step: str, moment: str) -> None:
        """One more step is done. Errors: OSError."""
        self.made.append({"step": step, "at": moment})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_name(f"{self.path.name}.new")
        held = {"tenant": self.tenant, "found": dict(sorted(self.found.items())), "made": self.made}
        new.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(new, self.path)  # noqa: PTH105 -- over the old one, whole or not at all
