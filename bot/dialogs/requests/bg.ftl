command-requests = Искания
command-requests-hint = Искания за преместени ученици: ново искане, изпратените и тези, които очакват решение от Вас.
requests-hint-decides = Исканията за преместени ученици, които очакват решение.
command-requests-word = искания
command-requests-example = искания за одобрение

card-transfer-number = Искане № { $number }
card-transfer-number-label = Искане №
card-transfer-more = Подробности
card-transfer-reason = Причина
card-transfer-where = Къде е ученикът
card-transfer-problem = Какво не е изпълнено
card-transfer-warning = Моля, обърнете внимание
card-transfer-earlier = Други искания от приемащото училище през последната година

card-transfer-class-there = Паралелка в приемащото училище
card-transfer-reason-missing = Моля, посочете причина.
card-transfer-no-numbers = Моля, не пишете ЕГН или други лични номера.

card-transfer-list-approve = Одобряване на отбелязаните
card-transfer-list-ticked = За одобряване заедно
card-transfer-list-several = Одобряване на няколко заедно
card-transfer-many-left-out = Няма да бъдат одобрени: { $count }

card-deputy-title = Упълномощени лица
card-deputy-what = Упълномощеното лице получава исканията на други училища и решава по тях вместо директора. Справки и пароли остават за директора.
card-deputy-none = Още няма упълномощени лица.
card-deputy-row = Заповед { $order }, до { $until }
card-deputy-rests = Не решава при Вас до края на { $until }, докато важи по-ново упълномощаване в друго училище.
card-deputy-find-title = Упълномощаване
card-deputy-typed = Име или потребителско име на колега
card-deputy-typed-missing = Моля, въведете име или потребителско име.
card-deputy-typed-hint = Търси се само сред учителите във Вашето училище.
card-deputy-order = Номер на заповедта
card-deputy-order-missing = Моля, въведете номера на заповедта.
card-deputy-order-date = Дата на заповедта
card-deputy-order-date-missing = Моля, въведете датата на заповедта.
card-deputy-order-date-impossible = Тя не може да бъде в бъдещето.
card-deputy-until = Упълномощен до
card-deputy-until-missing = Моля, въведете до кога важи.
card-deputy-until-impossible = Денят не може да е минал или да е след 31 август.
card-deputy-until-why = Най-късно до 31 август, когато в НЕИСПУО се сменя учебната година.
card-deputy-authorise = Упълномощаване

## Състояния
transfer-state-requested = Изпратено
transfer-state-reminded = Изпратено, напомнено
transfer-state-overdue = Просрочено
transfer-state-escalated = Отнесено към РУО
transfer-state-approved = Одобрено
transfer-state-carrying-out = Одобрено, изпълнява се
transfer-state-done = Изпълнено
transfer-state-needs-attention = Одобрено, но не е изпълнено
transfer-state-refused = Отхвърлено
transfer-state-not-ours = Ученикът не е в училището
transfer-state-withdrawn = Оттеглено
transfer-state-stale = Закрито – ученикът е преместен
transfer-state-expired = Изтекло

transfer-title-sent = Изпратено искане
transfer-title-received = Получено е искане
transfer-title-region = Искане в областта
transfer-title-office = Искане, отнесено към РУО

transfer-lead-waiting = Искането е изпратено до { $school }. Очаква се решение.
transfer-lead-overdue = Училището ({ $school }) още не е взело решение. Изпратено е напомняне; ако няма решение, искането ще бъде отнесено към РУО.
transfer-lead-escalated = Искането е отнесено към РУО. Училището също още може да реши.
transfer-lead-decide = Профилът следва да бъде предоставен незабавно.
transfer-lead-decide-overdue = Искането е просрочено. Профилът следва да бъде предоставен незабавно.
transfer-lead-decide-escalated = Срокът изтече и искането е отнесено към РУО. Докато РУО не е решило, и Вие можете да решите.
transfer-lead-appealed-receiving = Отказът е отнесен към РУО. Очаква се решение на РУО; училището също може още да одобри искането.
transfer-lead-appealed-releasing = Приемащото училище отнесе отказа към РУО. Докато РУО не е решило, можете да одобрите искането.
transfer-lead-appealed-office = Училището е отказало, а приемащото училище отнесе отказа към РУО. Моля, решете или върнете искането.
transfer-lead-office-only-receiving = Искането е изпратено направо до РУО и решава само РУО: по данните за профилите подателят е директор и на училището, в което се е обучавал ученикът.
transfer-lead-office-only-releasing = По това искане решава само РУО: по данните за профилите подателят е директор и на Вашето училище. От Вас не се очаква решение.
transfer-lead-office-only-office = По това искане решава само РУО: по данните за профилите подателят е директор и на училището, в което се е обучавал ученикът. Моля, решете.
transfer-appeal-offered = Ако не сте съгласни с отказа, можете да го отнесете към РУО – веднъж.
transfer-lead-office-waiting = Училището ({ $school }) още има време да реши.
transfer-lead-office-overdue = Училището ({ $school }) не е решило в срок. Ще можете да решите, когато искането бъде отнесено към РУО.
transfer-lead-office-decide = Училището ({ $school }) не е решило в срок. Моля, решете или върнете искането.
transfer-lead-approved = Искането е одобрено и се изпълнява.
transfer-lead-attention = Искането е одобрено, но промяната в профила не е завършена.
transfer-lead-done-receiving = Профилът е предоставен: ученикът вече е във Вашето училище. Можете да му дадете временна парола.
transfer-lead-done-releasing = Профилът е предоставен на приемащото училище.
transfer-lead-refused = Искането е отхвърлено. Ако причината отпадне, може да бъде изпратено ново.
transfer-lead-not-ours = Училището съобщи, че ученикът не е при него.
transfer-lead-withdrawn = Искането е оттеглено от приемащото училище.
transfer-lead-withdrawn-own = Искането е оттеглено от Вашето училище.
transfer-lead-withdrawn-approved = Искането беше одобрено и е оттеглено от приемащото училище, преди промяната да бъде завършена. Моля, проверете в НЕИСПУО къде е записан ученикът.
transfer-lead-taken-back = Одобрението на искането е оттеглено, преди промяната да бъде завършена. Моля, проверете в НЕИСПУО къде е записан ученикът.
transfer-lead-stale = Искането е закрито: ученикът вече не е записан в училището, до което е изпратено.
transfer-lead-arrived-receiving = Искането е закрито: ученикът вече е във Вашето училище. Можете да му дадете временна парола.
transfer-lead-arrived-releasing = Искането е закрито: ученикът вече е в приемащото училище. Не е необходимо действие.
transfer-lead-expired = Срокът на искането изтече, без профилът да бъде предоставен. Не е необходимо действие.
transfer-lead-expired-own = Срокът на искането изтече, без профилът да бъде предоставен. Ако още е необходимо, изпратете ново.
transfer-lead-expired-unfinished = Срокът на искането изтече, преди промяната да бъде завършена. Моля, проверете в НЕИСПУО къде е записан ученикът.
transfer-decide-until = За решение до { $at } След това искането се отнася към РУО.

transfer-by = Подадено от
transfer-date = Дата на искането
transfer-basis = Основание
transfer-certificate = Удостоверение за преместване
transfer-note = Бележка

transfer-trail-sent = Изпратено
transfer-trail-reminded = Напомнено
transfer-trail-remind = Напомняне
transfer-trail-office = Отнасяне към РУО
transfer-trail-office-now = Отнесено към РУО
transfer-trail-appealed = Отнесено към РУО от приемащото училище
transfer-trail-decision = Решение
transfer-trail-carrying-out = Изпълнение
transfer-trail-done = Изпълнено

transfer-verdict-approved = Одобрено
transfer-verdict-refused = Отхвърлено
transfer-verdict-not-ours = Ученикът не е в това училище
transfer-verdict-withdrawn = Оттеглено
transfer-verdict-taken-back = Одобрението е оттеглено
transfer-verdict-returned = Върнато от РУО за решение от училището

transfer-earlier = № { $number } от { $at }: { $state }

transfer-undelivered = Искането още не е доставено до директора. { $reasons }
transfer-office-unreached-receiving = Ботът още не може да пише на експерт от РУО и там никой не е уведомен за искането. Моля, обадете се в РУО и помолете експерт да отвори бота в Teams: тогава ще види искането.
transfer-office-unreached-releasing = Ботът още не може да пише на експерт от РУО и там никой не е уведомен за искането. Докато е така, решението зависи от Вас.
transfer-reach-reached = Доставено е.
transfer-reach-not-installed = Директорът още не е отворил бота в Teams.
transfer-reach-blocked = Директорът или администратор е спрял съобщенията от бота.
transfer-reach-waiting = Microsoft е преместила разговора на директора с бота. Съобщението чака и ще бъде доставено, щом директорът отвори бота.
transfer-reach-disabled = Профилът на директора не е активен.
transfer-reach-failed = Teams не прие съобщението.

transfer-sync-receiving = Запишете ученика и в НЕИСПУО: данните идват оттам и без това нощната синхронизация може да върне профила в предишното училище.
transfer-sync-releasing = Отпишете ученика и в НЕИСПУО: данните идват оттам и без това нощната синхронизация може да върне профила при Вас.
transfer-class-gone = Избраната паралелка вече няма екипи в Teams. Ученикът е в училището, но в никой екип: моля, проверете паралелката в НЕИСПУО.
transfer-class-over = Учебната година на избраната паралелка е приключила. Ученикът е в училището, а в екипите за новата учебна година ще го добави синхронизацията с НЕИСПУО.
transfer-arrived = Ученикът е преместен от НЕИСПУО. Ако не е в екипите на своята паралелка, моля, проверете паралелката в НЕИСПУО.
transfer-approval-old = Одобрението е дадено преди повече от 14 дни: нов опит може да направи училището, до което е изпратено искането, или РУО. Можете и да оттеглите искането и да изпратите ново.
transfer-office-blind = Данните за ученика се показват, след като посочите основание.
transfer-office = експерт от РУО

transfer-approve = Одобряване
transfer-refuse = Отхвърляне
transfer-not-ours = Не е при нас
transfer-return = Връщане на училището
transfer-withdraw = Оттегляне на искането
transfer-retry = Нов опит
transfer-take-back = Оттегляне на одобрението
transfer-appeal = Отнасяне към РУО
transfer-username = Потребителско име
transfer-reveal = Показване на данните
transfer-problem-forbidden = Microsoft не позволява на бота да променя този профил. Моля, съобщете на { $support }, след това опитайте отново.
transfer-problem-not-granted = Ботът още няма право да прави тази промяна в данните на Microsoft. Моля, съобщете на { $support }, след това опитайте отново.
transfer-problem-protected = Профилът е с допълнителни права или е свързан с друга система и ботът не го променя. Моля, обърнете се към { $support }.
transfer-problem-missing = Профилът или училището вече не съществува в данните на Microsoft. Моля, проверете ученика в НЕИСПУО.
transfer-problem-not-understood = Microsoft отказа промяната. Моля, съобщете на { $support }, след това опитайте отново.
transfer-problem-unavailable = Microsoft не отговаря твърде дълго. Каквото е направено, е записано; моля, опитайте отново.
transfer-problem-not-visible = Промяната е приета, но още не се вижда. Моля, опитайте отново след няколко минути.
transfer-problem-undone = Ученикът отново е в предишното училище: НЕИСПУО е върнало промяната. Моля, отразете преместването в НЕИСПУО и опитайте отново.
transfer-problem-nowhere = Ученикът вече не е записан в нито едно училище: в НЕИСПУО е отписан, но още не е записан в приемащото училище. Моля, отразете преместването в НЕИСПУО и опитайте отново.

## Въпроси
transfer-sure-approve = Профилът на { $name } ще бъде предоставен на { $school }. Потвърждавате ли?
transfer-sure-withdraw = Искането за профила на { $name } ще бъде оттеглено. Потвърждавате ли?
transfer-call-back = При съмнение се обадете в приемащото училище на телефона от регистъра на институциите, а не на номер от съобщение.
transfer-why-approve = Посочете основание. Двете училища ще го видят.
transfer-why-refuse = Посочете причина за отхвърлянето. Директорът на приемащото училище ще я види.
transfer-why-not-ours = Посочете защо ученикът не е при Вас. Директорът на приемащото училище ще го види.
transfer-why-return = Посочете защо връщате искането. Двете училища ще го видят.
transfer-why-take-back = Посочете защо оттегляте одобрението. Двете училища ще го видят. Ако ученикът вече е преместен отчасти, ботът не го връща обратно.
transfer-why-appeal = Посочете защо профилът трябва да бъде предоставен. РУО и директорът, който отказа, ще го видят. Отказ се отнася към РУО само веднъж.
transfer-why-office = Решавате вместо училището. Посочете основание – двете училища ще го видят.
transfer-why-reveal = Данните за ученика ще Ви бъдат показани веднъж. Действието се записва и двамата директори ще бъдат уведомени.
transfer-reason-label = Причина
transfer-reveal-label = Основание
transfer-where-label = Къде е ученикът, ако знаете

transfer-done-approve = Одобрихте искането. Изпълнява се.
transfer-done-refuse = Отхвърлихте искането.
transfer-done-not-ours = Отбелязахте, че ученикът не е при Вас.
transfer-done-return = Върнахте искането на училището.
transfer-done-withdraw = Оттеглихте искането.
transfer-done-take-back = Оттеглихте одобрението.
transfer-done-appeal = Отнесохте отказа към РУО.
transfer-done-retry = Изпълнението започна отново.
transfer-moved-on = Междувременно искането се промени и нищо не е направено. Моля, прегледайте го отново.
transfer-late-by = По искането вече е решено: { $state } – { $by }, на { $at } Нищо не е променено.
transfer-late-withdrawn = Искането вече е оттеглено – { $by }, на { $at } Нищо не е променено.
transfer-late-state = Състояние на искането: { $state }. Нищо не е променено.
transfer-somebody = друг потребител
transfer-revealed = Данните са показани. Директорите на двете училища ще бъдат уведомени.
transfer-not-yours = Това искане вече не се отнася до Вас.

## Съобщения
transfer-reminder-title = Напомняне: искане очаква решение
transfer-reminder = От { $since } искане № { $number } очаква Вашето решение. Профилът следва да бъде предоставен незабавно.
transfer-reminder-until = Ако не бъде решено до { $at }, искането ще бъде отнесено към РУО.
transfer-reminders-title = Напомняне: няколко искания очакват решение
transfer-reminders = { $count } искания за профили на ученици очакват Вашето решение повече от един работен ден. Профилите следва да бъдат предоставени незабавно.
transfer-reminders-next = Срокът на всяко искане е в списъка.
transfer-burst-title = Нови искания
transfer-burst = { $count } искания за профили на преместени ученици очакват Вашето решение.
transfer-burst-office = { $count } искания за профили на преместени ученици очакват решение на РУО.
transfer-burst-next = Вместо отделно съобщение за всяко, всички са в списъка.
transfer-outcome-reason = Причина: { $reason }
transfer-outcome-refused-title = Искането е отхвърлено
transfer-outcome-refused = Искане № { $number } е отхвърлено от { $school }.
transfer-outcome-taken-back-title = Одобрението е оттеглено
transfer-outcome-taken-back = Одобрението на искане № { $number } до { $school } е оттеглено, преди промяната да бъде завършена. Моля, проверете в НЕИСПУО къде е записан ученикът.
transfer-outcome-approved-title = Искане е одобрено
transfer-outcome-approved = Искане № { $number } на { $school } до Вашето училище е одобрено.
transfer-approved-by = Решението е на { $by } от името на училището.
transfer-approved-with-account = Решението е взето с профила на училището.
transfer-approved-by-office = Решението е на РУО: { $by }.
transfer-approved-surprise = Ако това решение е изненада за Вас, моля, прегледайте искането и списъка на упълномощените лица.
transfer-outcome-appealed-title = Отказ е отнесен към РУО
transfer-outcome-appealed = { $school } отнесе към РУО отказа по искане № { $number }.
transfer-outcome-not-ours-title = Ученикът не е в това училище
transfer-outcome-not-ours = По искане № { $number } училището ({ $school }) съобщи, че ученикът не е в него. Моля, проверете в НЕИСПУО къде е записан.
transfer-outcome-stale-title = Искането е закрито
transfer-outcome-stale = Ученикът по искане № { $number } вече не е записан в { $school }. Ако още не е при Вас, изпратете ново искане.
transfer-outcome-arrived = Искане № { $number } до { $school } е закрито: ученикът вече е във Вашето училище. Можете да му дадете временна парола.
transfer-outcome-expired-title = Искането изтече
transfer-outcome-expired = Срокът на искане № { $number } до { $school } изтече, без профилът да бъде предоставен. Ако още е необходимо, изпратете ново.
transfer-outcome-expired-unfinished = Срокът на искане № { $number } до { $school } изтече, преди промяната да бъде завършена. Моля, проверете в НЕИСПУО къде е записан ученикът.
transfer-outcome-done-title = Профилът е предоставен
transfer-outcome-done = Искане № { $number } до { $school } е изпълнено: ученикът вече е във Вашето училище. Можете да му дадете временна парола.
transfer-outcome-attention-title = Искането не е изпълнено докрай
transfer-outcome-attention = Искане № { $number } до { $school } е одобрено, но промяната в профила не е завършена.
transfer-outcome-returned-title = Върнато искане очаква решение
transfer-outcome-returned = РУО върна искане № { $number } за решение от { $school }.
transfer-opened-title = РУО видя данни на ученик
transfer-opened = На { $at } { $by } видя името и паралелката на ученика по искане № { $number }. Основанието е записано в журнала на бота.

## Списъци
requests-sent = Изпратени: { $count }
requests-received = Получени: { $count }
requests-closed = Приключени: { $count }
requests-office = Искания в областта: { $count }
requests-none-sent = Няма изпратени искания, които очакват решение.
requests-none-received = Няма искания, които очакват Вашето решение.
requests-none-closed = Още няма приключени искания.
requests-none-office = Няма просрочени искания в областта.
requests-none-wanted = Няма такива искания в този списък.
requests-only = Само { $what }: { $count }. Показване на всички
requests-late = просрочени
requests-share-escalated = отнесени към РУО: { $count }
requests-share-overdue = просрочени: { $count }
requests-share-needs-attention = одобрени, но неизпълнени: { $count }
requests-until = за решение до { $at }
requests-escalated = на { $at }
requests-asked = изпратено на { $at }
requests-ended = приключено на { $at }
requests-none-ticked = Моля, отбележете поне едно искане.
requests-unknown = Искане, което не се отнася до Вас
requests-many-title = Одобряване на няколко искания
requests-many-lead = Профилите ще бъдат предоставени на посочените училища. Всяко искане беше проверено поотделно. Потвърждавате ли?
requests-many-nobody = Нито едно от избраните искания не може да бъде одобрено.
requests-many-allowed = Ще бъдат одобрени: { $count }
requests-many-confirm = Одобряване
requests-many-done-title = Исканията са обработени
requests-many-done = Одобрените се изпълняват. Докъде са стигнали, се вижда в списъка.
requests-many-approved = Одобрени: { $count }

deputy-new = Упълномощаване на колега
deputy-end = Прекратяване: { $name }
deputy-end-title = Прекратяване на упълномощаване
deputy-end-sure = { $name } повече няма да може да решава по искания вместо Вас. Потвърждавате ли?
deputy-ended = Упълномощаването е прекратено.
deputy-was-ended = Упълномощаването вече беше прекратено.
deputy-left = Вече не е учител във Вашето училище и не може да решава. Ако е напуснал(а), прекратете упълномощаването.
deputy-disabled = Профилът е неактивен и засега не може да решава.
deputy-given = { $name } е упълномощен(а) до { $until }
deputy-too-many = { $count ->
        [one] Намерен е { $count } учител
       *[other] Намерени са { $count } учители
    } с такова име. Моля, въведете трите имена или потребителското име.
deputy-which-lead = Натиснете колегата, за когото се отнася. Ако не можете да ги различите, търсете по потребителско име.
deputy-not-found = Във Вашето училище не е намерен учител с такова име.
deputy-restored-title = Упълномощаванията са прекратени
deputy-restored = Данните на бота бяха възстановени от по-ранно копие. То не знае кои упълномощавания сте прекратили след него, затова всички в училището са прекратени.
deputy-restored-next = Които още са нужни, дайте ги отново от „Упълномощени лица“.

words-queue = чакащ*, висящ*, необработ*, нерешен*, неприключ*, приключен*, получени, получените, входящ*, изпратени,
    изпратените, просроч*
words-late = просроч*, закъсн*, бавят, бави, забав*, срок*, стари от
words-our-student = наш ученик, наша ученичка, нашия ученик, нашата ученичка, наши ученици, наше дете, нашето дете,
    наши деца
words-refuse = отказ*, откаж*, отказ, отказвам, откажи
words-deputy = упълномощ*, пълномощно*
