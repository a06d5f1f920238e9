command-transfer = Искане за преместен ученик
command-transfer-hint = Изпраща искане до училището, в което се е обучавал ученикът, и показва докъде е стигнало.
command-transfer-word = искане
command-transfer-example = искам профила на преместен ученик

card-transfer-find-title = Искане за профил на преместен ученик
card-transfer-find-lead = Въведете номера на ученика от документа му. Само по име искане не се подава.
card-transfer-find-typed = Номер на ученика
card-transfer-find-missing = Моля, въведете номера на ученика.
card-transfer-find-hint = ЕГН и ЛНЧ са от 10 цифри. Въведеното не остава в разговора.
card-transfer-find-logged = Справката се записва в регистъра с основание „Преместен ученик“.

card-transfer-form-title = Искане за профил на преместен ученик
card-transfer-disabled = Профилът е неактивен. След одобрение ще бъде активиран.
card-transfer-which-school = Кое училище да бъде попитано?
card-transfer-which-school-missing = Моля, изберете училището, в което се е обучавал ученикът.
card-transfer-to-class = Паралелка във Вашето училище
card-transfer-to-class-missing = Моля, изберете паралелката, в която постъпва ученикът.
card-transfer-basis = Основание
card-transfer-basis-missing = Моля, посочете основание.
card-transfer-basis-text = Пояснение – при основание „Друго“
card-transfer-certificate = Номер на удостоверението за преместване (ако е издадено)
card-transfer-certificate-date = Дата на удостоверението
card-transfer-certificate-impossible = Датата на удостоверението не може да бъде в бъдещето.
card-transfer-certificate-why = Профилът се предоставя незабавно и без да се чака удостоверението.
card-transfer-note = Бележка до директора
card-transfer-note-why = Ще я прочете директорът на другото училище. Моля, не пишете в нея ЕГН или други номера.
card-transfer-send = Изпращане на искането

transfer-another = Друг ученик

transfer-sent-title = Искането е изпратено
transfer-sent = Искане № { $number } е изпратено до { $school }. Състоянието му се вижда в картата по-долу, която се обновява сама.
transfer-already = Вече има активно искане за този ученик от друго училище – № { $number }.
transfer-already-own = Вашето училище вече има активно искане за този ученик – № { $number }.

words-obtain = взема, вземем, вземе, взимам*, не ни дават, не ни дава, не са ни дали, не ни е дал*, получим
words-certificate = удостоверени*
words-withdraw = оттегл*, отказвам се, се откаж*, се отказв*, анулир*, отмен*, откажи се, откажете се, откажем се,
    откажа се, изтегл* обратно, върна обратно искан*, да си върна искан*
words-take-back = оттегл*
words-own-request = отказаха ми, отказаха ни, ми отказаха, ни отказаха, моето искане, мое искане, нашето искане,
    наше искане, искането ми, искането ни, искането си, искането което, искане което, моята заявка, заявката ми,
    молбата ми
