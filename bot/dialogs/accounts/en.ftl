command-accounts = Accounts
command-accounts-hint = Shows whose accounts are still to be handed over, who has received theirs and who has not used it yet.
command-accounts-word = accounts
command-accounts-example = which new accounts are not handed out

words-distribute = undistribut*, distribut*, handover*, hand out*, handed out, handing out, handed over, hand over,
    handed, handout*, give out, given out, delivered*
words-file = file*, excel*, spreadsheet*
words-onedrive = onedrive*, one drive
words-first-graders = first graders, first grader, 1st graders
words-remaining = left, remaining*, still
words-accounts-of-school = accounts of the school, school accounts, state of the accounts, unused accounts, board
words-abroad = abroad

# The accounts of the school: who has received theirs, and what is next.

## States
account-state-being-created = Being created
account-state-off = Turned off
account-state-new = New, not handed over
account-state-not-handed = Not handed over
account-state-handed = Handed over, not used yet
account-state-in-use = In use
account-state-changed = Password changed, not known by whom
account-state-two = Two accounts

## Who acts
account-who-director = The director
account-who-student = The student (or the parent)
account-who-teacher = The teacher
account-who-neispuo = The NEISPUO help desk
account-who-nobody = Nobody: wait

## What is next
account-next-new = Create a temporary password and hand it to the student. To a parent only if the student is under 14 or has special educational needs.
account-next-new-teacher = Create a temporary password and hand it to the teacher in person.
account-next-new-unseen = A temporary password was created and nobody has seen it yet. Show it from the message about it, or create a new one.
account-next-new-shown = The temporary password was shown. If it has been handed over, note that; if not, hand it over or create a new one.
account-next-new-failed = It is not certain that the last temporary password was created. Create a new one.
account-next-new-replaced = The temporary password has expired and works no more. Create a new one and hand it over.
account-next-handed = The first sign-in and the change of password are next. If the password is lost, create a new one.
account-next-in-use = Nothing is to be done.
account-next-changed = The password was changed, but it is not noted here to whom the account was handed. If its owner uses it, nothing is to be done. If its owner has not received it, create a temporary password and hand it over.
account-next-off = An account that is turned off cannot be handed over. If the person is at your school, check the record in NEISPUO and turn to { $support }.
account-next-being-created = Wait. If it is still so after a day, turn to { $support }.
account-next-two = The person has two accounts turned on at your school. Hand over neither until it is clear which one stays. Turn to { $support }.

## One account
accounts-title-one = Account
accounts-who = Who acts
account-teacher = Teacher
account-place = Class
account-username = Username
account-created = Created on
account-changed = Password changed
account-signed-in = Last sign-in
account-given = Temporary password of
account-shown = Shown
account-handed = Handed over
account-handed-student = to the student
account-handed-parent = to a parent
account-handed-teacher = to the teacher
account-asked = Password asked for
accounts-gone = This person is not among the accounts of your school any more.

account-name = Name
account-state = State
account-handed-on = Handed over on
account-handed-to = To whom
account-next = What is next

## Table
accounts-table-about = All accounts of the school with names, classes and states, in a table to download. It has no personal numbers, usernames or passwords.
accounts-table-open = Open the page
accounts-table-until = The address is yours alone and can be used once, until { $until }
accounts-table-off = This needs a page that is not turned on. Turn to { $support }.
accounts-page-about = A table of all accounts of the school: to whom they were handed, which are in use and what is next. It has no personal numbers, usernames or passwords. It can be downloaded only once.
accounts-page-step-download = Press the button. The file profili.xlsx goes to your Downloads folder.
accounts-page-step-open = Open it with Excel. Each row is one account. Keep the file safe: it names students.
accounts-page-step-again = For a newer table ask for a new address in the chat with the bot.
accounts-page-button = Download the table (Excel)
accounts-page-gone = The address has been used, or its time is over. Ask for a new one in the chat with the bot.
accounts-page-wrong = This page expects nothing but a press on the button.
accounts-page-trouble = The table cannot be made at the moment. Try again in a while: the address is still good.

## The school
accounts-title = Accounts
accounts-handed = Handed over: { $handed } of { $of } ({ $percent }%).
accounts-all-handed =
    { $of ->
        [one] The only account is handed over.
       *[other] All accounts are handed over: { $of }.
    }
accounts-empty = The school has no accounts.
accounts-none-countable = There are no accounts to be handed over yet.
accounts-as-of = As of { $at }
accounts-old = Microsoft does not answer at the moment. What is shown is of { $at }.
accounts-share-used = in use: { $count }
accounts-share-handed = handed over, not used yet: { $count }
accounts-share-left = not handed over: { $count }
accounts-apart = Not counted: { $states }.
accounts-apart-one = { $state } – { $count }
accounts-classes = Classes
accounts-classes-page = Classes: page { $page } of { $pages }
accounts-next-classes = Next classes
accounts-previous-classes = Previous classes
accounts-no-class = In no class
accounts-part = handed over { $handed } of { $of }
accounts-part-unused = not used yet: { $count }
accounts-part-none = nothing to hand over (accounts: { $all })
accounts-table = Table (Excel)
accounts-listed = Ministry's list
accounts-weeks = By week
accounts-back = To the accounts
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
accounts-view-unused-do = The owner is to sign in for the first time and change the password.
accounts-view-apart-do = Turned off, being created, or one of two accounts. What is next is said with each.
accounts-count = In all: { $count }
accounts-nobody = There is nobody in this list.
accounts-page = Page { $page } of { $pages }
accounts-next = Next
accounts-previous = Previous

## Weeks
accounts-weeks-title = Accounts handed over by week
accounts-weeks-about = Which part of the accounts is handed over, in percent.
accounts-weeks-none = There is nothing of past weeks yet.
accounts-weeks-axis = Accounts handed over
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
