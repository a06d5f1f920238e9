"""Lists made to cost much: what each is small enough to be uploaded."""

import io
import zipfile

from tests.unit.documents.test_rosters import CODE, sds

_HEADS = {
    "orgs.csv": ["sourcedId"],
    "users.csv": ["sourcedId", "username"],
    "classes.csv": ["sourcedId", "title", "orgSourcedId"],
    "enrollments.csv": ["classSourcedId", "userSourcedId", "role"],
    "statuses.csv": ["classSourcedId", "status"],
}


def packed(files: dict[str, bytes], level: int | None = None) -> bytes:
    """`level`: from 1, which is quick to make, to 9, which is small."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, raw in files.items():
            package.writestr(name, raw)
    return written.getvalue()


def wide(name: str, rows: int = 190_000) -> bytes:
    """Short rows under as many columns as there may be."""
    heads = _HEADS[name] + [f"c{number}" for number in range(64 - len(_HEADS[name]))]
    return (",".join(heads) + "\n" + "1,1\n" * rows).encode()


def wide_package() -> bytes:
    """Some 5 KB."""
    return packed({name: wide(name) for name in _HEADS})


def quoted(rows: int = 400_000) -> bytes:
    """Every line opens a quotation and none closes one."""
    return ("sourcedId,orgSourcedId,title\n" + 'x,y,"a' + "\n" + 'z,"' * rows).encode()[: 8 * 1024 * 1024]


def unclosed(lines: int = 180_000) -> bytes:
    """Quotations that would go on over thousands of lines."""
    return ("sourcedId,orgSourcedId,title\n" + '1,"' + "x" * 30 + "\n" + ('1,2,"' + "y" * 30 + "\n") * lines).encode()


def varied(rows: int = 150_000) -> bytes:
    """People of whom each is remembered, with long names in Cyrillic."""
    name = "Измислено-Дълго-Име"
    return ("sourcedId,username,givenName\n" + "".join(f"{n},u{n},{name[:16]}\n" for n in range(rows))).encode()


def of_the_largest_school(classes: int = 1500, people: int = 3000, places: int = 27) -> dict[str, bytes]:
    """As much as an honest list can be."""
    users = "".join(f"s{n},ab{n:08d}@edu.mon.bg,Измислен,Ученик\n" for n in range(people))
    titles = "".join(f"{n},{CODE},Български език и литература - {n % 12 + 1} а - ООП\n" for n in range(classes))
    rows = "".join(
        f"{n},s{(n * 7 + place) % people},{'student' if place else 'teacher'}\n"
        for n in range(classes)
        for place in range(places)
    )
    return sds(
        users="sourcedId,username,givenName,familyName\n" + users,
        classes="sourcedId,orgSourcedId,title\n" + titles,
        enrollments="classSourcedId,userSourcedId,role\n" + rows,
    )
