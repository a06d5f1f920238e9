"""In how many regions the doctor finds an expert named whom requests reach."""

import json
from pathlib import Path

from bot.core.people.regions import REGIONS
from tests.integration.doctor_visit import environment, visit
from tests.integration.test_doctor_outside import tenant
from tests.unit.simulator.living import Client

__all__ = ["tenant"]


async def test_regions_without_a_named_expert_are_counted(tenant: Client, tmp_path: Path) -> None:
    async def counted(offices: dict[str, str]) -> tuple[str, str, object]:
        usual = environment(tenant, tmp_path, REGIONAL_OFFICES=json.dumps(offices))
        found = next(one for one in await visit("settings", usual) if one.asked.text_id == "settings-offices-asked")
        assert not found.to_mend
        return found.status, found.meaning.text_id, found.came.args["count"]

    experts = {f"expert-{number}@edu.mon.bg": region for number, region in enumerate(REGIONS)}
    assert await counted(experts) == ("ok", "settings-offices-right", 28)
    assert await counted({"a@edu.mon.bg": "област Варна", "b@edu.mon.bg": "Варна"}) == (
        "warn",
        "settings-offices-some",
        1,
    )
