"""Settings that are none: a misspelt name would leave the default in force, and nobody would notice."""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from bot.core.people.regions import REGIONS, region_key

_OURS = ("ACCOUNTS_", "GRAPH_", "INTAKE_", "LINK_", "LOOKUP", "OPERATOR_", "PASSWORD_", "SUPPORT_", "TRANSFER")
"""How names begin that nobody but us has in the environment of this process. APP_, BOT_, DATABASE_, TEAMS_ and the
like are others' as well (the Agents Toolkit's BOT_ID, a database's DATABASE_HOST): of these only what is nearly a
setting.
"""
_OF_A_PLATFORM = re.compile(r".*_(?:SERVICE_(?:HOST|PORT.*)|PORT(?:_\d+_(?:TCP|UDP).*)?)")
"""What Kubernetes, and Docker's links, tell of a service that has a name like ours
(kubernetes.io/docs/concepts/services-networking/service).
"""
_NEARLY, _SHORTEST = 0.88, 8
"""The Agents Toolkit's BOT_TENANT_ID is 0.82 of a TENANT_ID."""
_LOOSELY = 0.6


def misspelt(environment: Mapping[str, str], known: Collection[str]) -> Iterator[str]:
    """Names that are set and mean nothing, with the setting that was meant. `known`: the settings, in capitals."""
    long = [one for one in known if len(one) >= _SHORTEST]
    for name in sorted(environment):
        if name in known or not environment[name].strip() or _OF_A_PLATFORM.fullmatch(name):
            continue
        upper = name.upper()
        nearly = get_close_matches(upper, long, 1, _NEARLY)
        if upper in known or nearly or name.startswith(_OURS):
            near = get_close_matches(upper, known, 1, _LOOSELY)
            meant = f"; is {near[0]} meant?" if near else ""
            yield f"{name}: there is no such setting{meant}"


def regions_that_are_none(offices: Mapping[str, str]) -> Iterator[str]:
    """Of `REGIONAL_OFFICES`: whose expert would see no request. София by itself is the city."""
    known = {region_key(region) for region in REGIONS}
    for region in sorted(set(offices.values())):
        if region_key(region) not in known:
            near = get_close_matches(region, REGIONS, 1, _LOOSELY)
            meant = f"; is {near[0]} meant?" if near else ""
            yield f"REGIONAL_OFFICES: one of the regions is none of the 28{meant}"
