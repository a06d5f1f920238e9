"""The classes of last school year: they stay until somebody deletes them, and are called as this year's are.

Who is in 6 а now was in 5 а then, with the same teachers. Who was in the last grade is gone, and the classes are not.
"""

import sqlite3

from simulator.people.directory_names import CLASS, object_id

FIRST_FORMER, END_OF_FORMER = 6_000_000, 8_000_000
_HOUR = 5_000_000
"""Where the numbers of the class hours begin (see `population.py`)."""
_CURRICULUM = 70_000_000


def plant(database: sqlite3.Connection, school_year: int) -> None:
    """Adds them, as they are after the summer."""
    teams = database.execute(
        "SELECT team.*, school.lowest_grade, school.highest_grade FROM team JOIN school ON school.n = team.school"
        " WHERE team.year = ? AND team.n < ?",
        (school_year, FIRST_FORMER),
    ).fetchall()
    for team in teams:
        number = FIRST_FORMER + team["n"] % _HOUR + (1_000_000 if team["n"] >= _HOUR else 0)
        grade, homerooms = team["grade"], _homerooms(database, team["n"])
        if grade > team["lowest_grade"]:
            _add(database, team, number, _title(team, homerooms, grade - 1), homerooms)
        if grade == team["highest_grade"]:
            _add(database, team, number + 500_000, team["name"], [])


def remove(database: sqlite3.Connection) -> None:
    """They are deleted."""
    for table, column in (("team_person", "team"), ("team_homeroom", "team"), ("team", "n")):
        database.execute(
            f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?",  # noqa: S608 -- names of tables and columns
            (FIRST_FORMER, END_OF_FORMER),
        )


def _homerooms(database: sqlite3.Connection, team: int) -> list[sqlite3.Row]:
    return database.execute(
        "SELECT homeroom.* FROM homeroom JOIN team_homeroom ON team_homeroom.homeroom = homeroom.n WHERE team = ?"
        " ORDER BY homeroom.n",
        (team,),
    ).fetchall()


def _title(team: sqlite3.Row, homerooms: list[sqlite3.Row], grade: int) -> str:
    kind = team["name"].rpartition(" - ")[2]
    names = ", ".join(f"{grade} {one['letter']}" for one in homerooms)
    return f"{team['subject']} - {names} - {kind}"


def _add(
    database: sqlite3.Connection, team: sqlite3.Row, number: int, name: str, homerooms: list[sqlite3.Row]
) -> None:
    database.execute(
        "INSERT INTO team (n, id, school, external_id, subject, name, grade, year) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            object_id(CLASS, number),
            team["school"],
            str(_CURRICULUM + number),
            team["subject"],
            name,
            team["grade"] - bool(homerooms),
            team["year"] - 1,
        ),
    )
    database.executemany(
        "INSERT INTO team_homeroom VALUES (?, ?)", ((homeroom["n"], number) for homeroom in homerooms)
    )
    database.execute(
        "INSERT INTO team_person SELECT ?, person, part FROM team_person WHERE team = ? AND part = 'teacher'",
        (number, team["n"]),
    )
