# Refusals and failures: what happened and what comes next.

refusal-stranger = This service is only for school directors and people they have expressly authorised. If you are a director, sign in to Teams with the school's administrative account: the NEISPUO code followed by @edu.mon.bg.
refusal-teacher = Username lookup is available to the school's director. If you need a student's username, please ask the director. You can read how to sign in to an account for the first time, and change the language: press “Help”.
refusal-student = This service is for school directors. If you forgot your username or password, please ask your class teacher or the director of your school.
refusal-regional-office = Regional office experts have no access to personal data of students through the bot. Username lookup is done by the director of the school.
refusal-account-disabled = The account you signed in with is not active, so the service cannot be used. Please contact the school's administrator.
refusal-school-unknown = The school you answer for was not found in the Ministry's data. Please check that you are signed in with the school's administrative account, and contact support if this happens again.
refusal-own-budget-spent = The daily number of lookups has been reached. You can make lookups again from { $until }.
refusal-other-budget-spent = The daily number of lookups for students of other schools has been reached. You can search for them again from { $until }. You can still search in your own school.
refusal-too-many-misses = Several lookups in a row found no student, so searching in other schools is paused. It will be possible again from { $until }. Until then, please check the data against the student's document. You can still search in your own school.
refusal-not-personal = To protect personal data, this service works only in a personal chat with the bot. Please open a personal chat with it and type “help”.
refusal-other-tenant = This service is only for @edu.mon.bg accounts. Please sign in to Teams with your @edu.mon.bg account and try again.
refusal-card-broken = This card cannot be recognised. Please type “help” and start again.
refusal-card-other-person = This card is meant for another person or another conversation. Please type “help” to get your own.
refusal-card-expired = This card has expired and is no longer valid. Nothing was changed. Please start again.

error-directory-busy = Microsoft's service is busy at the moment. Please try again in a minute.
error-directory-unavailable = Microsoft's service is temporarily unavailable. Please try again shortly.
error-directory-forbidden = The bot lacks the access it needs to the account data. Please tell support.
error-directory-misunderstood = Microsoft's service gave an unexpected answer. Please try again, and tell support if it happens again.
error-store-unavailable = The bot's register is temporarily unavailable, so no lookup can be made. Please try again shortly.
error-unknown = Something went wrong. We are sorry. Reference: { $reference }. If it happens again, please tell support this number.

identifier-empty = Please enter what to search for.
identifier-not-digits = The number consists of digits only. Please check what you entered.
identifier-letter-for-digit = At position { $position } there is the letter “{ $letter }” instead of a digit. Please replace it with a digit.
identifier-length-egn = An EGN has 10 digits; you entered { $count }. Please check the digits.
identifier-length-lnch = An LNCh has 10 digits; you entered { $count }. Please check the digits.
identifier-length-service = The service number's length is not right. Please check the digits.
identifier-lost-zero = A zero at the beginning of the number may be missing. It has been added in the field: if it is right, press “Search”.
identifier-date = The EGN contains a date of birth that does not exist. Please check the first six digits.
identifier-future = The EGN contains a future date of birth. Please check the first six digits.
identifier-too-old = The EGN contains a date of birth more than 100 years ago. Please check the first six digits.
identifier-check-digit-egn = Invalid EGN: the check digit does not match. Please check the digits one by one.
identifier-check-digit-lnch = Invalid LNCh: the check digit does not match. Please check the digits one by one.
identifier-trivial = This number belongs to nobody. Please enter the number from the document.
identifier-looks-like-egn = This number is a valid EGN. If it is an EGN, choose “EGN” under “Search by” and search again; if not, please check the digits.
identifier-looks-like-lnch = This number is a valid LNCh. If it is an LNCh, choose “LNCh” under “Search by” and search again; if not, please check the digits.
