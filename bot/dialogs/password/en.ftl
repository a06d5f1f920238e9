command-password = Temporary password
command-password-hint = Creates a temporary password for a student or teacher of your school.
command-password-word = password
command-password-example = new password for a student

## Temporary password: for whom, to whom
card-password-title = Temporary password
card-password-lead = Find the student or teacher. Then state whom you will hand the password to, and confirm.
card-password-class-hint = For a whole class enter only the class, for example 5a.
card-password-own = A temporary password is given only to a student or teacher of your school, or to a student whose account was released to your school.
card-password-status = Temporary password
card-password-status-never = none given
card-password-status-handed = none given; the first was handed over
card-password-status-running = being created
card-password-status-running-at = being created, asked for on { $at }
card-password-status-ready = created, not shown yet
card-password-status-ready-at = created on { $at }, not shown yet
card-password-status-unseen = created, but not shown
card-password-status-unseen-at = created on { $at }, but not shown; it can no longer be seen
card-password-status-given = given
card-password-status-given-at = given on { $at }
card-password-status-changed = changed, not known by whom
card-password-status-changed-at = changed on { $at }, not known by whom
card-password-status-unknown = not known whether it was changed
card-password-status-own = Password
card-password-status-expired = past its time, but still works
card-password-status-expired-at = past its time since { $at }, but still works
card-password-status-past = past its time
card-password-status-past-at = past its time since { $at }
card-password-status-replaced = not used, no longer valid
card-password-status-replaced-at = not used; not valid since { $at }
card-password-status-doubtful = not confirmed
card-password-status-doubtful-at = asked for on { $at }, but not confirmed
card-password-status-unreadable = cannot be read just now
card-password-handover = Handover
card-password-being-created = The account is still being created. It is better to wait until its status is “Active”.
card-password-attention = Please note
card-password-recipient = Whom will you hand the password to?
card-password-recipient-missing = Please state whom you will hand the password to.
card-password-to-student = The student in person
card-password-to-parent-14 = A parent: the student is under 14
card-password-to-parent-sen = A parent: student with special educational needs (SEN)
card-password-to-parent-either = A parent: the student is under 14 or has SEN
card-password-to-teacher = The teacher in person
card-password-birth = The student's date of birth
card-password-birth-impossible = This date of birth is not possible for a student. Please check it or delete it.
card-password-birth-why = Needed only if you hand the password to a parent: the student's number does not tell the age.
card-password-sen = Special educational needs
card-password-sen-statement = I attest that the student has special educational needs and that I hand the password to a parent.
card-password-sen-why = Tick only if the student is 14 or older and the password is handed to a parent. No health details are needed.
card-password-identity = Identity
card-password-identity-statement = I have verified the identity of the person I hand the password to.
card-password-identity-missing = Please confirm that you have verified the person's identity.
card-password-compromised = Security of the account
card-password-compromised-statement = Somebody else may be using the account. Sign it out on all devices.
card-password-compromised-why = Signing out takes a few minutes. The owner signs in again with the temporary password.
card-password-viber = Do not send passwords by Viber, Messenger or e-mail.

## Temporary password: confirmation
card-password-confirm-title = Confirmation
card-password-confirm = A temporary password will be created for { $name }, class { $class_ }. The current one will stop working. Continue?
card-password-confirm-one = A temporary password will be created for { $name }. The current one will stop working. Continue?
card-password-confirm-many = { $count ->
        [one] { $count } temporary password will be created for class { $class_ }. The student's current one will stop working.
       *[other] { $count } temporary passwords will be created for class { $class_ }. The students' current ones will stop working.
    } Continue?
card-password-confirm-group = { $count ->
        [one] { $count } temporary password will be created for "{ $group }". The student's current one will stop working.
       *[other] { $count } temporary passwords will be created for "{ $group }". The students' current ones will stop working.
    } Continue?
card-class-confirm-before = { $count ->
        [one] A password was already created for { $count } of the chosen students at { $at } by { $who }. If the slip was printed, the password on it will stop working.
       *[other] Passwords were already created for { $count } of the chosen students at { $at } by { $who }. If the slips were printed, the passwords on them will stop working.
    }
card-class-confirm-somebody = another person with a director's rights
card-password-confirm-works = The present password was changed on { $at }, not known by whom, and works.
card-class-confirm-working = { $count ->
        [one] The password of { $count } of the chosen students has been changed and works: it will stop working.
       *[other] The passwords of { $count } of the chosen students have been changed and work: they will stop working.
    }
card-class-confirm-unknown = { $count ->
        [one] Of { $count } of the chosen students it is not known whether the password was changed. If it works, it will stop working too.
       *[other] Of { $count } of the chosen students it is not known whether the passwords were changed. If they work, they will stop working too.
    }
card-password-confirm-compromised = The account will be signed out on all devices.
card-password-handed-to = To be handed to
card-password-handed-student = the student in person
card-password-handed-parent = a parent
card-password-handed-teacher = the teacher in person
card-password-left-out = Will be given no password: { $count }

## Temporary password: shown, slip
card-password-value = Password
card-password-reading = Read aloud
card-password-typed = Type it without spaces:
card-password-how = Type it in Latin letters. Only the first letter is a capital. Letters first, then digits.
card-password-change = A new password will be required at first sign-in.
card-password-works = Works from
card-password-until = Use it by
card-password-again = Can be shown again until
card-password-hand-student = Hand the password to the student in person.
card-password-hand-parent = Hand the password to the parent in person.
card-password-hand-teacher = Hand the password to the teacher in person.

## Passwords for a class
card-class-pick-title = Passwords for a class
card-class-pick-lead = Choose a class. Then you will tick the students for whom temporary passwords are to be created.
card-class-pick-label = Class
card-selection-title = Passwords for chosen students
card-class-students-title = Passwords for a class
card-class-students-lead = Tick the students who are to be given temporary passwords: their present passwords will stop working. Ticked already are only those whose password nobody has changed and who were given no temporary one.
card-class-students-lost = Tick only the students whose slip is lost: their present passwords will stop working.
card-class-create = Create the passwords
card-class-students-label = Students
card-class-students-and-passwords = Students and the state of their passwords
card-class-students-missing = Please tick at least one student.
card-class-fourteen = 14 or older
card-class-age-unknown = age unknown
card-class-recipient = Whom will you hand the passwords to?
card-class-to-student = Each student in person
card-class-to-parent = The parents: only for students under 14
card-class-sen = The password of a student of 14 or older with special educational needs is handed to a parent individually: find the student under “Temporary password”.
card-class-identity-statement = I will hand each password over only after verifying the identity of the person who receives it.
card-class-identity-missing = Please confirm that you will verify the identity of those who receive the passwords.
card-class-handed-to = To be handed to
card-class-handed-student = each student in person
card-class-handed-parent = the parents

card-class-progress-running-title = The passwords are being created
card-class-progress-cancelling-title = The creation of passwords is being stopped
card-class-progress-finished-title = The creation of passwords has ended
card-class-progress-counts = Ready: { $done } of { $total }.
card-class-progress-left = Left: { $count }.
card-class-progress-failed-count = Failed: { $count }.
card-class-progress-cancelled = Stopped: { $count }.
card-class-progress-running = The work goes on even if you close Teams. “{ class-refresh }” shows how far it is.
card-class-progress-moves = This message updates itself. The work goes on even if you close Teams.
card-class-progress-cancelling = The passwords being created already will be finished; the others will not be created.
card-class-progress-gone = The slips with the passwords can no longer be downloaded. If they were not handed out, create new passwords.
card-class-progress-retry = You can try again for the students without a password only.
card-class-progress-failed = Failed: { $count }
card-class-progress-emptied-title = Passwords being made
card-class-progress-emptied = These passwords are for a school that you no longer direct, so how far they are is not shown to you.
card-class-progress-printable = Slips to print
card-class-progress-printable-until = { $count }, until { $at }

password-another = Another person
password-back = Back
password-new = New temporary password
password-not-found = There is nobody with these details in your school. Please check what you entered. If the student has moved to your school, first send a request for the account. The password of a student of another school can be changed by the director of the student's current school. The account of a newly enrolled student is created by the Ministry after enrolment in NEISPUO.
password-name-not-found = Nobody with such a name was found in your school. Please check the name, or search by EGN. If the student has moved to your school, first send a request for the account.
password-pending-running = To the password being created
password-pending-ready = To the password that was created
password-pending-given = To the password that was given
password-pending-handed = To the receipt
password-handed-elsewhere = handed over
password-not-handed = not recorded
password-fourteen-sen = { $refusal } The only exception is a student with special educational needs, when attested below.

password-running-title = The temporary password is being created
password-running = This usually takes a few seconds. Press “Refresh” to see whether it is ready.
password-running-slow = Microsoft's service is busy. The request is accepted and will be carried out automatically. Please check again in a minute.
password-running-doubt = Microsoft's service is temporarily unavailable. Your request is saved and will be carried out automatically. The current password may have stopped working already.
password-look = Refresh
password-ready-title = The temporary password is ready
password-ready = It will be shown for a short time: be ready to write it down.
password-ready-until = If it is not shown by { $until }, it will be destroyed and you will have to create a new one.
password-reveal = Show the password
password-reveal-again = Show it again
password-hide = Hide the password
password-hidden-title = The password is hidden
password-hidden = Until { $until } you can see it again: only you, and only in this chat. After that it will be destroyed.
password-shown-title = The password was already shown
password-gone-title = The password cannot be shown
password-gone = The password was shown on { $at }. For security it cannot be shown again.
password-reissue = If it was not written down, create a new one.
password-unseen = The password was destroyed without being shown: the time for showing it has passed, or another was created after it. The earlier password no longer works. If there is no other, please create a new one.
password-newer = A newer password was created on { $at }; this one no longer works.
password-newer-in-doubt = This password may no longer work: it is not certain whether another was created after it.
password-doubt-until = So its handover cannot be recorded for now. Create a new password. If none can be created, or you prefer to wait: after { $at } it will be checked whether another was created; if not, the handover can then be recorded.
password-doubt-over = Its handover cannot be recorded. If the person is in your school, create a new password.
password-newer-elsewhere = This password no longer works.
password-cancelled-title = The password is no longer being created
password-cancelled = The earlier password was not changed.
password-failed-title = The temporary password was not created
password-doubt-title = It is not certain whether the password was changed

password-handed = Mark as handed over
password-handed-title = Handover recorded
password-handed-at = Handed over at
password-handed-by = Handed over by
password-taken-back = The recorded handover was taken back as a mistake. A new one is recorded from the account of the person.
password-to-account = To the account
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
password-check-changed = The password has been changed already, not known by whom. If the account's owner cannot sign in, please create a new one.
password-check-expired = The time of the temporary password is over, but it can still be used to sign in. If the slip is lost, create a new one.
password-check-expired-unknown = The time of the temporary password is over. Whether it works cannot be checked at the moment; please try again in a while.
password-check-replaced = The temporary password was not used in time and no longer works. Please create a new one.

password-slip = Print a slip
password-slips-title = { $count ->
        [one] The slip is ready to print
       *[other] Slips ready to print: { $count }
    }
password-slips-until = The file can be downloaded until { $until }, and for two minutes after the first download it can be downloaded again.
password-slips-care = { $count ->
        [one] The account is personal. Hand the slip only to its recipient,
       *[other] Accounts are personal. Hand each slip only to its recipient,
    } and delete the file after printing it. Do not send passwords by Viber, Messenger or e-mail.
class-slips-off = Passwords for several students at once are handed out on printed slips, and printing is not switched on for this bot. Please create the passwords one by one.
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
class-ready-title = The list is ready
class-ready = The students of { $name } have been read. You can open the list and choose for whom passwords are to be created.
class-ready-selection = The students of the list “{ $name }” have been read. You can open it and choose for whom passwords are to be created.
class-show = Open the list
class-none = No classes were found in your school: the bot recognises them by the names of the teams in Teams. Please create the passwords one by one: find each student by name.
class-first = Students in all: { $count }. { $shown ->
        [one] { $shown } is shown,
       *[other] { $shown } are shown,
    } first those whose password nobody has changed.
class-selection-gone = The chosen students are no longer in your school.
class-nobody-chosen = Please tick at least one student.
class-too-many = At most { $count } students can be chosen at once.
class-nobody-allowed = A temporary password can be created for none of those chosen.
class-not-in-it = Somebody who is not in the class
class-selection-not-in-it = Somebody who is not in the list any more
class-age-unknown = The number does not tell the age. The password is handed to the student in person; for a parent, find the student by name and state the date of birth.
class-left-out = { $count ->
        [one] For { $count } of those chosen no password is created:
       *[other] For { $count } of those chosen no passwords are created:
    } the number allowed in 24 hours is reached, another is being created, another person with a director's rights has just created one, or the student is not in the list.
class-of-before = This form was used before: shown are the passwords it creates. For other students or another recipient open the list again.
class-slips = Print the slips
class-retry = Retry those without a password
class-retried = { $count ->
        [one] A new password is being created for { $count } student.
       *[other] New passwords are being created for { $count } students.
    } The progress is in a message of its own below. The slips with the passwords that are ready stay here.
class-retry-progress = To the new attempt
class-refresh = Refresh
class-cancel = Stop
class-cancelled = The stop is accepted. Passwords already created remain valid.
class-waits = Microsoft's service does not answer at the moment. The work will continue automatically.
class-slow = Microsoft takes a limited number of changes at a time and is being waited for. The work will go on automatically.

## Notices to directors and class teachers
notice-by = Created by
notice-by-many = Created by
notice-at = When
notice-set-title = A temporary password was created
notice-set = The account's earlier password no longer works. You receive this message because you answer for the school.
password-revoked = Access from all devices was ended.
password-not-revoked = The password was created, but access from the other devices could not be ended. Please contact { $support }.
notice-not-you = If this surprises you, please ask whoever created it, or tell { $support }.
notice-not-you-many = If this surprises you, please ask whoever is creating them, or tell { $support }.
notice-receipt-title = A temporary password was created: receipt
notice-receipt = The temporary password was created and the earlier one no longer works. This receipt stays in the chat; the password is not in it: it is shown only in the message from which you asked for it.
notice-receipt-not-you = If it was not you who asked for it, please tell { $support }.
notice-alarm-title = Attempt to reach a temporary password
notice-alarm = Another person, or somebody in another chat, pressed a button of a message to you about this temporary password. The password was not shown to them and the attempt was logged.
notice-alarm-next = Please do not forward such messages. If you know nothing about this, lock your computer and create a new password.
notice-alarm-job-title = Attempt to reach the temporary passwords of a class
notice-alarm-job = Another person, or somebody in another chat, pressed a button of a message to you about the passwords of this class. No password was shown, nothing was changed, and the attempt was logged.
notice-alarm-group-title = Attempt to reach the temporary passwords of chosen students
notice-alarm-group = Another person, or somebody in another chat, pressed a button of a message to you about the passwords of chosen students. No password was shown, nothing was changed, and the attempt was logged.
notice-alarm-job-next = Please do not forward such messages. If you know nothing about this, lock your computer and tell { $support }.

notice-replaced-title = The unused temporary password no longer works
notice-replaced = The temporary password was not used in time and no longer works. The account and its data are kept.
notice-replaced-next = When the owner comes for a password, type “password” and create a new one.
notice-given-up-asked = Asked for
notice-given-up-next = If it is still needed, type “password” and create a new one.
notice-given-up-many-title = Not all temporary passwords were created
notice-given-up-many = { $count ->
        [one] One of the temporary passwords you asked for was not created.
       *[other] { $count } of the temporary passwords you asked for were not created.
    } Whose, and whether the earlier password still works, stands in the message about them further up in the chat.
notice-job-title = Temporary passwords are being created for a class
notice-group-title = Temporary passwords are being created for chosen students
notice-job = { $count ->
        [one] { $count } temporary password will be created.
       *[other] { $count } temporary passwords will be created.
    } You receive this message because you answer for the school.
notice-teacher-one = The director of the school created a temporary password for a student of yours. The student's earlier password no longer works.
notice-teacher-many-title = Temporary passwords are being created for students of yours
notice-teacher-many = { $count ->
        [one] The director of the school is creating { $count } temporary password for a student of your class. The earlier password stops working.
       *[other] The director of the school is creating { $count } temporary passwords for students of your class. Their earlier passwords stop working.
    }
notice-teacher-next = Passwords are handed over by the director. At first sign-in the student sets a new one. You receive this message as class teacher.

# The words of the printed slip and of the page from which it is downloaded.
slip-heading = Slip for an @edu.mon.bg account
slip-class = Class
slip-username = Username
slip-password = Temporary password
slip-in-parts = In parts:
slip-reading = Read aloud:
slip-typing = Typed in Latin letters, without spaces. Only the first letter is a capital; the digits come last.
slip-signing-in = How to sign in for the first time
slip-step-open = Open teams.microsoft.com or the Microsoft Teams app.
slip-step-username = Type the username exactly as it is written, together with @edu.mon.bg.
slip-step-password = Type the temporary password.
slip-step-change = Choose a new password that only you know, and remember it.
slip-works-from = The password works from:
slip-expires = Use it until:
slip-keep = The account is personal. Do not show the password to others. Destroy the slip after changing the password.
slip-stays = Stays at the school:
slip-received = Received:
slip-date = Date:
slip-code = Sign in with this username

slip-page-title = Slips with temporary passwords
slip-page-about = The file contains temporary passwords. For two minutes after the first download it can be downloaded again, after that it is not available any more.
slip-page-step-download = Press the button. The file belezhki.pdf is saved in the folder Downloads.
slip-page-step-open = Open the file with the PIN from the chat with the bot.
slip-page-step-print = Print the slips, hand them over in person against a signature and delete the file.
slip-page-form = How they are printed
slip-page-form-cut = Several on a page, to be cut out
slip-page-form-page = Each on a page of its own, in large letters
slip-page-code-yes = With a QR code for signing in with the username (the password is not in it)
slip-page-download = Download the file (PDF)
slip-page-gone = This page is not available any more: the file can be downloaded again only for two minutes after the first download. If the passwords can still be printed, ask for a new address in the chat with the bot in Microsoft Teams.
slip-page-trouble = The file cannot be prepared at the moment. Please try again in a little while: the address is still good or, if the download has begun, for two minutes from then. If the page is not available any more, ask for a new address in the chat with the bot in Microsoft Teams.
slip-page-wrong = The file cannot be downloaded in this way. Open the page from the chat with the bot in Microsoft Teams and press the button.

words-reset = reset*, regenerate*, renew*, generate*, issue, recover*
words-temporary = temp, temporary*, initial, one time
words-forgot = forgot*, forget*, lost, doesnt know, does not know, doesnt remember, cant remember
words-enter = log in, login, logging in, sign in, signin, log on, logon, get in, access, enter, get into, gets into,
    getting in, get in to
words-cannot = cant, cannot, can not, couldnt, could not, unable*, wont, not able, not let, no longer

words-passwords = passwords
