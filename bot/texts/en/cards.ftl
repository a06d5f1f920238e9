# Texts of the cards.

card-lang = en

card-school = School

## Menu: welcome, help, not understood

card-menu-welcome-title = Hello
card-menu-welcome = I help with @edu.mon.bg accounts. What can I do for you?
card-menu-help-title = Help
card-menu-help = This is what I can do for you.
card-menu-not-understood-title = I did not understand your request
card-menu-not-understood = Please choose a service with a button or type one of the words below.
card-menu-not-offered-title = This service is not available yet
card-menu-not-offered = For now I can help with the following.
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
card-choices-lead = If you cannot tell them apart by what is listed, please make a new lookup by EGN.
card-choices-label = Whom the lookup is about
card-choices-missing = Please choose whom the lookup is about.
card-choices-class = class { $name }
card-choices-teacher = teacher
card-choices-continue = Continue

## Notices

card-notice-reference = Reference number
