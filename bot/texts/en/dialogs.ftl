# The words of the conversations: help, language, lookup.

notice-not-possible = This cannot be done

help-not-offered = "{ $service }" cannot be done through the bot yet. For now, please do it the usual way.
help-director = The lookup finds a student by EGN, LNCh, service number, username or, in your own school, by name.
help-teacher = As a teacher you can read how to sign in to an account for the first time, and change the language. Usernames and temporary passwords are given by the director of your school.
help-student = If you forgot your username or password, please ask your class teacher or the director of your school.
help-regional-office = The regional office sees no personal data of students. Lookups of single students are made by the school's director.
help-stranger = The services are for school directors. If you are a director, sign in to Teams with the school's administrative account (NEISPUO code@edu.mon.bg).
help-disabled = The account you signed in with is not active. Please contact the school's administrator.
help-school-unknown = The school you answer for was not found in the Ministry's data. Please contact support.
help-activation = Signing in for the first time: open teams.microsoft.com, enter the username (with @edu.mon.bg) and the temporary password, then set a new password that only you know.
help-personal = Accounts are personal. They are given only to the person they are meant for, or to a parent if the student is under 14 or has special educational needs.

language-question = Which language shall I speak?
language-bg = Български
language-en = English
language-changed = The language is now English.

lookup-new-search = New lookup
lookup-denied-title = The lookup was not made
lookup-identifier-in-chat = Your message contains a number that looks like an EGN or another personal number. The bot does not keep it, but it cannot delete your messages. Please delete it: point at the message, choose "…" (More options) and "Delete". Personal numbers are entered only in the lookup form.
lookup-kind-missing = Please choose what to search by.
lookup-purpose-text-missing = You chose "other". Please describe the reason in a few words.
lookup-too-many = { $count ->
        [one] { $count } person has
       *[other] { $count } people have
    } such a name. Please enter all three names, or search by EGN.
lookup-not-found = No student was found with these details. Check the digits and the kind of number. If the student returns from abroad or enters school for the first time, the Ministry creates the account after enrolment in NEISPUO.
lookup-not-found-own = No such student was found in your school. If the student is from another school, choose a reason for the lookup and search again.
lookup-not-found-name = Nobody with such a name was found in your school. Search by name works in your own school only; for a student of another school, search by EGN, LNCh, service number or username.
lookup-username-unreadable = This does not look like a username. A username is in Latin letters, for example ip01234567, with or without @edu.mon.bg.
lookup-name-unreadable = Please enter at least two letters of the name.
lookup-choice-missing = No student was chosen. Please search again.
lookup-choice-gone = The chosen student is no longer in your school. Please search again.
