command-own-class = My class
command-own-class-hint = Shows a class teacher which students have not received their account yet, or do not use it.
command-own-class-word = my class
command-own-class-example = which students of my class have no account

own-title = My class
own-pick-lead = Choose a class.
own-summary =
    { $count ->
        [one] { $count } student, something is left to do for: { $left }
       *[other] { $count } students, something is left to do for: { $left }
    }
own-summary-good = nothing to be done
own-summary-nobody = no students
own-in-need = Students for whom something is left to do:
own-everybody =
    { $count ->
        [one] There is { $count } student in the class.
       *[other] There are { $count } students in the class.
    }
own-good = Nothing needs to be done: the accounts are in use, or their passwords have already been changed.
own-nobody = There are no students of this class in Teams yet. If there are in NEISPUO, please contact the school's director.
own-ready-open = See the students
own-back = To the class
own-others = Another class
own-show-everybody = The whole class
own-show-in-need = Only those with something to do
own-row-asked = a password was asked for

own-state-new = not handed over
own-state-handed = handed over, not used yet
own-state-being-created = being created
own-state-off = inactive
own-state-two = two accounts
own-state-changed = password changed
own-state-untold = not known whether handed over
own-state-in-use = in use

own-pupil-title = A student's account
own-do-new = The student has not received the account yet. The school's director hands it over, with a temporary password.
own-do-handed = The account was handed over, but the password has not been changed yet: the student has probably not signed in. Remind the student to do so. If the password is lost, you can ask for a new one.
own-do-being-created = The account is still being created and cannot be used. Please check again tomorrow.
own-do-off = Nobody can sign in with an inactive account. Please contact the director: the student's data are checked in NEISPUO.
own-do-two = The student has two accounts. Please contact { $support } to settle which of them stays.
own-do-changed = The password of the account was changed, not known by whom. If the student cannot sign in, you can ask for a new one.
own-do-untold = Microsoft does not tell whether the password was changed. Ask the student whether they use the account. If not, ask the director for a temporary password.
own-do-in-use = The student uses the account. If the password is forgotten, you can ask for a new one.
own-asked = The director is to create the password that was asked for on { $at }
own-ask = Ask for a password
own-ask-follows = The director will get a message with the student's name and yours. The present password works until the director creates a new one. The new one is handed over by the director.
own-ask-about = Temporary password for: { $name }
own-ask-sent-title = Your request was sent
own-ask-sent = The director will get a message. The bot will tell you when the password is created, and also if the message does not reach the director.
own-ask-before-title = The password was asked for before
own-ask-before = No second message was sent. The password was asked for on { $at }

own-asked-title = A password is asked for
own-asked-by = { $teacher }, class teacher of { $class_ }, asks for a temporary password for:
own-asked-somebody = A colleague
own-asked-next = It is handed over by you, to the student in person; to a parent only if the student is under 14 or has special educational needs.
own-asked-answered-title = The password was created
own-asked-answered = Nothing needs to be done: the temporary password was created.
own-asked-over-title = The request for a password has lapsed
own-asked-over = Nothing needs to be done: { $days } days have passed since it was made. If it is still needed, the class teacher will ask again.
own-asked-gone = The request does not concern you any more.

own-told-answered-title = The password was created
own-told-answered = The school's director hands it over. At the first sign-in the student sets a password of their own.
own-told-unreached-title = The director has not been told yet
own-told-unreached = Your request for a password is recorded, but the message did not reach the director. The bot goes on trying. Please contact the director in person.
own-told-over-title = The request for a password has lapsed
own-told-over = No password was created in time. If the student still needs one, you can ask again.

own-close = Record who signed
own-close-nobody = Please tick at least one student.
own-close-changed = The list has changed meanwhile. Please look at it again; nothing was recorded.
own-close-unseen = A hand-over cannot be recorded yet: the temporary passwords have not been shown to anybody. The director creates them and shows or prints them.
own-close-somebody = A student who is not in the class any more
own-close-gone = Not in the school any more.
own-close-nothing-to-hand = The account is being created, is inactive, or the student has two.
own-close-unseen-yet = The temporary password has not been shown to anybody yet.
own-close-elsewhere = Another school asked for the temporary password; its hand-over is recorded there.
own-close-replaced = The temporary password has expired and does not work any more. The director creates a new one.
own-close-otherwise = A hand-over to somebody else is recorded already. If that one is a mistake, contact the director.
own-close-noted-and-taken-back = The hand-over was recorded from this list, and taken back since. If the account was really handed over, open the class again and record it.
own-close-newer = A new password was created meanwhile; a signature for an earlier one does not count. Record the hand-over once the new one has been received and signed for.
own-close-refused-fourteen = The student is 14 or older: the account is handed to the student in person. For special educational needs the director records the hand-over.
own-close-refused-age-unknown = The age is not known. If the student is under 14 and it is for a parent, the director creates a new password and states the date of birth. With SEN the director records the hand-over.
own-close-refused-birth-implausible = The date of birth in the data is not possible: the account is handed to the student in person. If a parent received it, the director records that.

words-own-class = my class, my students, my pupils, my first graders
