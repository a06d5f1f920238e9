"""The options of `serve` that say what tenant it is: a profile, its parts, and what an administrator has done."""

import argparse
from pathlib import Path
from typing import Any

from simulator.graph.administration import Administration
from simulator.graph.dialect import PARTS, PROFILES, REALISTIC, Dialect, dialect
from simulator.people.directory_names import TEAMS_APP_ID, WRITER_CLIENT_ID


def add_tenant(serve: argparse.ArgumentParser) -> None:
    """One option for each part of the dialect, beside the profile."""
    tenant = serve.add_argument_group("the tenant", "A part by itself overrides the profile.")
    tenant.add_argument("--profile", choices=PROFILES, default=REALISTIC, help="where the parts begin")
    tenant.add_argument(
        "--as-kind", default="", metavar="PARTS", help="these (or-refused,members,…) as the kind profile has them"
    )
    tenant.add_argument("--pace", type=float, default=1.0, metavar="N", help="shortens the profile's seconds")
    for name, part in PARTS.items():
        option, about = f"--{name.replace('_', '-')}", part.metadata
        words = f"{about['says']} (kind: {_shown(part.default)}, real: {_shown(about['real'])}). {about['source']}"
        wanted: dict[str, Any] = {"dest": name, "default": None, "help": words.replace("%", "%%")}
        if isinstance(part.default, bool):
            tenant.add_argument(option, action=argparse.BooleanOptionalAction, **wanted)
        elif about["choices"]:
            tenant.add_argument(option, choices=about["choices"], **wanted)
        elif about["seconds"]:
            tenant.add_argument(option, type=float, metavar="SECONDS", **wanted)
        else:
            tenant.add_argument(option, type=int, metavar="N", **wanted)
    done = serve.add_argument_group("what its administrator has done")
    done.add_argument(
        "--permissions", type=Path, metavar="FILE", help="the consented permissions (deploy/permissions.json)"
    )
    done.add_argument(
        "--app-names",
        default=WRITER_CLIENT_ID,
        metavar="ID",
        help="webApplicationInfo.id of the app in the catalog (the writer's); '' for none",
    )
    done.add_argument(
        "--manifest-id", default=TEAMS_APP_ID, metavar="ID", help="id of the manifest of the app in the catalog"
    )
    done.add_argument(
        "--site-grants", metavar="CODES", help="schools whose OneDrive sites were granted: 2990001,2990002 (all)"
    )
    done.add_argument(
        "--writer-role",
        action="append",
        default=[],
        metavar="ROLE",
        help="a directory role of the writer, ROLE@CODE for the administrative unit of one school (none)",
    )


def dialect_of(parsed: argparse.Namespace) -> Dialect:
    """Errors: ValueError."""
    own = {name: value for name in PARTS if (value := getattr(parsed, name)) is not None}
    if parsed.pace < 0:
        raise ValueError("--pace: not negative")
    return dialect(
        parsed.profile, own, as_kind=[part for part in parsed.as_kind.split(",") if part], pace=parsed.pace
    )


def administration_of(parsed: argparse.Namespace) -> Administration:
    """Errors: ValueError."""
    sites = None if parsed.site_grants is None else frozenset(filter(None, parsed.site_grants.split(",")))
    made = Administration(parsed.app_names, parsed.manifest_id, sites)
    made.give_roles({WRITER_CLIENT_ID: frozenset(parsed.writer_role)})
    return made


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
