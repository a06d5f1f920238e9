command-accounts = Accounts
command-accounts-hint = Shows whose accounts are still to be handed over, who has received theirs and who has not used it yet.
command-accounts-word = accounts
command-accounts-example = which new accounts are not handed over

words-distribute = undistribut*, distribut*, handover*, hand out*, handed out, handing out, handed over, hand over,
    handed, handout*, give out, given out, delivered*
words-file = file*, excel*, spreadsheet*
words-onedrive = onedrive*, one drive
words-first-graders = first graders, first grader, 1st graders
words-remaining = left, remaining*, still
words-accounts = accounts
words-accounts-of-school = accounts of the school, school accounts, state of the accounts, unused accounts, board
words-abroad = abroad,
    england, britain, germany, spain, greece, italy, france, belgium, netherlands, austria, switzerland, cyprus,
    america, canada, turkey, ukraine, ireland

# The accounts of the school: who has received theirs, and what is next.

## States

## Who acts
account-who-director = The director
account-who-student = The student (or the parent)
account-who-teacher = The teacher
account-who-neispuo = The NEISPUO help desk
account-who-nobody = Nobody for now

## What is next
account-next-new = Create a temporary password and hand it to the student. To a parent only if the student is under 14 or has special educational needs.
account-next-new-teacher = Create a temporary password and hand it to the teacher in person.
account-next-new-unseen = A temporary password was created and nobody has seen it yet. Show it from the message about it, or create a new one.
account-next-new-elsewhere = Another school asked for a temporary password for this account; its hand-over is recorded there. If the owner has not received it, create a new one and hand it over – the other school's password then stops working.
account-next-new-shown = The temporary password was shown. If it has been handed over, record that; if not, hand it over or create a new one.
account-next-new-failed = It is not certain that the last temporary password was created. Create a new one.
account-next-new-replaced = The temporary password has expired and no longer works. Create a new one and hand it over.
account-next-handed = The first sign-in and the change of password are next. If the password is lost, create a new one.
account-next-in-use = Nothing needs to be done.
account-next-in-use-to-sign = The account is in use. If its owner signed for the temporary password, record the hand-over.
account-next-changed = The password was changed, but it is not recorded here to whom the account was handed. If its owner uses it, nothing needs to be done. If its owner has not received it, create a temporary password and hand it over.
account-next-untold = Microsoft does not tell since when the password is. If the owner uses the account, note the handing over. If they have not received it, create a temporary password and hand it over.
account-next-off = An inactive account cannot be handed over. If the person is at your school, check the record in NEISPUO and contact { $support }.
account-next-being-created = Wait. If it is still so after a day, contact { $support }.
account-next-two = The person has two active accounts at your school. Hand over neither until it is clear which one stays. Report it to the NEISPUO help desk with both usernames.

## One account
accounts-title-one = Account
accounts-who = Who must act
account-teacher = Teacher
account-place = Class
account-username = Username
account-created = Created on
account-changed = Present password since
account-signed-in = Last sign-in
account-given = Temporary password asked for on
account-shown = Shown
account-handed = Handed over
account-handed-student = to the student
account-handed-parent = to a parent
account-handed-teacher = to the teacher
account-handed-elsewhere = recorded at another school
account-asked = The class teacher asked for a password on
accounts-gone = This person is not among the accounts of your school any more.

account-name = Name
account-state = State
account-handed-on = Handed over on
account-handed-to = To whom
account-next = What is next

## Table
accounts-table-about = All accounts of the school with names, classes and states, in a table to download. It has no personal numbers, usernames or passwords.
accounts-page-about = A table of all accounts of the school: to whom they were handed, which are in use and what is next. It has no personal numbers, usernames or passwords. It can be downloaded only once.
accounts-page-step-download = Press the button. The file profili.xlsx goes to your Downloads folder.
accounts-page-step-open = Open it with Excel. Each row is one account. Keep the file safe: it names students.
accounts-page-step-again = For a newer table ask for a new address in the chat with the bot.
accounts-page-button = Download the table (Excel)
accounts-page-gone = The address has been used, or its time is over. Ask for a new one in the chat with the bot.
accounts-page-wrong = The table cannot be downloaded in this way. Open the page from the conversation with the bot in Microsoft Teams and press the button.
accounts-page-trouble = The table cannot be made at the moment. Try again in a while: the address is still good.

## The school
accounts-title = Accounts
accounts-handed = Handed over: { $handed } of { $of } ({ $percent }%).
accounts-all-handed =
    { $of ->
        [one] The only account is handed over.
       *[other] All accounts are handed over: { $of }.
    }
accounts-empty = The school has no accounts yet. An account is created after the person is enrolled in NEISPUO.
accounts-none-countable = There are no accounts to be handed over yet.
accounts-old = Microsoft is not answering at the moment. What is shown is from { $at }.
accounts-share-used = in use: { $count }
accounts-share-handed = handed over, not used yet: { $count }
accounts-share-left = not handed over: { $count }
accounts-untold =
    { $count ->
        [one] Of { $count } account Microsoft does not tell whether the password was changed; it counts as not handed over until that is noted.
       *[other] Of { $count } accounts Microsoft does not tell whether the password was changed; they count as not handed over until that is noted.
    }
accounts-apart = Not counted: { $states }.
accounts-apart-one = { $state } – { $count }
accounts-classes = Classes
accounts-classes-page = Classes: page { $page } of { $pages }
accounts-next-classes = Next classes
accounts-previous-classes = Previous classes
accounts-part-unused = not used yet: { $count }
accounts-table = Table (Excel)
accounts-listed = Ministry's list
accounts-weeks = Hand-over by week
accounts-to-list = To the list

## Lists
accounts-view-count = { $view }: { $count }
accounts-view-new = New
accounts-view-not-handed = Not handed over
accounts-view-unused = Handed over, not used yet
accounts-view-teachers = Teachers
accounts-view-apart = Cannot be handed over
accounts-view-new-do = Created not long ago. Hand them over with a temporary password.
accounts-view-not-handed-do = Hand them over with a temporary password.
accounts-view-not-handed-untold-do = What is next is said with each: of some it is not known whether they were handed over.
accounts-view-unused-do = The owner is to sign in for the first time and change the password.
accounts-view-apart-do = Inactive, being created, or one of two accounts. What is next is shown for each.
accounts-count = In all: { $count }
accounts-nobody = There is nobody in this list.

## Weeks
accounts-intake = Intake of students
accounts-intake-do = For the new students of grades I, V, VIII and XI, before the school year.
accounts-weeks-title = Accounts handed over by week
accounts-weeks-about = The share of all accounts that is handed over.
accounts-weeks-none = There are no data of past weeks yet.
accounts-week = Week of { $monday }: handed over { $handed } of { $of } ({ $percent }%), in use { $used }

## Messages
accounts-news-title =
    { $count ->
        [one] { $count } new account
       *[other] { $count } new accounts
    }
accounts-news =
    { $count ->
        [one] An account was created at your school that is not yet handed to its owner.
       *[other] Accounts were created at your school that are not yet handed to their owners.
    }
accounts-news-new = See the new ones
accounts-news-board = All accounts
accounts-weekly-title = Handing over accounts
accounts-weekly-left =
    { $count ->
        [one] { $count } account is not handed over yet.
       *[other] { $count } accounts are not handed over yet.
    }
accounts-weekly-show = See who has not received theirs

## What is chosen for the school
choices-open = Settings
choices-title = Settings of the hand-over
choices-closers = Who records that accounts were handed over?
choices-closers-director = The director alone
choices-closers-class-teacher = The director, and for their own class the class teacher too
choices-closers-missing = Please state who records the hand-over.
choices-closers-sen = When the account of a student of 14 or older with special educational needs was handed to a parent, the director alone records it.
choices-sentence = The school's own sentence on slips (up to 300 characters, if wished)
choices-sentence-example = For example: For help come to room 12, every day from 12 to 1 pm.
choices-weekly = Weekly message
choices-weekly-statement = At the beginning of the week, while accounts are still to be handed over, tell the director how many are left.
choices-logged = The choice applies to the whole school and is written to the bot's log.
choices-submit = Save
choices-kept = The choice is saved.
choices-kept-changed = The choice is saved. The sentence was shortened, or personal numbers and characters that are not allowed were removed from it. Please look at it.

## Handing over: slips, the record, who signed
handing-papers = Record to sign
handing-close = Record who signed
handing-close-one = Record the hand-over
handing-parents = Sheets for parents
handing-gone = This list does not exist any more, or the person is not in your school.
handing-papers-off = Printing is not switched on for this bot. Contact { $support }.
handing-protocol-title = Record of the hand-over
handing-protocol-about =
    { $count ->
        [one] The record has { $count } person, with a place for the signature. There are no passwords or usernames in it.
       *[other] The record has { $count } people, with a place for the signature of each. There are no passwords or usernames in it.
    }
handing-protocol-open = Open the page
handing-parents-title = Sheets for parents
handing-parents-about =
    { $count ->
        [one] One page: how to sign in at home for the first time, with the username and without the password. In Bulgarian and English.
       *[other] Pages: { $count }, one for each child: how to sign in at home for the first time, with the username and without the password. In Bulgarian and English.
    }
handing-parents-open = Open the page
handing-parents-nobody = The sheets are for parents of students of grades I to IV. There are none in this list.
handing-parents-too-many = At most { $count } sheets are printed at once, and here there are more. Open the list of one class and print them from there.
handing-protocol-too-many = At most { $count } people fit into one record, and here there are more. Open the list of one class and print the record from there.
handing-paper-until = Until { $until } the file can be downloaded, and only once.

closing-nobody = Please tick at least one person.
closing-changed = The list has changed in the meantime. Please look at it again; nothing was recorded.
closing-none-shown = A hand-over cannot be recorded yet: the temporary passwords have not been shown or printed. First show them or print the slips.
closing-changed-already = password already changed
closing-nothing-to-note = There is nothing to record for this account.
closing-used-already = already in use
closing-somebody = Somebody who is not in the school any more
closing-gone = Not in your school any more.
closing-nothing-to-hand = The account is being created, is inactive, or the person has two.
closing-unseen = The temporary password has not been shown or printed yet.
closing-elsewhere = Another school asked for the temporary password; its hand-over is recorded there.
closing-replaced = The temporary password has expired and does not work any more. Create a new one and hand it over.
closing-otherwise = A hand-over to somebody else is recorded already. If that one is a mistake, take it back from the person's account ("Take back the record") and record the hand-over again.
closing-noted-and-taken-back = The hand-over was recorded from this list, and taken back since. If the account was really handed over, open the list again and record it.
closing-newer = A new password was created meanwhile; a signature for an earlier one does not count. Record the hand-over once the new one has been received and signed for.
closing-fourteen = The student is 14 or older: the account is handed to the student in person. If the student received it, tick again with "Each of them in person"; to a parent only if the student has SEN.
closing-age-unknown = The age is not known. If the student is under 14, create a new password for the parent from the account: the date of birth is asked there. Otherwise in person; to a parent only with SEN.
closing-birth = The date of birth in the data is not possible: the account is handed to the student in person. To a parent only if the student has SEN.
closing-others = To the others
closing-sen = Hand-over to a parent (SEN)
closing-sen-title = Hand-over to a parent of a student with SEN
closing-sen-statement =
    { $count ->
        [one] I attest that the student has special educational needs and that the account was handed to a parent. This is recorded in the bot's log.
       *[other] I attest that the students ({ $count }) have special educational needs and that the accounts were handed to their parents. This is recorded in the bot's log.
    }
closing-sen-confirm = Confirm
closing-mistake = Take back the record
closing-reason-missing = Please say why.
closing-taken-back-title = The record was taken back
closing-taken-back = It is recorded that the hand-over was recorded by mistake. The earlier record stays, with the reason.
closing-taken-back-left = The account counts as not handed over again.
closing-to-person = To the account

card-reversal-title = Take back the record
card-reversal-handed = Recorded hand-over
card-reversal-lead = The record is not erased: a second one is added, saying that the hand-over was recorded by mistake.
card-reversal-reason = Reason
card-reversal-reason-missing = Please say why.
card-reversal-no-numbers = Please do not write an EGN or other personal numbers.
card-reversal-submit = Take back the record

## Groups of the school
groups-title = Groups
groups-none = There are no groups yet. A group brings students together under one name, for an exam, a club or after-school care.
groups-new = New group
groups-people = Students: { $count }
groups-form-title = Group of students
groups-name = Name of the group
groups-name-missing = Please write a name for the group.
groups-class = From which class are students chosen?
groups-others =
    { $count ->
        [one] { $count } student of another class is in the group too and stays in it.
       *[other] { $count } students of other classes are in the group too and stay in it.
    }
groups-keep = Save
groups-kept = The group is saved.
groups-kept-left = The group is saved. { $count ->
        [one] { $count } student is no longer in the school and was taken out of it.
       *[other] { $count } students are no longer in the school and were taken out of it.
    }
groups-will-leave =
    { $count ->
        [one] { $count } student of the group is not in the school any more, and drops out of it when it is saved.
       *[other] { $count } students of the group are not in the school any more, and drop out of it when it is saved.
    }
groups-edit = Change the group
groups-back = To the groups
groups-to-group = To the group
groups-drop = Delete the group
groups-drop-title = Delete a group
groups-drop-sure = The group "{ $name }" will be deleted. The students' accounts do not change.
groups-dropped = The group is deleted.
groups-gone = This group does not exist any more.
groups-no-classes = No students were found in the school.
groups-empty = Please tick at least one student.
groups-too-large = A group can have at most { $count } students.
groups-too-many = The school can have at most { $count } groups. Delete one that is not needed.

## Pages to print from
paper-page-protocol-title = Record of the hand-over
paper-page-protocol-about = The record is printed, signed by those who receive their accounts, and stays at the school. There are no passwords or usernames in it.
paper-page-protocol-button = Download the record (PDF)
paper-page-parents-title = Sheets for parents
paper-page-parents-about = A page for each child, with the username and without the password. They are handed over together with the slip.
paper-page-parents-button = Download the sheets (PDF)
paper-page-step-download = Press the button. The file is saved in the folder "Downloads".
paper-page-step-print = Print it, and delete it from the computer.
paper-page-gone = This page cannot be reached any more. Ask for a new address in the conversation with the bot in Microsoft Teams.
paper-page-trouble = The file cannot be prepared at the moment. Try again in a while: the address is still good. If the page cannot be reached any more, ask for a new address in the conversation with the bot in Microsoft Teams.
paper-page-wrong = The file cannot be downloaded in this way. Open the page from the conversation with the bot in Microsoft Teams and press the button.
