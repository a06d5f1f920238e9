# Текстове на картите.
card-lang = bg

card-school = Училище

## Меню: приветствие, помощ, неразбраното
card-menu-welcome-title = Здравейте
card-menu-welcome = Аз съм помощникът за електронните профили @edu.mon.bg.
card-menu-welcome-of = Аз съм помощникът за електронните профили @edu.mon.bg. { $whose }
card-menu-greeting = С какво мога да Ви бъда полезен?
card-menu-help-title = Помощ
card-menu-not-understood-title = Не Ви разбрах
card-menu-not-understood = Моля, изберете услуга с бутон или напишете с други думи какво търсите.
card-menu-whom-title = Какво Ви е необходимо?
card-menu-whom = Изберете услуга. Написаното ще бъде попълнено във формуляра.
card-menu-example = Напишете:
card-menu-identifiers = Моля, не пишете ЕГН, ЛНЧ или служебен номер в разговора. Въвеждайте ги само във формуляра – въведеното в него не остава в разговора.

card-date-placeholder = Изберете дата
card-form-problem = Моля, поправете следното
card-form-kind = Търсене по
card-form-kind-egn = ЕГН
card-form-kind-lnch = ЛНЧ
card-form-kind-service = Служебен номер
card-form-kind-name = Име (само във Вашето училище)
card-form-kind-username = Потребителско име
card-form-typed = Номер, име или потребителско име
card-form-typed-missing = Моля, въведете номер, име или потребителско име.
card-form-typed-hint = ЕГН и ЛНЧ са от 10 цифри. Името може да е на кирилица или на латиница, също и с паралелката: Иван 5а. Въведеното не остава в разговора.
card-form-logged = Записва се в журнала на бота: кой, кога и за кого.
card-form-search = Търсене
card-form-near = Може би търсите:

card-result-first = Показани са първите { $count }.
card-result-username = Потребителско име
card-result-mixed-letters = Внимание: в името на училището са смесени кирилски и латински букви. Проверете по кода по НЕИСПУО дали е същото училище.
card-result-class = Паралелка
card-result-grade = Клас
card-result-state = Състояние на профила
card-result-active = Активен
card-result-disabled = Неактивен
card-result-disabled-advice = С неактивен профил не може да се влиза. Моля, проверете данните на лицето в НЕИСПУО.
card-result-being-created = В процес на създаване
card-result-being-created-advice = Профилът още не може да се използва. Моля, направете справката отново по-късно.
card-result-elsewhere-password = Паролата може да бъде сменена от директора на училището, в което се обучава ученикът.

## Избор между няколко души
card-choices-title = Намерени са няколко души
card-choices-lead = Натиснете този, за когото се отнася. Ако не можете да ги различите, търсете по ЕГН.
card-choices-class = { $name } клас
card-choices-teacher = учител
card-choices-continue = Напред

## Съобщения
card-less-title = Отговорът не може да бъде показан
card-less = Действието, което сте поискали, може да е извършено. Моля, проверете, преди да го поискате отново.
card-less-way = Можете да изберете бутон под този текст или да напишете „помощ“.

card-password-more = Съмнение за чужд достъп
card-password-and-more = и още { $count }

card-password-pin = ПИН код за отваряне на файла
card-password-pin-typed = Без интервали:
card-password-pin-why = Запишете ПИН кода, преди да изтеглите файла: файлът се отваря само с този код.
card-password-slip-open = Изтегляне на файла (PDF)

card-class-pick-placeholder = Изберете паралелка
card-class-progress-at = Състояние към { $at }

## Предаване: кой подписа
card-closing-title = Предаване: кой подписа
card-closing-group = Група
card-closing-list = Списък
card-closing-lead = Отбележете само тези, които са получили профила си и са подписали протокола.
card-closing-signed = Подписали
card-closing-recipient = На кого са предадени?
card-closing-to-owner = Лично на всеки от тях
card-closing-to-parent = На родителите – само за учениците, които не са навършили 14 години или са със СОП
card-closing-newer = За { $names } междувременно е създадена нова парола; подпис за предишна не важи. Отбележете ги, след като получат и подпишат новата. Нищо не е записано.
card-closing-recipient-missing = Моля, посочете на кого са предадени.
card-closing-submit = Запис на отбелязаните
card-closing-everybody = Всички подписаха ({ $count })
card-closing-without =
    { $count ->
        [one] Още { $count } непредаден профил не е в списъка: за него няма отпечатана или показана временна парола.
       *[other] Още { $count } непредадени профила не са в списъка: за тях няма отпечатана или показана временна парола.
    }
card-closing-none-given = За тези профили няма отпечатана или показана временна парола. Отбележете само тези, които вече са предадени по друг начин.
card-closed-title = Предаването е записано
card-closed-none-title = Нищо не е записано
card-closed-done =
    { $count ->
        [one] Записано е предаване на { $count } профил.
       *[other] Записано е предаване на { $count } профила.
    }
card-closed-before =
    { $count ->
        [one] За { $count } профил предаването вече беше записано.
       *[other] За { $count } профила предаването вече беше записано.
    }
card-closed-refused = Не е записано за: { $count }
card-closed-left =
    { $count ->
        [one] Остава непредаден { $count } профил.
       *[other] Остават непредадени { $count } профила.
    }
card-closed-all = Няма непредадени профили.
