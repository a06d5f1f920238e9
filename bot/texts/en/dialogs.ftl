# The words of the conversations: help, language, lookup, password.

notice-not-possible = This cannot be done
services-more = More…

help-teacher = Here you see which of your classes are in Teams, which one is missing and why. Usernames and temporary passwords are given by the director of your school.
help-deputy = You are authorised to decide in the director's place about requests for accounts of transferred students that are sent to { $school }.
help-student = If you forgot your username or password, please ask your class teacher or the director of your school.
help-regional-office = Here you see the overdue requests for accounts of transferred students in your region and decide about them. Students' data are not shown, unless you state a reason. Lookups of single students are made by the director of the school.
help-stranger = The services are for school directors. If you are a director, sign in to Teams with the school's administrative account: the NEISPUO code followed by @edu.mon.bg.
help-disabled = The account you signed in with is not active. Please contact the school's administrator.
help-school-unknown = The school you answer for was not found in the Ministry's data. Please contact support.
help-activation = Signing in for the first time: open teams.microsoft.com, enter the username (with @edu.mon.bg) and the temporary password, then set a new password that only you know.
help-personal = Accounts are personal. They are given only to the person they are meant for, or to a parent if the student is under 14 or has special educational needs.
help-new-accounts = A new account is handed over by giving a temporary password: to one person, or to a whole class at once.

language-question = Which language shall I speak?
language-bg = Български
language-en = English
language-changed = The language is now English.

lookup-new-search = New lookup
lookup-request = Request the account
lookup-request-of = Request { $username }
lookup-denied-title = The lookup was not made
lookup-identifier-in-chat = Your message contains a number that looks like an EGN or another personal number. The bot does not keep it, but it cannot delete your messages. Please delete it: point at the message (on a phone, press and hold it), choose “…” (More options) and “Delete”.
lookup-identifier-in-form = Please enter the number again here, in the form: from there it is not kept in the chat.
lookup-kind-missing = Please choose what to search by.
lookup-purpose-text-missing = You chose “Other”. Please describe the reason in a few words.
lookup-too-many = { $count ->
        [one] { $count } person has
       *[other] { $count } people have
    } such a name. Please enter all three names, or search by EGN.
lookup-not-found = No student was found with these details. Please check the digits and the kind of number. If the student is returning from abroad or entering school for the first time, the Ministry creates the account after enrolment in NEISPUO.
lookup-not-found-own = No such student was found in your school. If the student is from another school, choose a reason for the lookup and search again.
lookup-not-found-username = No student was found with this username. Please check the letters and digits, or search by EGN.
lookup-not-found-name = Nobody with such a name was found in your school. A student of another school can be found only by EGN, LNCh, service number or username.
lookup-username-unreadable = This does not look like a username. A username is in Latin letters, for example ip01234567, with or without @edu.mon.bg.
lookup-name-unreadable = Please enter at least two letters of the name.
lookup-choice-missing = Nobody was chosen from the list. Please search again.
lookup-choice-gone = The chosen person is no longer in your school. Please search again.

## Temporary password

password-of = Temporary password for { $username }
password-by-class = A whole class
password-another = Another person
password-back = Back
password-confirm = Confirm
password-cancel = Cancel
password-new = New temporary password
password-not-found = There is nobody with these details in your school. Please check what you entered. The password of a student of another school can be changed by the director of the student's current school. The account of a newly enrolled student is created by the Ministry after enrolment in NEISPUO.
password-name-not-found = Nobody with such a name was found in your school. Please check the name, or search by EGN.
password-pending-running = To the password being created
password-pending-ready = To the password that was created
password-pending-given = To the password that was given
password-pending-handed = To the receipt
password-not-handed = not recorded
password-fourteen-sen = { $refusal } The only exception is a student with special educational needs, when attested below.

password-running-title = The temporary password is being created
password-running = This usually takes a few seconds. Press “Check” to see whether it is ready.
password-running-slow = Microsoft's service is busy. The request is accepted and will be carried out automatically. Please check again in a minute.
password-running-doubt = Microsoft's service is temporarily unavailable. Your request is saved and will be carried out automatically. The current password may have stopped working already.
password-look = Check
password-ready-title = The temporary password is ready
password-ready = It will be shown only once: be ready to write it down.
password-ready-until = If it is not shown by { $until }, it will be destroyed and you will have to issue a new one.
password-reveal = Show the password
password-reveal-again = Show it again
password-hide = Hide the password
password-hidden-title = The password is hidden
password-hidden = Until { $until } you can see it again: only you, and only in this chat. After that it will be destroyed.
password-shown-title = The password was already shown
password-gone-title = The password cannot be shown
password-gone = The password was shown on { $at }. For security it cannot be shown again.
password-reissue = If it was not written down, issue a new one.
password-unseen = The password was destroyed without being shown: the time for showing it has passed, or another was created after it. The earlier password no longer works. If there is no other, please issue a new one.
password-cancelled-title = The password is no longer being created
password-cancelled = The earlier password was not changed.
password-failed-title = The temporary password was not created
password-doubt-title = It is not certain whether the password was changed

password-handed = Mark as handed over
password-handed-title = Handover recorded
password-handed-at = Handed over at
password-handed-by = Handed over by
password-recipient = Recipient
password-expires = To be used by
password-change-at-first = A new password will be required at first sign-in. Please check in a few minutes whether the owner has signed in.
recipient-student = the student in person
recipient-parent = a parent of the student
recipient-teacher = the teacher in person

password-check = Check whether it works
password-check-title = Check of the temporary password
password-check-works = The password was accepted and can be used to sign in. The account's owner has not changed it yet.
password-check-not-yet = The change is not visible everywhere yet. The password will work from { $at }. Please check again after that.
password-check-soon = The change is not visible everywhere yet. Please check again in a minute.
password-check-changed = The password has been changed already, not known by whom. If the account's owner cannot sign in, please issue a new one.
password-check-expired = The temporary password has expired. If the owner has not signed in yet, please issue a new one.
password-check-replaced = The temporary password was not used in time and no longer works. Please issue a new one.

password-slip = Print a slip
password-slips-title = { $count ->
        [one] The slip is ready to print
       *[other] Slips ready to print: { $count }
    }
password-slips-once = The file can be downloaded only once, until { $until }.
password-slips-care = { $count ->
        [one] The account is personal. Hand the slip only to its recipient,
       *[other] Accounts are personal. Hand each slip only to its recipient,
    } and delete the file after printing it. Do not send passwords by Viber, Messenger or e-mail.
class-slips-off = Passwords for a whole class are handed out on printed slips, and printing is not switched on for this bot. Please create the passwords one by one.
password-slips-off = Printing slips is not switched on for this bot. Please show the password and write it down.

digit-0 = zero
digit-1 = one
digit-2 = two
digit-3 = three
digit-4 = four
digit-5 = five
digit-6 = six
digit-7 = seven
digit-8 = eight
digit-9 = nine

## Temporary passwords for a class

class-another = Another class
class-none = No classes were found in your school: they are known by the names of the teams in Teams. Please create the passwords one by one: find each student by name.
class-missing = Please choose a class from the list.
class-gone = No students were found in this class. Please choose another, or find the student by name.
class-first = { $count ->
        [one] The class has { $count } student.
       *[other] The class has { $count } students.
    } { $shown ->
        [one] { $shown } is shown,
       *[other] { $shown } are shown,
    } first those whose password nobody has changed.
class-nobody-chosen = Please tick at least one student.
class-too-many = At most { $count } students can be chosen at once.
class-nobody-allowed = A temporary password can be created for none of those chosen.
class-not-in-it = Somebody who is not in the class
class-age-unknown = The number does not tell the age. The password is handed to the student in person; for a parent, find the student by name and state the date of birth.
class-left-out = { $count ->
        [one] For { $count } of those chosen no password is created:
       *[other] For { $count } of those chosen no passwords are created:
    } the number allowed in 24 hours is reached, another is being created, or the student is not in the class.
class-slips = Print the slips
class-retry = Try again for the failed ones
class-retried = { $count ->
        [one] A new password is being created for { $count } of the failed ones.
       *[other] New passwords are being created for { $count } of the failed ones.
    } Their progress is in a card of its own below. The slips of the successful ones stay here.
class-retry-progress = To the new attempt
class-refresh = Refresh
class-cancel = Stop
class-cancelled = The stop is accepted. Passwords already created remain valid.
class-waits = Microsoft's service does not answer at the moment. The work will continue automatically.
class-slow = Microsoft takes a limited number of changes at a time and is being waited for. The work will go on automatically.

## Notices to directors and class teachers

notice-by = Created by
notice-at = When
notice-set-title = A temporary password was created
notice-set = The account's earlier password no longer works. You receive this message because you answer for the school.
password-revoked = Access from all devices was ended.
password-not-revoked = The password was created, but access from the other devices could not be ended. Please contact the Ministry's support.
notice-not-you = If this surprises you, please ask whoever created it, or tell support.
notice-not-you-many = If this surprises you, please ask whoever is creating them, or tell support.
notice-receipt-title = A temporary password was created: receipt
notice-receipt = The temporary password was created and the earlier one no longer works. This receipt stays in the chat; the password is not in it: it is shown only in the card from which you asked for it.
notice-receipt-not-you = If it was not you who asked for it, please tell support.
notice-alarm-title = Attempt to reach a temporary password
notice-alarm = Another person, or somebody in another chat, pressed a button of your card for this temporary password. The password was not shown to them and the attempt was logged.
notice-alarm-next = If you forwarded the card, please do not do so. If you know nothing about this, lock your computer and issue a new password.
notice-alarm-job-title = Attempt to reach the temporary passwords of a class
notice-alarm-job = Another person, or somebody in another chat, pressed a button of your card for the passwords of this class. No password was shown, nothing was changed, and the attempt was logged.
notice-alarm-job-next = If you forwarded the card, please do not do so. If you know nothing about this, lock your computer and tell support.

lookup-alarm-title = Students were looked up who were not found
lookup-alarm-own = Up to { $at }, several lookups of students of other schools were made from your account that found nobody. Searching in other schools is paused for an hour.
lookup-alarm-own-next = If it was not you, sign out on all devices, change your password and tell support.
lookup-alarm-colleague = Up to { $at }, several lookups of students of other schools were made from the account of { $name } that found nobody. Searching from that account is paused for an hour.
lookup-alarm-somebody = a director of your school
lookup-alarm-colleague-next = Please ask your colleague. If the lookups are not theirs, the password of the account must be changed at once.
lookup-alarm-office = Up to { $at }, students of several schools were looked up from the account of a director of { $school }, and many of the lookups found nobody. Searching from that account is paused for an hour.
lookup-alarm-office-next = Please contact the school. Which students were looked up is not shown here.
notice-replaced-title = An unused temporary password was ended
notice-replaced = The temporary password was not used in time and no longer works. The account and its data are kept.
notice-replaced-next = When the owner comes for a password, type “password” and issue a new one.
notice-job-title = Temporary passwords are being created for a class
notice-job = { $count ->
        [one] { $count } temporary password will be created.
       *[other] { $count } temporary passwords will be created.
    } You receive this message because you answer for the school.
notice-teacher-one = The director of the school created a temporary password for a student of yours. The student's earlier password no longer works.
notice-teacher-many = { $count ->
        [one] The director of the school is creating { $count } temporary password for a student of your class.
       *[other] The director of the school is creating { $count } temporary passwords for students of your class.
    } Their earlier passwords stop working.
notice-teacher-next = The password is handed over by the director. At first sign-in the student sets a new one. You receive this message as class teacher.
