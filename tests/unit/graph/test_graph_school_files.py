"""The register's export in a school's OneDrive: what is asked, where bytes may come from, what is not believed."""

import tracemalloc

import pytest

from bot.core.class_links.expected import Fault, RosterFault
from bot.core.errors import (
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.people.model import School
from bot.graph.school_drive import MOST_BYTES, FileCalls
from bot.graph.school_files import GraphSchoolFiles
from tests.fakes import NOON, FakeClock
from tests.unit.graph.hostile import Bench, refuses, resets, says

SCHOOL = School("school-1", "2990001", "СУ „Сребърна липа“")
HOST, ACCOUNT = "contoso-my.sharepoint.com", "2990001@edu.mon.bg"
GUID = "5a1e00a1-0000-4000-8000-000000000001"
SITE = f"{HOST},{GUID},{GUID}"
OTHER = f"{HOST},{GUID},5a1e00a1-0000-4000-8000-000000000002"
CHANGED = "2026-11-20T06:00:00Z"


def listed(
    name: str, size: object = 10, changed: object = CHANGED, etag: str = "1", **more: object
) -> dict[str, object]:
    return {"name": name, "size": size, "lastModifiedDateTime": changed, "eTag": etag, "file": {}, **more}


def folder(*files: dict[str, object]):
    return says({"value": list(files)})


def strangers(bench: Bench, path: str = "НЕИСПУО/Класове", clock: FakeClock | None = None) -> GraphSchoolFiles:
    """They know no site yet."""
    bench.rebuild()
    return GraphSchoolFiles(bench.transport, clock or FakeClock(), domain="edu.mon.bg", host=HOST, folder=path)


def files_of(bench: Bench) -> GraphSchoolFiles:
    """They know the school's site."""
    files = strangers(bench)
    files._sites.put(ACCOUNT, SITE, NOON)
    return files


def site(identifier: object = SITE, address: object = f"https://{HOST}/personal/2990001_edu_mon_bg"):
    return says({"id": identifier, "webUrl": address})


def leads_to(address: str):
    return says(b"", 302, Location=address)


async def test_the_folder_is_listed_and_each_file_fetched_without_our_token(bench: Bench):
    files = files_of(bench)
    here = folder(listed("Users.csv"), listed("orgs.csv"), listed("demographics.csv"), listed("снимка.jpg"))
    bench.graph.will(
        here,
        leads_to(f"{bench.graph.url}/_files/a"),
        says("orgs"),
        leads_to(f"{bench.graph.url}/_files/b"),
        says("users"),
        here,
    )

    found = await files.export_of(SCHOOL, "")

    assert found is not None
    assert dict(found.files) == {"orgs.csv": b"orgs", "users.csv": b"users"}  # nothing that we should not have
    assert found.dated.isoformat() == "2026-11-20T06:00:00+00:00"
    paths = [seen.raw_path for seen in bench.graph.seen]
    assert paths[0].startswith(f"/v1.0/sites/{SITE}/drive/root:/%D0%9D")
    assert all("Authorization" in bench.graph.seen[place].headers for place in (0, 1, 3))
    assert all("Authorization" not in bench.graph.seen[place].headers for place in (2, 4))


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x",
        "https://sharepoint.com.evil.example/x",
        "https://evilsharepoint.com/x",
        "http://school.sharepoint.com/x",
        "https://user:pass@school.sharepoint.com/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "/relative",
        "",
        "https://",
        "https://school.sharepoint.com:x/",
        "https://school.sharepoint.com:99999/",
        "https://school.sharepoint.com../x",
    ],
)
async def test_bytes_come_from_nowhere_else(bench: Bench, address: str):
    files = files_of(bench)
    bench.graph.will(folder(listed("orgs.csv")), leads_to(address))

    with pytest.raises(DirectoryMisunderstood):
        await files.export_of(SCHOOL, "")
    assert len(bench.graph.seen) == 2


async def test_another_port_of_the_same_host_is_elsewhere(bench: Bench):
    files = files_of(bench)
    bench.graph.will(folder(listed("orgs.csv")), leads_to("http://127.0.0.1:1/_files/a"))
    with pytest.raises(DirectoryMisunderstood):
        await files.export_of(SCHOOL, "")


async def test_the_place_of_files_is_the_same_however_it_is_written(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    files, asked = files_of(bench), []

    async def fetched(address: object, *_: object) -> bytes:
        asked.append(str(address))
        return b"orgs"

    monkeypatch.setattr(bench.transport.wire, "download", fetched)
    for address in ("https://school.sharepoint.com:443/x", "https://School.SharePoint.com./x"):
        bench.graph.will(folder(listed("orgs.csv")), leads_to(address), folder(listed("orgs.csv")))
        found = await files.export_of(SCHOOL, "")
        assert found is not None
        assert dict(found.files) == {"orgs.csv": b"orgs"}
    assert len(asked) == 2


async def test_a_list_behind_two_hundred_other_files_is_found(bench: Bench):
    files = files_of(bench)
    others = [listed(f"снимка {number}.jpg", size=None) for number in range(200)]
    more = f"{bench.graph.url}/v1.0/sites/{SITE}/drive/root:/x:/children?$top=200&$skiptoken=2"
    page = {"value": others, "@odata.nextLink": more}
    both = (says(page), folder(listed("orgs.csv")))
    bench.graph.will(*both, leads_to(f"{bench.graph.url}/_files/a"), says("orgs"), *both)

    found = await files.export_of(SCHOOL, "")

    assert found is not None
    assert dict(found.files) == {"orgs.csv": b"orgs"}
    assert bench.graph.seen[1].raw_path.endswith("$skiptoken=2")

    bench.graph.will(says(page), folder(listed("orgs.csv")))
    again = await files.export_of(SCHOOL, found.mark)
    assert again is not None
    assert dict(again.files) == {}  # the whole list is compared, not its first page


async def test_a_second_page_that_fails_is_no_folder_without_a_list(bench: Bench):
    files = files_of(bench)
    more = f"{bench.graph.url}/v1.0/sites/{SITE}/drive/root:/x:/children?$skiptoken=2"
    bench.graph.will(says({"value": [listed("orgs.csv")], "@odata.nextLink": more}), refuses(403, "accessDenied"))
    with pytest.raises(DirectoryForbidden):
        await files.export_of(SCHOOL, "")


async def test_a_file_that_says_it_is_too_large_is_not_fetched_and_one_that_lies_is_cut_off(bench: Bench):
    files = files_of(bench)
    here = folder(listed("orgs.csv", size=MOST_BYTES + 1), listed("users.csv", size=5))
    bench.graph.will(here, leads_to(f"{bench.graph.url}/_files/b"), says(b"x" * (MOST_BYTES + 10)), here)

    found = await files.export_of(SCHOOL, "")

    assert found is not None
    assert dict(found.files) == {}
    assert found.faults == (RosterFault(Fault.TOO_LARGE, "orgs.csv, users.csv"),)


@pytest.mark.parametrize(
    ("refusal", "fault"),
    [
        (refuses(403, "malwareDetected"), Fault.REFUSED),
        (refuses(423, "resourceLocked"), Fault.LOCKED),
        (refuses(423, "accessDenied"), Fault.LOCKED),
    ],
)
async def test_one_file_that_is_not_given_away_is_named_and_the_folder_is_ours(bench: Bench, refusal, fault: Fault):
    files = files_of(bench)
    here = folder(listed("orgs.csv"), listed("users.csv"))
    bench.graph.will(here, refusal, leads_to(f"{bench.graph.url}/_files/b"), says("users"), here)

    found = await files.export_of(SCHOOL, "")

    assert found is not None
    assert (dict(found.files), found.faults) == ({"users.csv": b"users"}, (RosterFault(fault, "orgs.csv"),))


@pytest.mark.parametrize("then", [folder(listed("orgs.csv", etag="2")), folder(), refuses(404, "itemNotFound")])
async def test_an_export_that_changes_while_it_is_read_is_not_taken(bench: Bench, then):
    """Half an export would be read as one, until the next night."""
    files = files_of(bench)
    bench.graph.will(folder(listed("orgs.csv")), leads_to(f"{bench.graph.url}/_files/a"), says("half"), then)
    with pytest.raises(DirectoryUnavailable):
        await files.export_of(SCHOOL, "")


async def test_an_export_of_which_a_file_is_gone_by_then_is_not_taken(bench: Bench):
    files = files_of(bench)
    bench.graph.will(folder(listed("orgs.csv")), refuses(404, "itemNotFound"))
    with pytest.raises(DirectoryUnavailable):
        await files.export_of(SCHOOL, "")


async def test_a_small_list_takes_little_memory(bench: Bench):
    files = files_of(bench)
    here = folder(listed("orgs.csv"))
    bench.graph.will(here, leads_to(f"{bench.graph.url}/_files/a"), says(b"0123456789"), here)

    tracemalloc.start()
    try:
        found = await files.export_of(SCHOOL, known="")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert found is not None
    assert found.files == {"orgs.csv": b"0123456789"}
    assert most < MOST_BYTES / 4


async def test_no_more_than_a_list_is_fetched_in_all(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.graph.school_drive.MOST_IN_ALL", 25)
    files = files_of(bench)
    here = folder(listed("classes.csv", size=10), listed("orgs.csv", size=10), listed("users.csv", size=10))
    bench.graph.will(
        here,
        leads_to(f"{bench.graph.url}/_files/a"),
        says(b"x" * 10),
        leads_to(f"{bench.graph.url}/_files/b"),
        says(b"x" * 10),
        here,
    )

    found = await files.export_of(SCHOOL, "")

    assert found is not None
    assert [len(raw) for _, raw in sorted(found.files.items())] == [10, 10]
    assert found.faults == (RosterFault(Fault.TOO_LARGE, "users.csv"),)
    assert len(bench.graph.seen) == 6


@pytest.mark.parametrize(
    "file",
    [
        listed("orgs.csv", size="10"),
        listed("orgs.csv", size=True),
        listed("orgs.csv", changed="yesterday"),
        listed("orgs.csv", changed=None),
    ],
)
async def test_a_file_without_size_or_time_is_not_understood(bench: Bench, file: dict[str, object]):
    files = files_of(bench)
    bench.graph.will(folder(file))
    with pytest.raises(DirectoryMisunderstood):
        await files.export_of(SCHOOL, "")


async def test_the_same_state_of_the_files_is_not_fetched_again_and_another_is(bench: Bench):
    files = files_of(bench)
    fetched = (leads_to(f"{bench.graph.url}/_files/a"), says("x"))
    bench.graph.will(folder(listed("orgs.csv")), *fetched, folder(listed("orgs.csv")))
    first = await files.export_of(SCHOOL, "")
    assert first is not None
    bench.graph.will(folder(listed("orgs.csv")))
    same = await files.export_of(SCHOOL, first.mark)
    bench.graph.will(folder(listed("orgs.csv", etag="2")), *fetched, folder(listed("orgs.csv", etag="2")))
    changed = await files.export_of(SCHOOL, first.mark)

    assert same is not None
    assert changed is not None
    assert (dict(same.files), same.mark) == ({}, first.mark)
    assert changed.files
    assert changed.mark != first.mark


async def test_no_folder_and_an_empty_one_are_no_export(bench: Bench):
    files = files_of(bench)
    bench.graph.will(refuses(404, "itemNotFound"), site(), folder(listed("снимка.jpg")), folder())
    for _ in range(3):
        assert await files.export_of(SCHOOL, "") is None


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refuses(403, "accessDenied"), DirectoryForbidden),
        (refuses(429, "TooManyRequests", Retry_After="900"), DirectoryBusy),
        (resets, DirectoryUnavailable),
        (says({"value": "no list"}), DirectoryMisunderstood),
        (says({"value": ["no file"]}), DirectoryMisunderstood),
    ],
)
async def test_what_the_directory_says_is_told_apart(bench: Bench, reply, error: type[Exception]):
    files = files_of(bench)
    bench.graph.will(*([reply] * (20 if error is DirectoryUnavailable else 1)))
    try:
        with pytest.raises(error):
            await files.export_of(SCHOOL, "")
    finally:
        bench.graph.replies.clear()


@pytest.mark.parametrize("code", ["", "abc0001", "2990001/../x", "2990001@x"])
async def test_for_what_is_no_school_nothing_is_asked(bench: Bench, code: str):
    assert await files_of(bench).export_of(School("s", code, "x"), "") is None
    assert bench.graph.seen == []


@pytest.mark.parametrize("path", ["", "/", "a/../b", "..", "./a"])
def test_a_folder_is_a_path_below_the_root(bench: Bench, path: str):
    with pytest.raises(ValueError, match="folder"):
        strangers(bench, path)


@pytest.mark.parametrize(
    ("identifier", "path"),
    [("2990001", ("a",)), (f"{SITE}/x", ("a",)), (f"{HOST},{GUID}", ("a",)), (SITE, ()), (SITE, ("..",))],
)
def test_a_call_outside_the_grammar_is_refused(identifier: str, path: tuple[str, ...]):
    with pytest.raises(ValueError, match="site"):
        FileCalls(HOST).children(identifier, path)


@pytest.mark.parametrize("account", ["2990001", "x@y@z", "../x@edu.mon.bg", ""])
def test_only_an_account_has_a_place(account: str):
    with pytest.raises(ValueError, match="account"):
        FileCalls(HOST).site(account)


@pytest.mark.parametrize("host", ["", "localhost", "a.bg/x", "a.bg:443", "Contoso-my.sharepoint.com", "a b.bg"])
def test_a_host_is_a_host(host: str):
    with pytest.raises(ValueError, match="host"):
        FileCalls(host)


async def test_the_site_is_found_once_a_day(bench: Bench):
    clock = FakeClock()
    files = strangers(bench, clock=clock)
    bench.graph.will(site(), folder(), folder())
    assert await files.export_of(SCHOOL, "") is None
    assert await files.export_of(SCHOOL, "") is None
    assert [seen.raw_path.partition("?")[0].partition("/drive")[0] for seen in bench.graph.seen] == [
        f"/v1.0/sites/{HOST}:/personal/2990001_edu_mon_bg",
        f"/v1.0/sites/{SITE}",
        f"/v1.0/sites/{SITE}",
    ]
    clock.move(hours=25)
    bench.graph.will(site(OTHER), folder())
    assert await files.export_of(SCHOOL, "") is None
    assert OTHER in bench.graph.seen[-1].raw_path


async def test_a_site_that_is_another_by_now_is_found_anew(bench: Bench):
    files = files_of(bench)
    here = folder(listed("orgs.csv"))
    fetched = (here, leads_to(f"{bench.graph.url}/_files/a"), says("orgs"), here)
    bench.graph.will(refuses(404, "itemNotFound"), site(OTHER), *fetched)
    found = await files.export_of(SCHOOL, "")
    assert found is not None
    assert dict(found.files) == {"orgs.csv": b"orgs"}
    bench.graph.will(folder())
    assert await files.export_of(SCHOOL, "") is None
    assert OTHER in bench.graph.seen[-1].raw_path


async def test_an_account_without_a_drive_has_no_export(bench: Bench):
    bench.graph.will(refuses(404, "itemNotFound"))
    assert await strangers(bench).export_of(SCHOOL, "") is None
    bench.graph.will(refuses(404, "itemNotFound"), refuses(404, "itemNotFound"))
    assert await files_of(bench).export_of(SCHOOL, "") is None


async def test_a_site_that_was_not_granted_is_told_apart_from_one_that_is_not_there(bench: Bench):
    bench.graph.will(refuses(403, "accessDenied"))
    with pytest.raises(DirectoryForbidden):
        await strangers(bench).export_of(SCHOOL, "")


@pytest.mark.parametrize(
    "reply",
    [
        site(None),
        site("root"),
        site(f"{SITE}/drive"),
        site(SITE, f"https://{HOST}/personal/2990002_edu_mon_bg"),
        site(SITE, None),
        says(["x"]),
    ],
)
async def test_another_site_than_the_schools_is_not_believed(bench: Bench, reply):
    files = strangers(bench)
    bench.graph.will(reply)
    with pytest.raises(DirectoryMisunderstood):
        await files.export_of(SCHOOL, "")
    assert len(bench.graph.seen) == 1


def test_a_name_cannot_leave_its_place():
    call = FileCalls(HOST).content(SITE, ("Класове", "a/b?c#d:e.csv"))
    assert call.url.endswith("/a%2Fb%3Fc%23d%3Ae.csv:/content")
