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
    "show": ("Показване на паролата", "Show the password"),
    "handed": ("Отбелязване като предадена", "Mark as handed over"),
    "check": ("Проверка дали действа", "Check whether it works"),
    "confirm": ("Потвърждаване", "Confirm"),
    "back": ("Обратно", "Back"),
    "cancel": ("Отказ", "Cancel"),
    "stop": ("Спиране", "Stop"),
    "refresh": ("Обновяване", "Refresh"),
    "slips": ("Отпечатване на бележките", "Print the slips"),
    "again": ("Нов опит за ученици без парола", "Try the failed ones again"),
    "not-ours": (
        "Ученикът не е записан във Вашето училище. Паролата може да бъде сменена от неговия директор.",
        "The student is not enrolled in your school. The password can be changed by the director of that school.",
    ),
    "fourteen": (
        "Ученикът е навършил 14 години. Паролата се предава лично на него, освен ако е със СОП.",
        "The student is 14 or older. The password is handed to the student in person, except with SEN.",
    ),
    "waiting": (
        "За този профил има временна парола, която още не е показана.",
        "There is a temporary password for this account that has not been shown yet.",
    ),
    "ready": (
        "Временната парола ще бъде показана само веднъж – подгответе се да я запишете.",
        "The temporary password will be shown only once: be ready to write it down.",
    ),
    "gone": (
        "От съображения за сигурност не може да бъде показана повторно. Ако не е записана, издайте нова.",
        "For security it cannot be shown again. If it was not written down, issue a new one.",
    ),
    "failed": (
        "Услугата на Microsoft не отговори навреме. Досегашната парола продължава да действа. Опитайте отново.",
        "Microsoft's service did not answer in time. The current password still works. Please try again.",
    ),
    "student": ("ученика", "the student"),
    "protected": (
        "Паролата на този профил не може да бъде сменена чрез бота.",
        "This account's password cannot be changed through the bot.",
    ),
    "third": (
        "За последното денонощие вече са издадени две пароли.",
        "Two passwords have already been issued within the last day.",
    ),
    "throttled": (
        "Услугата на Microsoft е натоварена. Работата продължава след около 2 минути.",
        "Microsoft's service is busy. The work goes on in about 2 minutes.",
    ),
    "moment": ("24.11.2056 г., 08:05 ч.", "24 Nov 2056, 08:05"),
    "later": ("27.11.2056 г., 08:05 ч.", "27 Nov 2056, 08:05"),
}
