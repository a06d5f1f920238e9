"""Checks 18 and 20: the folder with a school's lists, and the bot's own app in the catalog."""

from collections.abc import Mapping, Sequence

from bot.graph import reading
from bot.graph.inquiries import InquiryAnswer
from bot.graph.school_drive import FileCalls
from bot.runtime.doctor.check_tenant import asked_of, came_of
from bot.runtime.doctor.examination import Examination, Finding, differs, good, said, skipped, wrong


async def drive(room: Examination) -> tuple[Finding, ...]:
    """The folders in the OneDrive of a school's account, by its site, as the product looks into them: one finding for
    each that is set.
    """
    settings = room.settings
    named = {
        "EXPECTED_LISTS_FOLDER": settings.expected_lists_folder,
        "ACCOUNT_LISTS_FOLDER": settings.account_lists_folder,
    }
    folders = {name: tuple(filter(None, folder.split("/"))) for name, folder in named.items()}
    sites: dict[str, InquiryAnswer] = {}
    found = [await _looked_into(room, name, folder, sites) for name, folder in folders.items() if folder]
    return tuple(found) or (skipped(said("drive-asked"), said("drive-unused")),)


async def _looked_into(
    room: Examination, setting: str, folder: tuple[str, ...], sites: dict[str, InquiryAnswer]
) -> Finding:
    """Sites are granted one by one, and many schools have no such folder: one of those looked at that can be read is
    enough. `sites`: those that were asked for, by the code of the school.
    """
    found = []
    for school in room.known.schools:
        heard = await _folder(room, school.code, folder, sites)
        if heard.good:
            came = said("came-count", count=len(heard.records))
            return good(asked_of(heard), came, said("drive-right", setting=setting))
        found.append(heard)
    refused = next((one for one in found if one.status != 404), None)
    if refused is None:
        return differs(asked_of(found[0]), came_of(found[0]), said("drive-none", setting=setting))
    meaning, mend = said("drive-refused", setting=setting), said("drive-refused-mend", setting=setting)
    return wrong(asked_of(refused), came_of(refused), meaning, mend)


async def _folder(
    room: Examination, code: str, folder: tuple[str, ...], sites: dict[str, InquiryAnswer]
) -> InquiryAnswer:
    calls = FileCalls(room.settings.onedrive_host)
    if code not in sites:
        sites[code] = await room.reader.ask(lambda: calls.site(f"{code}@{room.settings.account_domain}"))
    if not sites[code].good:
        return sites[code]
    site = reading.text(sites[code].record.get("id"))
    return await room.reader.ask(lambda: calls.children(site, folder))


async def app(room: Examination) -> tuple[Finding, ...]:
    """Whether the bot may install itself: the package must name the writer, and the catalog id be the package's."""
    catalog_id, writer = room.settings.teams_app_catalog_id, room.writer
    manifest_id = room.settings.teams_app_id or room.settings.app_id
    asked = said("app-asked")
    if not catalog_id or not manifest_id:
        return (skipped(asked, said("app-unused")),)
    if writer is None:
        return (skipped(asked, said("skipped-web")),)
    heard = await writer.ask(lambda: writer.of_writer.installed_apps(room.known.account_id, manifest_id))
    asked = asked_of(heard)
    if heard.status == 403:
        return (wrong(asked, came_of(heard), said("app-other"), said("app-other-mend")),)
    if not heard.good:
        return (differs(asked, came_of(heard), said("app-unread"), said("graph-refused-mend")),)
    came = said("came-count", count=len(heard.records))
    if not heard.records:  # also what Graph answers an application that the package does not name
        return (differs(asked, came, said("app-unseen")),)
    named, found = _each(heard.records, "teamsAppDefinition", "azureADAppId"), _each(heard.records, "teamsApp", "id")
    ours = room.settings.graph_writer_client_id
    if named and ours and ours not in named:
        return (wrong(asked, came_of(heard), said("app-other"), said("app-other-mend")),)
    if found and catalog_id not in found:
        mend = {"TEAMS_APP_CATALOG_ID": found[0]}
        return (wrong(asked, came_of(heard), said("app-catalog"), said("app-catalog-mend"), mend),)
    return (good(asked, came, said("app-right")),)


def _each(records: Sequence[Mapping[str, object]], part: str, name: str) -> list[str]:
    """What stands there, of those of the records that have it, in small letters."""
    parts = [one for record in records if isinstance(one := record.get(part), dict)]
    return [str(one[name]).lower() for one in parts if one.get(name)]
