"""What the dialogs say on the sample cards: name → Bulgarian, English."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "teacher": (
        "Като учител не можете да правите справки за потребителски имена. Обърнете се към директора на училището.",
        "As a teacher you cannot look up usernames. Please ask the director of your school.",
    ),
    "invalid": ("Невалиден ЕГН. Моля, проверете цифрите.", "Invalid EGN. Please check the digits."),
    "typed": (
        "Моля, изтрийте съобщението си: посочете го, изберете „Още опции“ и „Изтриване“.\nНомерът не е запазен.",
        "Please delete your message: point at it, choose “More options” and “Delete”.\nThe number was not kept.",
    ),
    "to-class": ("Парола за цяла паралелка", "Passwords for a whole class"),
    "show": ("Показване на паролата", "Show the password"),
    "handed": ("Отбелязване като предадена", "Mark as handed over"),
    "slip": ("Отпечатване на бележка", "Print a slip"),
    "check": ("Проверка дали действа", "Check whether it works"),
    "new-password": ("Нова временна парола", "New temporary password"),
    "confirm": ("Потвърждаване", "Confirm"),
    "back": ("Обратно", "Back"),
    "cancel": ("Отказ", "Cancel"),
    "stop": ("Спиране", "Stop"),
    "refresh": ("Обновяване", "Refresh"),
    "slips": ("Отпечатване на бележките", "Print the slips"),
    "again": ("Нов опит за неуспешните", "Try the failed ones again"),
    "not-ours": (
        "Ученикът не е записан във Вашето училище. Паролата може да бъде сменена от неговия директор.",
        "The student is not enrolled in your school. The password can be changed by the director of that school.",
    ),
    "nobody-chosen": (
        "Не е посочено на кого ще предадете паролата.",
        "You have not stated whom you will hand the password to.",
    ),
    "birth-implausible": (
        "Тази дата на раждане не е възможна за ученик. Моля, проверете годината.",
        "This cannot be a student's date of birth. Please check the year.",
    ),
    "fourteen": (
        "Ученикът е навършил 14 години. Паролата се предава лично на него, освен ако е със СОП.",
        "The student is 14 or older. The password is handed to the student in person, except with SEN.",
    ),
    "identity-wanted": (
        "Не сте потвърдили, че сте се уверили в самоличността на лицето.",
        "You have not confirmed that you verified the person's identity.",
    ),
    "waiting": (
        "За този профил има временна парола, която още не е показана.",
        "There is a temporary password for this account that has not been shown yet.",
    ),
    "making-title": ("Паролата се създава", "The password is being created"),
    "making": (
        "Обикновено отнема няколко секунди. Натиснете „Обновяване“.",
        "It usually takes a few seconds. Press “Refresh”.",
    ),
    "ready-title": ("Паролата е създадена", "The password is ready"),
    "ready": (
        "Временната парола ще бъде показана само веднъж – подгответе се да я запишете.",
        "The temporary password will be shown only once: be ready to write it down.",
    ),
    "gone-title": ("Паролата вече е показана", "The password was already shown"),
    "gone": (
        "От съображения за сигурност не може да бъде показана повторно. Ако не е записана, издайте нова.",
        "For security it cannot be shown again. If it was not written down, issue a new one.",
    ),
    "handed-title": ("Предаването е отбелязано", "The handover is recorded"),
    "failed-title": ("Паролата не е сменена", "The password was not changed"),
    "failed": (
        "Услугата на Microsoft не отговори навреме. Досегашната парола продължава да действа. Опитайте отново.",
        "Microsoft's service did not answer in time. The current password still works. Please try again.",
    ),
    "slip-title": ("Бележката е готова", "The slip is ready"),
    "slip-ready": (
        "Файлът може да бъде изтеглен до 10 минути от сега. Дайте бележката само на лицето, за което е предназначена.",
        "The file can be downloaded within 10 minutes. Give the slip only to the person it is meant for.",
    ),
    "shown-on": ("Показана на", "Shown on"),
    "handed-to": ("Предадена на", "Handed to"),
    "student": ("ученика", "the student"),
    "no-answer": ("Услугата на Microsoft не отговори навреме.", "Microsoft's service did not answer in time."),
    "protected": (
        "Паролата на този профил не може да бъде сменена чрез бота.",
        "This account's password cannot be changed through the bot.",
    ),
    "third": (
        "За последното денонощие вече са издадени две пароли.",
        "Two passwords have already been issued within the last day.",
    ),
    "age14": ("Ученикът е навършил 14 години.", "The student is 14 or older."),
    "throttled": (
        "Услугата на Microsoft е натоварена. Работата продължава след около 2 минути.",
        "Microsoft's service is busy. The work goes on in about 2 minutes.",
    ),
    "first-forty": (
        "Паралелката има повече от 40 ученици. Показани са първите 40.",
        "The class has more than 40 students. The first 40 are shown.",
    ),
    "none-ticked": ("Не е отбелязан нито един ученик.", "No student is ticked."),
    "moment": ("24.11.2056 г., 08:05 ч.", "24 Nov 2056, 08:05"),
    "hour": ("08:07 ч.", "08:07"),
    "later": ("27.11.2056 г., 08:05 ч.", "27 Nov 2056, 08:05"),
}
