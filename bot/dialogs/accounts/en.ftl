command-accounts = New accounts
command-accounts-hint = Shows the new accounts: which were handed over and which are still to be.
command-accounts-word = new accounts
command-accounts-example = which new accounts are not handed out


words-distribute = undistribut*, distribut*, handover*, hand out*, handed out, handing out, handed over, hand over,
    handed, handout*, give out, given out, delivered*
words-file = file*, excel*, spreadsheet*
words-onedrive = onedrive*, one drive
words-first-graders = first graders, first grader, 1st graders
words-remaining = left, remaining*, still
words-abroad = abroad

accounts-title = Accounts
accounts-handed = Handed over: { $handed } of { $of }
