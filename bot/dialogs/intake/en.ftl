command-intake = Intake of students
command-intake-hint = Shows the usernames of the students who enter grades I, V, VIII and XI before the school year begins.
command-intake-word = intake
command-intake-example = intake of students

words-intake = intake

intake-title = Intake of students
intake-lead = Until { $until } students who enter grades I, V, VIII and XI are taken in without a request to their former school.
intake-closed = Intake into grades I, V, VIII and XI comes before the school year. The next one begins on { $since }. At other times a request is sent for a student of another school.
intake-grade = grade { $grade }
intake-grade-count = { $grade }: { $count }
intake-own = In your school already
intake-own-none = There are no students in these grades in your school yet.
intake-nobody = There are no students in this grade.
intake-others = Students of other schools
intake-back = To the intake

intake-form-title = Students of other schools
intake-form-grade = They enter
intake-form-grade-choose = Choose
intake-form-numbers = EGN or LNCh of the students
intake-form-missing = Please enter the EGN or LNCh of the students.
intake-form-hint = One number to a line, up to 30 at once, also pasted from a table. What you enter does not stay in the conversation.
intake-form-logged = Each look-up is recorded in the bot's log with the reason “Intake”.
intake-form-ask = Search
intake-left =
    { $left ->
        [one] Until the end of the intake your school may enter { $left } more number.
       *[other] Until the end of the intake your school may enter { $left } more numbers.
    }

intake-answer-title = Intake into { $grade }
intake-line = Line { $line }
intake-lines = Lines: { $lines }
intake-line-same = { $line } (as line { $same })
intake-own-already = is in your school already
intake-found-nobody = No students who enter this grade were found.
intake-found-next = The username is given to the student only; to a parent only if the student is under 14 or has special educational needs. You can create a temporary password once the student is enrolled in your school.
intake-left-out = Without a username
intake-more = Search for more students
intake-fault-unreadable = Not an EGN or LNCh. Please check the digits; a student with a service number is found by “Username lookup”.
intake-fault-repeated = The number was entered on an earlier line.
intake-fault-not-found = There is no such student. Please check the number against the student's document.
intake-fault-disabled = The account is inactive. Please contact { $support }.
intake-fault-no-student = The number is not a student's. Please check it against the student's document.
intake-fault-other-grade = The student does not enter this grade. If the student has moved, send a request.
intake-fault-two = The student has more than one account. Find the student by “Username lookup”.
