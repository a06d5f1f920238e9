"""What the person at the terminal sees."""

import os
import sys
import webbrowser
from collections.abc import Mapping

from demo.cast import Cast, Player

ROLES = {"director": "director", "teacher": "teacher", "ruo": "regional office"}


def invitation(cast: Cast, addresses: Mapping[str, str], *, bot: str, folder: str, outside: str) -> str:
    """The table of addresses and a few things to try."""
    width = max(len(_who(player)) for player in cast.players)
    rows = [row for one in cast.players for row in ((_who(one), addresses[one.key]), ("", _school(one))) if row[1]]
    table = "\n".join(f"  {who:<{width}}  {what}" for who, what in rows)
    first, other, own = cast.first_director, cast.other_student, cast.own_student
    return f"""
Everything is ready. Each address is the Teams chat of one person:

{table}

Things to try as {first.name}:
  1. Write  справка , fill in the ЕГН {other.identifier} and a reason:
     {other.name}, who is in another school ({other.school_code}).
  2. The same with one digit changed, and with the ЕГН typed straight into the chat.
  3. In the form choose a search by name:  {own.name}  (a student of this school).
  4. Write  парола : {cast.young_student.name} (under 14) and {cast.older_student.name} (14 or more).
  5. Write  парола  for a whole class:  {cast.own_class}
  6. Write  преместен ученик , the same ЕГН {other.identifier}: ask for the account of {other.name}.
     It arrives in the chat of {cast.second_director.name} (open it first): approve or refuse it there;
     both cards follow, and  справка  finds the student in the new school.  искания  lists all requests.
  7. Write  класни стаи  as {cast.teacher.name}, a teacher with a link in every state, and as
     {cast.first_director.name}: each opens one, sees why it is so and who must act; the director mends what the
     bot may mend. What others do outside the bot (the night's synchronisation, a teacher in Teams):  {outside}
     The school of {cast.second_director.name} can be set to Google Classroom („Преминаване към
     Classroom“), and its list taken away there and uploaded again.
  8. Write  профили  as {first.name}: the accounts of the school, and „Списък от МОН“, which holds the lists
     in the school's OneDrive against them. Upload a table of names and classes there, and then a corrected one.
  9. Write  приемане  (the season lasts the whole year here): students of other schools who enter grade VIII:
     {"  ".join(one.identifier for one in cast.entering)}
  Then write  справка  as {cast.teacher.name}, who is a teacher, and  искания  as {cast.expert.name} of the
  regional office, who sees what is late, and no student;  училища в областта  shows how far each school is.
  (Working hours count; to see it at once:  make demo ARGS=--late)

The people and numbers are invented. Bot: {bot}   Logs: {folder}
Ctrl-C stops everything.
"""


def open_browser(address: str) -> None:
    """Opens the first client where there is a screen; anywhere else, and on any trouble, nothing happens."""
    if sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    try:
        webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return


def _who(player: Player) -> str:
    return f"{player.name}, {ROLES.get(player.role, player.role)}"


def _school(player: Player) -> str:
    return f"{player.school_name} ({player.school_code})" if player.school_code else ""
