"""The thirteen tasks: who wants what, how many presses it may take, and what the person presses on the way."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.outside import Outside
from tests.e2e.playground import Client
from tests.e2e.walk import Room, request
from tests.tasks.person import DOWNLOADED, OPEN, Person

SCREEN = 480
"""Pixels of a card that are in sight at once on a phone of 320 × 568, below its bar and above the line to type in."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The most a task may take. `fields` and `choices` together are what is filled in; `seen`: the first button of its
    first card stands within the first screen of a phone.
    """

    presses: int
    words: int = 1
    filled: int | None = None
    seen: bool = False


@dataclass(frozen=True)
class Task:
    """One task. `was`: the presses it took when the goals were set."""

    name: str
    wanted: str
    was: str
    goal: Goal
    play: Callable[["Stage"], Person]
    late: bool = False
    """Played where requests are late at once."""


@dataclass
class Stage:
    """The room, in one language; every person the tasks ask for is recorded."""

    room: Room
    language: str
    pictures: Path
    task: str = ""
    clients: list[Client] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)

    def client(self, who: str, language: str = "bg") -> Client:
        """A chat of that person, who speaks the language."""
        client = self.room.opened(self.room.player(who))
        self.clients.append(client)
        client.say({"bg": "български", "en": "english"}[language])
        return client

    def person(self, who: str) -> Person:
        """The one whose task it is."""
        person = Person(self.client(who, self.language), f"{self.task}-{self.language}", self.pictures)
        self.persons.append(person)
        return person

    def says(self, bulgarian: str, english: str) -> str:
        """In the language of the stage."""
        return bulgarian if self.language == "bg" else english

    def student(self, school: str, *, elsewhere: bool = False, place: int = -1) -> dict[str, Any]:
        """A plain student; those of the end of the list were not asked for by anybody."""
        plain = [one for one in self.room.students(school, elsewhere=elsewhere) if not one["case"]]
        return plain[place]

    def close(self) -> None:
        """Closes every chat."""
        while self.clients:
            self.clients.pop().close()


TYPED = "Номер|Име|Number|Name|name"
SEARCH = "Търсене|Search"
NEXT = "Напред|Continue"
CONFIRM = "Потвърждаване|Confirm"
PASSWORD = r"\b[DFGKMRSTVZ][a-z]+[2-9]{3,4}\b"
_MOST_MARKS = 400
CLASSROOMS = ("класни стаи", "classrooms")
LINK, MISSING = "Технологии", "Изобразително изкуство"
"""Links of the pretend school: one whose teacher does not own it, and one that is missing."""


def username(stage: Stage) -> Person:
    """A director reads the identifier from the student's papers. A reason that is asked for is given when it is."""
    student = stage.student(stage.room.cast.first_director.school_code, elsewhere=True)
    person = stage.person("director")
    person.begin()
    person.say(stage.says("справка", "lookup"))
    known = {TYPED: student["identifier"]}
    reason = "Преместен ученик|Преместване|Transferred.*|Moved.*"
    preset = person.client.page.get_by_role("radio", checked=True).count()
    person.steps(student["username"], (reason, SEARCH), types=known, ticks=() if preset else (reason,))
    person.goes_on(student["username"], (reason, SEARCH), types=known, ticks=(reason,))
    return person


def password(stage: Stage) -> Person:
    """Of a student who stands before the director."""
    young = stage.room.cast.young_student
    person = stage.person("director")
    person.begin()
    person.say(stage.says("парола", "password"))
    person.goes_on(
        PASSWORD,
        ("Показване на паролата|Show the password", CONFIRM, NEXT, SEARCH),
        types={TYPED: young.identifier},
        ticks=("Лично на ученика|The student in person", "Уверих се|I have verified"),
    )
    return person


def slips(stage: Stage) -> Person:
    """Of one class, to the file that is printed."""
    class_ = stage.room.cast.own_class
    person = stage.person("director")
    person.begin()
    person.say(stage.says(f"пароли за {class_}", f"temporary passwords for {class_}"))
    person.goes_on(
        re.escape(DOWNLOADED),
        (
            "Изтегляне на файла.*|Изтегляне на бележките.*|Download the (?:file|slips).*",
            "Отпечатване на бележките|Print the slips",
            "Създаване на паролите|Create the passwords",
            CONFIRM,
            NEXT,
            rf"{class_}\b.*",
            SEARCH if person.holds(class_) else "Цяла паралелка|A whole class",
        ),
        chooses={"^(?:Паралелка|Class)": class_},
        ticks=("Лично на всеки ученик|Each student in person", "Ще предам всяка|I will hand each"),
    )
    return person


def new_class(stage: Stage) -> Person:
    """First-graders: from the board to slips that are printed, and to the record of who signed for them."""
    board, class_ = stage.says("профили", "accounts"), "1 б, .*"
    parents = "На родителите|(?:To the|The) parents"
    person = stage.person("director")
    person.begin()
    person.say(board)
    person.goes_on(
        re.escape(DOWNLOADED),
        (
            "Изтегляне на файла.*|Download the file.*",
            "Отпечатване на бележките|Print the slips",
            "Създаване на паролите|Create the passwords",
            CONFIRM,
            "Бележки с пароли|Slips with passwords",
            class_,
        ),
        ticks=(parents, "Ще предам всяка|I will hand each"),
    )
    person.say(board)
    person.goes_on(
        "Записано е предаване|is recorded|was recorded",
        (
            r"Всички подписаха \(\d+\)|Everybody signed \(\d+\)",
            "Отбелязване на подписалите|Record who signed",
            class_,
        ),
        ticks=(parents,),
    )
    assert not person.reads("Не е записано за|Not recorded for"), "somebody whose parent has signed was left out"
    return person


def approval(stage: Stage) -> Person:
    """Of a request that has just come."""
    person, asking = stage.person("director"), stage.client("other")
    student = stage.student(stage.room.cast.first_director.school_code, place=-2)
    request(asking, student["identifier"])
    person.begin()
    person.comes(re.escape(student["name"]))
    person.goes_on(
        "Одобрихте искането|Профилът е предоставен|Одобрено|You approved|Approved|was released",
        ("Одобряване|Approve",),
    )
    return person


def mending(stage: Stage) -> Person:
    """Of a link whose teacher does not own the classroom, from the school's overview."""
    person = stage.person("director")
    person.begin()
    person.say(stage.says(*CLASSROOMS))
    person.goes_on(
        "Заявката е приета|Изпълнява се|request is accepted|being carried out",
        (
            CONFIRM,
            "Добавяне като собственик|Add the teacher as an owner",
            rf".*{LINK}.*",
            OPEN,
            ".*не е (?:неин )?собственик.*|.*does not own it.*",
            "Отваряне на списъка|Open the list",
        ),
        chooses={
            "^(?:Класна стая|Classroom)": LINK,
            "Кой списък|Which list": "не е неин собственик|does not own it",
        },
    )
    return person


def classrooms(stage: Stage) -> Person:
    """All of a school that keeps its classes in Google Classroom, marked as created there."""
    person = stage.person("other")
    person.say(stage.says(*CLASSROOMS))
    person.goes_on(
        r"(?:Остават|Left): \d+|Изборът е запазен|Your choice is kept",
        (
            "Избор на Google Classroom|Choose Google Classroom",
            CONFIRM,
            "Teams или Google.*|Teams or Google.*",
            "Преминаване към Classroom|Change to Classroom",
        ),
    )
    person.begin()
    person.say(stage.says(*CLASSROOMS))
    done = (
        r"(?:Остават|Left): 0|Няма класни стаи за показване|There are no classrooms"
        "|Всички класни стаи в този списък са отбелязани|All classrooms of this list are marked"
    )
    one, several = "Предстои създаване.*|To be created.*", r"- ООП"
    for _ in range(_MOST_MARKS):
        if person.reads(done):
            break
        marked = person.reads("Отбелязано е|Marked") and not person.asked_to_tick(several)
        person.steps(
            done,
            (
                CONFIRM,
                "Отбелязване на всички.*|Mark all.*",
                *(() if marked else ("Отбелязване.*|Mark.*",)),
                OPEN,
                "Към списъка|To the list",
                one,
                "Отваряне на списъка|Open the list",
                f".*{several}.*",
            ),
            chooses={"^(?:Класна стая|Classroom)": r"\w", "Кой списък|Which list": "Предстои|To be created"},
            ticks=(several,),
        )
    return person


def question(stage: Stage) -> Person:
    """Of a teacher whose link is not in order."""
    person = stage.person("teacher")
    person.begin()
    person.say(stage.says(*CLASSROOMS))
    person.goes_on(
        "Изпратено е|Sent",
        ("Въпрос до директора|Ask the director", rf".*{MISSING}.*", OPEN, "Следващи|Next"),
        chooses={"^(?:Класна стая|Classroom)": MISSING},
    )
    return person


def late_request(stage: Stage) -> Person:
    """Decided by the regional office, which says why."""
    person, asking = stage.person("expert"), stage.client("other")
    student = stage.student(stage.room.cast.first_director.school_code, place=-3)
    request(asking, student["identifier"])
    person.begin()
    person.comes("отнесено към РУО|[Rr]equest referred to the regional office")
    person.goes_on(
        "Одобрихте искането|Одобрено|You approved|Approved",
        ("Одобряване|Approve", OPEN, "(?:Искане )?№ .*|(?:Request )?(?:No\\.|№|#) .*"),
        types={"Основание|Причина|Ground|Reason": stage.says("Ученикът учи в новото училище.", "Enrolled there.")},
        chooses={"Кое искане|Which request": r"\d"},
    )
    return person


def not_understood(stage: Stage) -> Person:
    """What the bot does not understand leads to the service all the same."""
    person = stage.person("director")
    person.begin()
    person.say(stage.says("нещо друго", "something else"))
    person.goes_on(
        "Номер, име или потребителско име|Number, name or username",
        ("Справка за потребителско име|Потребителско име.*|Справка|Username lookup|Look-up|Lookup",),
    )
    return person


def table(stage: Stage) -> Person:
    """Of the school's links; from their overview it is one press more."""
    person = stage.person("director")
    person.begin()
    person.say(stage.says("таблица на класните стаи", "table of classrooms"))
    person.goes_on(
        re.escape(DOWNLOADED),
        (
            "Изтегляне на таблицата.*|Download the table.*",
            "Отваряне на страницата|Open the page",
            "Таблица.*|Table.*",
            "Още…|More…",
        ),
    )
    return person


def upload(stage: Stage) -> Person:
    """Of the list of НЕИСПУО."""
    outside = Outside(stage.room.standing.tenant, stage.room.cast.second_director.school_code)
    try:
        _, package = outside.listed()
    finally:
        outside.stop()
    file = stage.room.folder / "list.zip"
    file.write_bytes(package)
    person = stage.person("other")
    person.begin()
    person.say(stage.says(*CLASSROOMS))
    person.goes_on(
        "Списъкът е приет|е качен|The list was taken|was uploaded",
        (
            "Качване|Upload",
            "Отваряне на страницата|Open the page",
            "Качване на (списък|класните стаи).*|Upload (a list|the classrooms).*",
            "Още…|More…",
        ),
        files=file,
    )
    return person


def language(stage: Stage) -> Person:
    """The other one, by somebody who does not read this one."""
    person = stage.person("director")
    person.begin()
    person.say(stage.says("език", "language"))
    person.goes_on(stage.says("language is now", "сменен на български"), (stage.says("English", "Български"),))
    return person


def _tasks() -> Iterator[Task]:
    yield Task(
        "username",
        "потребителско име на преместен ученик",
        "1 word, 2 inputs, 1–2 presses",
        Goal(1, filled=2),
        username,
    )
    yield Task("password", "парола на един ученик", "4–5 presses", Goal(4), password)
    yield Task("slips", "бележки на паралелка", "7 presses", Goal(5), slips)
    yield Task("new-class", "предаване на нова паралелка", "", Goal(12, words=2), new_class)
    yield Task("approval", "одобряване на искане", "2 presses", Goal(2, words=0, seen=True), approval)
    yield Task("question", "въпрос на учител до директора", "2 presses", Goal(2), question)
    yield Task("mending", "оправяне на класна стая", "4 presses, 2 selections", Goal(3, filled=0), mending)
    yield Task("classrooms", "отбелязване на класните стаи в Classroom", "177 presses", Goal(8), classrooms)
    yield Task(
        "late",
        "решение на РУО по просрочено искане",
        "2 presses and a reason",
        Goal(2, words=0),
        late_request,
        late=True,
    )
    yield Task(
        "not-understood",
        "неразбрано → услугата",
        "1 of 8 buttons after two screens",
        Goal(1, seen=True),
        not_understood,
    )
    yield Task("table", "таблица на класните стаи", "3 presses", Goal(2), table)
    yield Task("upload", "качване на списък", "link, page, files", Goal(3), upload)
    yield Task("language", "смяна на езика", "1 press", Goal(1), language)


TASKS = tuple(_tasks())
