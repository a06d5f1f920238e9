command-transfer = Request a student's account
command-transfer-hint = Sends a request to the school the student attended.
command-transfer-word = transfer
command-transfer-example = request the account of a transferred student

card-transfer-find-title = Request a transferred student's account
card-transfer-find-lead = Enter the student's number from their document. A name alone is not enough for a request.
card-transfer-find-typed = Student's number
card-transfer-find-missing = Please enter the student's number.
card-transfer-find-hint = An EGN or LNCh has 10 digits. What you enter is not kept in the chat.
card-transfer-find-logged = The look-up is logged with the reason "Transferred student".

card-transfer-form-title = Request a transferred student's account
card-transfer-disabled = The account is inactive. It will be activated after approval.
card-transfer-which-school = To which school is the request to be sent?
card-transfer-which-school-missing = Please choose the school the student attended.
card-transfer-to-class = Class in your school
card-transfer-to-class-missing = Please choose the class that will receive the student.
card-transfer-basis = Ground
card-transfer-basis-missing = Please state the ground.
card-transfer-basis-text = Explanation (only with “Other”)
transfer-basis-unsaid = You chose “{ card-transfer-basis-other }”. Please describe the ground in a few words in “Explanation”.
card-transfer-certificate = Number of the transfer certificate (if issued)
card-transfer-certificate-date = Date of the certificate
card-transfer-certificate-impossible = The date of the certificate cannot be in the future.
card-transfer-certificate-why = The account is released at once, without waiting for the certificate.
card-transfer-note = Note to the director
card-transfer-note-why = The other school's director will read it. Please do not write an EGN or other numbers in it.
card-transfer-send = Send the request

transfer-intake = If the student enters grade { $grade } before the school year begins, no request is needed: this is intake.
transfer-to-intake = To the intake
transfer-another = Another student

transfer-no-number = Enter the EGN, LNCh or service number from the student's document: a request cannot be sent by name.
transfer-which-lead = Press the one it is about. If you cannot tell them apart, ask the school the student attended.

transfer-sent-title = The request was sent
transfer-sent-office-only = Request No. { $number } went straight to the regional office, which alone decides. Its state is shown in the message below, which updates itself.
transfer-sent = Request No. { $number } was sent to { $school }. Its state is shown in the message below, which updates itself.
transfer-sent-before-title = The request was sent earlier
transfer-sent-before = Nothing was sent now: you have already sent request No. { $number } with this form, and it has been decided or has ended since. How far it has come is shown in it.
transfer-already = There is already an active request for this student from another school: No. { $number }.
transfer-already-own = Your school already has an active request for this student: No. { $number }.

words-new-request = new request, another request, make a request*, submit a request*, send a request*, file a request*
words-obtain = get the account, get his account, get her account, get the profile, get his profile, get her profile,
    take over
words-certificate = certificate*
words-withdraw = withdraw*, cancel the request, cancel my request, take back
words-take-back = withdraw*
words-own-request = they refused, refused us, refused me, my request, our request, my transfer, our transfer,
    my application, our application
