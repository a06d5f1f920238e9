"""Where schools are, by the operator's file: НЕИСПУО sends the directory no town and no region."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.core.people.model import School
from bot.core.people.regions import region_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """What the file says of one school. `region` in the spelling of `regions.REGIONS`; any of them may be empty."""

    name: str = ""
    town: str = ""
    region: str = ""


class Places:
    """The schools of the file by code without leading zero. What the file says of town and region goes before what
    the directory says: one place to be wrong in, and to be put right. Its name only fills in for a missing one, since
    the directory's is the one people see in Teams.
    """

    def __init__(self, by_code: Mapping[str, Place] = MappingProxyType({})) -> None:
        self._by_code = dict(by_code)
        self._contradicted: set[str] = set()

    def __len__(self) -> int:
        return len(self._by_code)

    def completed(self, school: School) -> School:
        """The school with its place. One that is not in the file stays as the directory has it."""
        place = self._by_code.get(school.code)
        if place is None:
            return school
        if _differ(school, place) and school.code not in self._contradicted:
            self._contradicted.add(school.code)
            count = len(self._contradicted)
            if count & (count - 1) == 0:  # told at 1, 2, 4, 8 … schools
                log.warning(
                    "SCHOOLS_FILE and the directory disagree about the place of %d schools (the last: %s);"
                    " what the file says is used",
                    count,
                    school.code,
                )
        return replace(
            school,
            name=school.name or place.name,
            town=place.town or school.town,
            region=place.region or school.region,
        )


def _differ(school: School, place: Place) -> bool:
    towns = school.town and place.town and _bare(school.town) != _bare(place.town)
    regions = school.region and place.region and region_key(school.region) != region_key(place.region)
    return bool(towns or regions)


def _bare(town: str) -> str:
    """Without what kind of place it is: "гр. Варна" is Варна."""
    words = town.casefold().replace(".", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"гр", "с", "град", "село"} else words)
