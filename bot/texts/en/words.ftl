# The words by which the bot recognises what is meant. Nobody is shown these.
# Separated by commas. A trailing asterisk: any word that begins so. Several words: one after the other.
# Misspellings are not listed: they are recognised from the right spelling.
# What follows from the concepts is in bot/router/meaning.py.
words-account = account*, acount*, profile*, acc, user*
words-username = username*, logins, user name*, login name, login id, login, by name, email*, e mail*, mail, upn,
    user id, electronic address*
words-which = which, what, what is, whats, whose, who is, who has, who, belong, belongs
words-identifier = egn, lnch, service number, national id, personal number, pin number
words-tell = what is the, what is his, what is her, whats the, whats his, whats her, what are the, tell me, tell us, reveal, show, show me, let me know
words-which-one = which, whose
words-which-is = what is it, which is it
words-whose-identifier = egn of, lnch of
words-student = student*, pupil*, child*, kid, kids, boy, girl
words-teacher = teacher*, colleague*, staff

words-password = password*, passwords, pasword*, passcode*, pass, pwd, passwort*
words-change = change*, set, switch*
words-locked = locked*, unlock*, lock, blocked*, expired*, too many times
words-move = move*, moving, transfer*, relocat*
words-came = came, coming, comes, joined*, enrolled*, enroled*, arrived*, came to us, is now with us, now with us
words-left = left us, left our school
words-other-school = old school, previous school, other school, another school, former school, last school,
    different school, sending school, receiving school, from school
words-school = school*, highschool*
words-request = request, request the, ask, ask for, claim*, apply, application
words-apply = release*
words-requests = requests*, applications
words-decide = approve*, approval*, approving, reject*, decline*, decision*, decide*, confirm*, accept*,
    confirm the*, confirm request*, confirm transfer*
words-asked-us = asked us, requested from us, asking us, sent me, sent us, received a request, got a request,
    notification*, notified

words-new = new, newly*, newest, brand new
words-created = created*, generated*
words-received = received*, got, get, gets, collected*, picked up
words-slip = slip*, print*, leaflet*
words-first-grade = first grade*, 1st grade*, first class*, first year*, preschool*, grade 1, grade one
words-without = without*, no, not, has not, have not, havent, hasnt, dont have, does not have, missing
words-class = class, classes, grade group, form group
words-grade = 2nd grade*, 3rd grade*, 4th grade*, 5th grade*, 6th grade*, 7th grade*, 8th grade*, 9th grade*,
    10th grade*, 11th grade*, 12th grade*
words-classroom = classroom*, class room*, class team*, homeroom*
words-team = team, teams, google classroom, channel*
words-team-of-class = team, channel*
words-subject = subject*, math, maths, mathematic*, history, biology, physics, chemistry, geography, literature,
    informatics, music, art, philosophy, technology, english teacher, english class*, english lesson*,
    bulgarian class*, bulgarian lesson*, bulgarian teacher
words-lessons = teach, lesson*, teaching, timetabled
words-class-hour = form period, tutor period
words-help = example*, help*, explain*, instruction*, manual, guide*, menu, start, command*, support, assist*,
    options, faq
words-how = how
words-confused = dont understand*, do not understand*, confused*, dont know what, no idea, dont get it, i am lost,
    im lost
words-not = dont, not, no, do not

words-all = all, every, everything, everyone*, everybody*, whole, entire, list of passwords, list of egn*, export*,
    dump*, bulk, database*, egns, passwords of
words-whole = whole, entire
words-protected = director*, principal*, headmaster*, headteacher*, head teacher, headmistress*, admin*,
    administrator*, minister*, boss, head of, mayor*
words-records = grades, marks, mark of, absence*, absent, schedule*, timetable*, homework*, test results,
    diary, holiday*, attendance, grades of, grade of, report card, report cards
words-outside = money, translation*, translator*, salary, salaries, payroll, textbook*, holiday*, vacation*, excursion*,
    school trip, parent meeting*, lunch, canteen, cafeteria, breakfast, printer*, projector*, bus, weather, forecast,
    news, joke*, recipe*, song*, essay*, poem*, scholarship*, diploma*, translate this, translate the, olympiad*,
    competition*, sick leave, birth certificate, medical*, sport*, football, vacancy, job, staff room, teachers room,
    doctor*, party
words-exam = exam*
words-foreign = wifi, wi fi, internet, facebook, instagram, gmail, computer*, laptop*, router*, skype, tiktok,
    network, website, netflix
words-contact = phone*, telephone*, home address, address, photo*, birthday*
words-destroy = delete*, remove*, hack*, drop, destroy*, disable*, erase*, wipe*
words-injection = instead of me, on my behalf, without them knowing, without him knowing, without her knowing,
    secretly, ignore*, previous instruction*, prior instruction*, system instruction*, your instruction*, your rules,
    prompt*, you are now, act as, pretend*, jailbreak*, developer mode, debug mode, make me, override*, disregard*,
    sudo, forget everything, forget all, forget your

# Ordinary words: they mean nothing to the bot and must not be taken for misspelt words of the above.
words-ordinary = speak*, talk*, interface*, choose, choice, supported, settings, version, status, waiting*, awaiting*, wait, sen, special, needs, instead, although, besides, while, since, however,
    according, because, regarding, between, through, after, before, behind, above, under, around, even, never, always,
    sometimes, whichever, wherever, anything, still, ours, yet, theirs, a, an, the, of, in, on, to, for, from, with,
    at, by, is, are, was, were, be, been, am, i, you, he, she, it, we, they, me, him, her, us, them, his, its, their,
    your, this, that, these, those, there, here, and, or, but, if, so, then, than, please, pls, thanks, thank, ok,
    okay, yes, stop, test, cancel, bye, good, great, nice, cool, lol, want, would, could, should, will, have, has,
    had, having, when, where, why, how, many, much, some, any, day, days, week, month, year, today, tomorrow,
    yesterday, now, time, name, number, code, id, city, town, people, person, man, woman, weather, joke, love, hate,
    game, glass, grass, pas, past, pass by, most, more, less, same, two, three, one, four, five, last, next, first,
    match, undefined, null, fail, second, back, already, again, only, just, about, into, out, over, up, down, off,
    our, move on, print screen
