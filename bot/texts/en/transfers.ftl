# Requests for the accounts of moved students: cards, questions, messages.

## Cards
card-transfer-code = code { $code }
card-transfer-receiving = Receiving school
card-transfer-releasing = School the student attended
card-transfer-to = Moves to
card-transfer-from = Moves from
card-transfer-masked = Personal number
card-transfer-now = now
card-transfer-basis-application = Application for enrolment
card-transfer-basis-enrolled = The student is enrolled already
card-transfer-basis-other = Other
transfer-undelivered-next = The bot keeps trying; if it does not succeed by { $at }, the request will be referred to the regional office. You may call the school.
transfer-open = To the request
transfer-to-list = Requests
deputies = Authorised persons

## Refusals
refusal-already-here = The student is in your school already: no request is needed. You may give them a temporary password.
refusal-not-a-student = A request is made for a student only.
refusal-no-present-school = The account names no school, so there is nobody to ask. Enrol the student in NEISPUO: the ministry will move the account. For a student who returns from abroad the ministry creates a new one.
refusal-not-movable = This account has additional rights or belongs to another system and cannot be moved by the bot. Please contact { $support }.
refusal-which-school = The student attends several schools. Please choose to which one the request is to be sent.
refusal-class-missing = Please choose the class that will receive the student.
refusal-certificate-date = The date of the certificate cannot be in the future.
refusal-no-request = There is no such request, or it does not concern you.
refusal-own-request = You cannot decide about a request made by you or your school. The director of the other school or whom they authorised decides, and the regional office, too, if the request was referred to it.
refusal-office-only = Only the regional office decides about this request.
refusal-too-early = The school still has time to decide. The regional office decides once the request is referred to it.
refusal-reason-missing = Please state a reason in words.
refusal-moved-on = The request has changed meanwhile. Please look at it again.
refusal-appealed = The request has been before the regional office. The school can only approve it, and the receiving school cannot refer it again.
refusal-approval-old = The approval is more than 14 days old. The school the request was sent to, or the regional office, can try again.
refusal-overtaken = After this approval another request for the same student was approved, so it cannot be tried again.
refusal-asked-again = There is a newer request for the same student, not yet decided. Therefore the refusal cannot be referred to the regional office.
refusal-decided = This request has been decided already.
refusal-region-unknown = It is not known which region you answer for, so there is nothing to show you. Please contact { $support }.
refusal-not-a-colleague = Only a teacher of your school can be authorised.
refusal-order-missing = Please enter the number of the order.
refusal-order-hidden = The number of the order would not stay visible like this: six or more digits in a row, and a number that looks like an ЕГН, are not kept. Please enter only its series, number and year, for example РД-12-345/2026.
refusal-order-dates = The date of the order cannot be in the future, and the end cannot be in the past.
transfer-new = New request
