# Texts of the cards.
card-lang = en

card-school = School

## Menu: welcome, help, not understood
card-menu-welcome-title = Hello
card-menu-welcome = I help with @edu.mon.bg accounts.
card-menu-welcome-of = I help with @edu.mon.bg accounts. { $whose }
card-menu-greeting = What can I do for you?
card-menu-help-title = Help
card-menu-not-understood-title = I did not understand you
card-menu-not-understood = Please choose a service by its button, or say in other words what you are looking for.
card-menu-whom-title = What do you need?
card-menu-whom = Choose a service. What you typed will be filled in.
card-menu-example = Type:
card-menu-identifiers = Please do not type an EGN, LNCh or service number into the chat. Enter it in the form only: what you enter there is not kept in the chat.

card-date-placeholder = Choose a date
card-form-problem = Please correct the following
card-form-kind = Search by
card-form-kind-egn = EGN
card-form-kind-lnch = LNCh
card-form-kind-service = Service number
card-form-kind-name = Name (in your school only)
card-form-kind-username = Username
card-form-typed = Number, name or username
card-form-typed-missing = Please enter a number, a name or a username.
card-form-typed-hint = An EGN or LNCh has 10 digits. A name can be in Cyrillic or Latin letters, also with the class: Ivan 5a. What you enter is not kept in the chat.
card-form-logged = This is written to the bot's log: who, when and for whom.
card-form-search = Search
card-form-near = Perhaps you mean:

card-result-first = The first { $count } are shown.
card-result-username = Username
card-result-mixed-letters = Attention: the school's name mixes Cyrillic and Latin letters. Check by the NEISPUO code whether it is the same school.
card-result-class = Class
card-result-grade = Grade
card-result-state = Account status
card-result-active = Active
card-result-disabled = Inactive
card-result-disabled-advice = Nobody can sign in with an inactive account. Please check the person's data in NEISPUO.
card-result-being-created = Being created
card-result-being-created-advice = The account cannot be used yet. Please repeat the lookup later.
card-result-elsewhere-password = The password can be changed by the director of the student's current school.

## Choice among several people
card-choices-title = Several people were found
card-choices-lead = Press the one it is about. If you cannot tell them apart, please search by EGN.
card-choices-class = class { $name }
card-choices-teacher = teacher
card-choices-continue = Continue

## Notices
card-less-title = The answer cannot be shown
card-less = What you asked for may have been done. Please check before you ask for it again.
card-less-way = You can choose a button below or write “help”.

card-password-more = Suspected access by others
card-password-and-more = and { $count } more

card-password-pin = PIN that opens the file
card-password-pin-typed = Without spaces:
card-password-pin-why = Write the PIN down before you download the file: it opens only with this PIN.
card-password-slip-open = Download the file (PDF)

card-class-pick-placeholder = Choose a class
card-class-progress-at = As of { $at }

## Hand-over: who signed
card-closing-title = Hand-over: who signed
card-closing-group = Group
card-closing-list = List
card-closing-lead = Tick only those who have received their account and signed the record.
card-closing-signed = Signed
card-closing-recipient = Who received them?
card-closing-to-owner = Each of them in person
card-closing-to-parent = The parents: only of students under 14 or with SEN
card-closing-newer = A new password was created meanwhile for { $names }; a signature for an earlier one does not count. Tick them once they have received the new one and signed for it. Nothing was recorded.
card-closing-recipient-missing = Please state who received them.
card-closing-submit = Record those ticked
card-closing-everybody = Everybody signed ({ $count })
card-closing-without =
    { $count ->
        [one] { $count } more account that is not handed over is not in the list: no temporary password was printed or shown for it.
       *[other] { $count } more accounts that are not handed over are not in the list: no temporary passwords were printed or shown for them.
    }
card-closing-none-given = No temporary password was printed or shown for these accounts. Tick only those that were already handed over in another way.
card-closed-title = The hand-over is recorded
card-closed-none-title = Nothing was recorded
card-closed-done =
    { $count ->
        [one] The hand-over of { $count } account is recorded.
       *[other] The hand-over of { $count } accounts is recorded.
    }
card-closed-before =
    { $count ->
        [one] The hand-over of { $count } account had been recorded before.
       *[other] The hand-over of { $count } accounts had been recorded before.
    }
card-closed-refused = Not recorded for: { $count }
card-closed-left =
    { $count ->
        [one] { $count } account is still to be handed over.
       *[other] { $count } accounts are still to be handed over.
    }
card-closed-all = No account is left to be handed over.
