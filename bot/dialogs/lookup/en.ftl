command-lookup = Username lookup
command-lookup-hint = Finds a student's username by EGN, LNCh or service number and, in your own school, by name.
command-lookup-word = lookup
command-lookup-example = username of a student

## Look-up form
card-form-title = Username lookup
card-form-purpose-text = Explanation (only with “Another reason”)
card-form-elsewhere = For a student of another school press the reason instead of “{ card-form-search }”.

lookup-reason-moved = Transferred student
lookup-reason-forgotten = Forgotten username
lookup-reason-other = Another reason

## Result of a look-up
card-result-title = Lookup result
card-result-asked = Number searched for
card-result-several-people = { $count } accounts with this number were found, but under different names. Please check with a document who is meant.
card-result-several = { $count } accounts of this person were found. The first one is the current one.
card-result-several-unclear = { $count } accounts of this person were found, and it is not clear which is the current one. Please check in NEISPUO where the person is enrolled.
card-result-current = Current account
card-result-not-current = Another account, not the current one
card-result-also = Another school
card-result-no-school = not stated
card-result-code = NEISPUO code
card-result-elsewhere = The student is not enrolled in your school.
card-result-nowhere = The account names no school. If the student is joining yours, please enrol them in NEISPUO and repeat the lookup later.
card-result-personal = An account is personal: it is given only to its owner, or to a parent if the student is under 14 or has special educational needs.

lookup-request = Request the account
lookup-request-of = Request { $username }
lookup-denied-title = The lookup cannot be made
lookup-purpose-text-missing = You chose “Another reason”. Please describe it in a few words.
lookup-not-found-own = No such student was found in your school. If the student is from another school, press the reason for the lookup below the form.
lookup-not-found-username = No student was found with this username. Please check the letters and digits, or search by EGN.
lookup-former-username =
    { $count ->
        [one] In April 2024 usernames with one letter got a second one. The account with its present username is below.
       *[other] In April 2024 usernames with one letter got a second one. Below are the accounts that may have had this name.
    }
lookup-not-found-name = Nobody with such a name was found in your school. A student of another school can be found only by EGN, LNCh, service number or username.

## Temporary password
password-of = Password for { $username }
lookup-alarm-title = Students were looked up who were not found
lookup-alarm-own = Up to { $at }, several lookups of students of other schools were made from your account that found nobody. Searching in other schools from your account is paused until { $until }.
lookup-alarm-own-next = If it was not you, sign out on all devices, change your password and tell { $support }.
lookup-alarm-colleague = Up to { $at }, several lookups of students of other schools were made from the account of { $name } that found nobody. Searching in other schools from that account is paused until { $until }.
lookup-alarm-intake-own = Up to { $at }, numbers of students were looked up for intake from your account, and many of them found nobody. Intake is paused for all directors of the school until { $until }.
lookup-alarm-intake-colleague = Up to { $at }, numbers of students were looked up for intake from the account of { $name }, and many of them found nobody. Intake is paused for all directors of the school until { $until }.
lookup-alarm-somebody = a director of your school
lookup-alarm-colleague-next = Please ask your colleague. If the lookups are not theirs, the password of the account must be changed at once.
lookup-alarm-office = Up to { $at }, students of several schools were looked up from the account of a director of { $school }, and many of the lookups found nobody. Searching in other schools from that account is paused until { $until }.
lookup-alarm-office-next = Please contact the school. Which students were looked up is not shown here.

words-inquiry = lookup*, look up, search, find
words-search = look for, find*, search*, check*, show, get, give, need, locate*, want, tell me, does, do we have
words-usernames = usernames, user names, emails, logins
