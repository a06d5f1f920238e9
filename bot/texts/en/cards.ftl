# Texts of the cards.

card-lang = en

card-school = School

## Menu: welcome, help, not understood

card-menu-welcome-title = Hello
card-menu-welcome = I help with @edu.mon.bg accounts. What can I do for you?
card-menu-help-title = Help
card-menu-help = This is what I can do for you.
card-menu-more-title = More services
card-menu-more = This is what else I can do for you.
card-menu-not-understood-title = I did not understand your request
card-menu-not-understood = Please choose a service with a button or type one of the words below.
card-menu-example = Type:
card-menu-identifiers = Please do not type an EGN, LNCh or service number into the chat. Enter it in the form only: what you enter there is not kept in the chat.

## Look-up form

card-form-title = Username lookup
card-form-problem = Please correct the following
card-form-kind = Search by
card-form-kind-egn = EGN
card-form-kind-lnch = LNCh
card-form-kind-service = Service number
card-form-kind-name = Name, in your school
card-form-kind-username = Username
card-form-typed = Number, name or username
card-form-typed-missing = Please enter a number, a name or a username.
card-form-typed-hint = An EGN or LNCh has 10 digits. Names can be in Cyrillic or Latin letters. What you enter is not kept in the chat.
card-form-purpose = Reason for the lookup
card-form-purpose-own = The student is in your school
card-form-purpose-moved = Transferred student
card-form-purpose-forgotten = Forgotten username
card-form-purpose-other = Other
card-form-purpose-text = Explanation, if the reason is “Other”
card-form-logged = This action is logged: who, when and for whom.
card-form-search = Search

## Result of a look-up

card-result-title = Lookup result
card-result-asked = Number searched for
card-result-several = { $count } accounts of this person were found. The first one is the current one.
card-result-several-unclear = { $count } accounts of this person were found. It cannot be told which of them is the current one. Please check in NEISPUO where the person is enrolled.
card-result-first = The first { $count } are shown.
card-result-current = Current account
card-result-not-current = Another account, not the current one
card-result-username = Username
card-result-also = Another school
card-result-no-school = not stated
card-result-code = NEISPUO code
card-result-mixed-letters = A word in the school's name has both Cyrillic and Latin letters. Please check the NEISPUO code.
card-result-class = Class
card-result-grade = Grade
card-result-state = Account status
card-result-active = Active
card-result-disabled = Inactive
card-result-disabled-advice = Nobody can sign in with an inactive account. Please check the person's data in NEISPUO.
card-result-being-created = Being created
card-result-being-created-advice = The account cannot be used yet. Please repeat the lookup later.
card-result-elsewhere = The student is not enrolled in your school.
card-result-elsewhere-password = The password can be changed by the director of the student's current school.
card-result-nowhere = The account names no school. If the student is joining yours, please enrol them in NEISPUO and repeat the lookup later.
card-result-personal = An account is personal: it is given only to its owner, or to a parent if the student is under 14 or has special educational needs.

## Choice among several people

card-choices-title = Several people were found
card-choices-lead = If you cannot tell them apart by what is listed, please search by EGN.
card-choices-label = Whom it is about
card-choices-missing = Please choose whom it is about.
card-choices-class = class { $name }
card-choices-teacher = teacher
card-choices-continue = Continue

## Notices

card-less-title = The answer cannot be shown
card-less = What you asked for may have been done. Please check before you ask for it again.
card-less-way = You can choose a button below or write “help”.

## Temporary password: for whom, to whom

card-password-title = Temporary password
card-password-lead = Find the student or teacher. Then state whom you will hand the password to, and confirm.
card-password-own = A temporary password is given only to a student or teacher of your school, or to a student whose account was released to your school.
card-password-status = Temporary password
card-password-status-never = none given
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
card-password-status-expired = expired
card-password-status-expired-at = expired on { $at }
card-password-status-replaced = not used, no longer valid
card-password-status-replaced-at = not used; not valid since { $at }
card-password-status-doubtful = not confirmed
card-password-status-doubtful-at = asked for on { $at }, but not confirmed
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
card-password-more = Suspected access by others
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
card-password-confirm-works = The present password works: it was changed on { $at }, not known by whom. It will stop working.
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
card-password-and-more = and { $count } more

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
card-password-pin = PIN that opens the file
card-password-pin-typed = Without spaces:
card-password-pin-why = Write the PIN down before you download the file: it can be downloaded only once and opens only with this PIN.
card-password-slip-open = Download the file (PDF)

## Passwords for a class

card-class-pick-title = Passwords for a class
card-class-pick-lead = Choose a class. Then you will tick the students for whom temporary passwords are to be created.
card-class-pick-label = Class
card-class-pick-missing = Please choose a class.
card-class-pick-placeholder = Choose a class
card-class-students-title = Passwords for a class
card-class-students-lead = Tick the students who are to be given temporary passwords. Ticked already are only those whose password nobody has changed.
card-class-students-label = Students
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
card-class-progress-moves-title = Progress: the passwords are being created
card-class-progress-moves-cancelling-title = Progress: the creation is being stopped
card-class-progress-finished-title = The creation of passwords has ended
card-class-progress-counts = Ready: { $done } of { $total }. Left: { $left }. Failed: { $failed }.
card-class-progress-cancelled = Stopped: { $count }.
card-class-progress-running = The work goes on even if you close Teams. Follow the card “Progress” below: it updates itself.
card-class-progress-moves = This card updates itself. The work goes on even if you close Teams.
card-class-progress-cancelling = Passwords already begun are being finished, the others will not be created.
card-class-progress-gone = The slips with the passwords can no longer be downloaded. If they were not handed out, create new passwords.
card-class-progress-retry = You can try again for those that failed only.
card-class-progress-failed = Failed: { $count }
card-class-progress-printable = Slips to print
card-class-progress-printable-until = { $count }, until { $at }
card-class-progress-at = As of { $at }
