"""Lists of accounts in a school's OneDrive: what is fetched, and what is said where nothing can be."""

import pytest

from bot.core.errors import DirectoryForbidden, DirectoryMisunderstood
from bot.core.lists.kept import FolderTrouble
from bot.core.lists.model import ListFault
from bot.documents import limits
from bot.graph import list_folders, school_drive
from bot.graph.list_folders import MOST_FILES, GraphListFolders
from bot.graph.school_drive import MOST_BYTES
from tests.fakes import NOON, FakeClock
from tests.unit.graph.hostile import Bench, refuses, says
from tests.unit.graph.test_graph_school_files import ACCOUNT, HOST, SCHOOL, SITE, folder, leads_to, listed


def folders_of(bench: Bench) -> GraphListFolders:
    """They know the school's site."""
    bench.rebuild()
    found = GraphListFolders(bench.transport, FakeClock(), domain="edu.mon.bg", host=HOST, folder="НЕИСПУО/Профили")
    found._sites.put(ACCOUNT, SITE, NOON)
    return found


def bytes_of(bench: Bench, raw: bytes):
    return leads_to(f"{bench.graph.url}/_files/a"), says(raw)


async def test_lists_are_fetched_by_their_endings_and_once(bench: Bench):
    folders = folders_of(bench)
    here = folder(
        listed("5 б клас.XLSX"), listed("~$5 б клас.xlsx"), listed("снимка.jpg", size=None), listed("нови.csv")
    )
    bench.graph.will(here, *bytes_of(bench, b"five"), *bytes_of(bench, b"new"), here, here)

    found = await folders.lists_in(SCHOOL, "")
    same = await folders.lists_in(SCHOOL, found.mark)

    assert dict(found.files) == {"5 б клас.XLSX": b"five", "нови.csv": b"new"}
    assert (found.trouble, found.left_out) == (None, {})
    assert set(found.changed) == set(found.files), "each has a year of its own"
    assert max(found.changed.values()) == found.dated
    assert (dict(same.files), same.mark, same.trouble) == ({}, found.mark, None)
    assert bench.graph.replies == [] or not list(bench.graph.replies)


async def test_an_old_workbook_is_fetched_too_so_that_it_can_be_said_what_to_do_with_it(bench: Bench):
    folders = folders_of(bench)
    here = folder(listed("стар.xls"), listed("с макроси.xlsm"))
    bench.graph.will(here, *bytes_of(bench, b"macros"), *bytes_of(bench, b"old"), here)
    assert dict((await folders.lists_in(SCHOOL, "")).files) == {"с макроси.xlsm": b"macros", "стар.xls": b"old"}


def test_as_much_is_fetched_as_is_read():
    assert set(list_folders.ENDINGS) == {*limits.LIST_ENDINGS, ".zip"}
    assert (MOST_FILES, MOST_BYTES, school_drive.MOST_IN_ALL) == (
        limits.MOST_PARTS,
        limits.MOST_BYTES,
        limits.MOST_IN_ALL,
    )


async def test_a_file_that_changes_while_it_is_read_is_not_taken(bench: Bench):
    folders = folders_of(bench)
    bench.graph.will(folder(listed("a.csv")), *bytes_of(bench, b"half"), folder(listed("a.csv", etag="2")))
    assert (await folders.lists_in(SCHOOL, "")).trouble is FolderTrouble.CHANGING

    bench.graph.will(folder(listed("a.csv")), refuses(404, "itemNotFound"))
    assert (await folders.lists_in(SCHOOL, "")).trouble is FolderTrouble.CHANGING


async def test_what_stands_in_the_way_is_told_apart(bench: Bench):
    folders = folders_of(bench)
    bench.graph.will(folder(listed("a.jpg")))
    assert (await folders.lists_in(SCHOOL, "")).trouble is FolderTrouble.EMPTY
    many = [listed(f"{number}.csv") for number in range(MOST_FILES + 1)]
    bench.graph.will(folder(*many))
    assert (await folders.lists_in(SCHOOL, "")).trouble is FolderTrouble.TOO_MANY
    bench.graph.will(refuses(404, "itemNotFound"), refuses(404, "itemNotFound"))
    assert (await folders.lists_in(SCHOOL, "")).trouble is FolderTrouble.ABSENT


async def test_a_refusal_and_nonsense_are_errors(bench: Bench):
    folders = folders_of(bench)
    bench.graph.will(refuses(403, "accessDenied"))
    with pytest.raises(DirectoryForbidden):
        await folders.lists_in(SCHOOL, "")
    bench.graph.will(folder(listed("a.csv", size="10")))
    with pytest.raises(DirectoryMisunderstood):
        await folders.lists_in(SCHOOL, "")
    bench.graph.will(folder(listed("a.csv")), refuses(400, "invalidRequest"))
    with pytest.raises(DirectoryMisunderstood):
        await folders.lists_in(SCHOOL, "")


async def test_a_file_too_large_is_left_out_and_named(bench: Bench):
    folders = folders_of(bench)
    here = folder(listed("large.csv", size=MOST_BYTES + 1), listed("small.csv"))
    bench.graph.will(here, *bytes_of(bench, b"small"), here)
    found = await folders.lists_in(SCHOOL, "")
    assert (dict(found.files), found.left_out) == ({"small.csv": b"small"}, {"large.csv": ListFault.TOO_LARGE})


NOT_HAD = {
    "malware": (refuses(403, "malwareDetected"), ListFault.REFUSED),
    "refused": (refuses(403, "accessDenied"), ListFault.REFUSED),
    "refused by a page": (says("<html>no</html>", 403), ListFault.REFUSED),
    "refused without a word": (says(b"", 400), ListFault.REFUSED),
    "locked": (refuses(423, "resourceLocked"), ListFault.LOCKED),
    "locked by another code": (refuses(423, "accessDenied"), ListFault.LOCKED),
    "locked without a word": (says(b"", 423), ListFault.LOCKED),
    "not allowed": (refuses(409, "notAllowed"), ListFault.LOCKED),
}


@pytest.mark.parametrize("how", list(NOT_HAD))
async def test_one_file_that_is_refused_leaves_the_others_and_is_named(bench: Bench, how: str):
    refusal, fault = NOT_HAD[how]
    folders = folders_of(bench)
    here = folder(listed("5 а.csv"), listed("virus.xlsm"), listed("нови.csv"))
    bench.graph.will(here, *bytes_of(bench, b"five"), refusal, *bytes_of(bench, b"new"), here)

    found = await folders.lists_in(SCHOOL, "")

    assert dict(found.files) == {"5 а.csv": b"five", "нови.csv": b"new"}
    assert (found.left_out, found.trouble) == ({"virus.xlsm": fault}, None)
    assert found.mark


@pytest.mark.parametrize(("status", "fault"), [(403, ListFault.REFUSED), (423, ListFault.LOCKED)])
async def test_the_place_of_the_bytes_refuses_as_well(bench: Bench, status: int, fault: ListFault):
    folders = folders_of(bench)
    here = folder(listed("a.csv"))
    bench.graph.will(here, leads_to(f"{bench.graph.url}/_files/a"), says(b"", status), here)
    assert (await folders.lists_in(SCHOOL, "")).left_out == {"a.csv": fault}


async def test_what_the_folder_says_is_infected_is_not_asked_for(bench: Bench):
    folders = folders_of(bench)
    here = folder(listed("virus.xlsm", malware={"description": "Trojan"}))
    bench.graph.will(here, here)
    assert (await folders.lists_in(SCHOOL, "")).left_out == {"virus.xlsm": ListFault.REFUSED}


async def test_a_token_that_is_refused_is_nothing_about_a_file(bench: Bench):
    folders = folders_of(bench)
    bench.graph.will(folder(listed("a.csv")), *[refuses(401, "InvalidAuthenticationToken")] * 2)
    with pytest.raises(DirectoryForbidden):
        await folders.lists_in(SCHOOL, "")
