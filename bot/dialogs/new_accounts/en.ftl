command-new-accounts = New accounts
command-new-accounts-hint = Shows the new accounts: which were handed over and which are still to be.
command-new-accounts-word = new accounts
command-new-accounts-example = which new accounts are not handed out

help-new-accounts = A new account is handed over by giving a temporary password: to one person, or to a whole class at once.

words-distribute = undistribut*, distribut*, handover*, hand out*, handed out, handing out, handed over, hand over,
    handed, handout*, give out, given out, delivered*
words-file = file*, excel*, spreadsheet*
words-onedrive = onedrive*, one drive
words-first-graders = first graders, first grader, 1st graders
words-remaining = left, remaining*, still
words-abroad = abroad
