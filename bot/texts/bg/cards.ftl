# Текстове на картите.

card-lang = bg

card-school = Училище

## Меню: приветствие, помощ, неразбрана заявка

card-menu-welcome-title = Здравейте
card-menu-welcome = Аз съм помощникът за електронните профили @edu.mon.bg. С какво мога да Ви бъда полезен?
card-menu-help-title = Помощ
card-menu-help = Ето с какво мога да Ви бъда полезен.
card-menu-not-understood-title = Не разбрах заявката Ви
card-menu-not-understood = Моля, изберете услуга с бутон или напишете някоя от думите по-долу.
card-menu-not-offered-title = Тази услуга още не е достъпна
card-menu-not-offered = Засега мога да Ви бъда полезен със следното.
card-menu-example = Напишете:
card-menu-identifiers = Моля, не пишете ЕГН, ЛНЧ или служебен номер в разговора. Въвеждайте ги само във формуляра – въведеното в него не остава в разговора.

## Формуляр за справка

card-form-title = Справка за потребителско име
card-form-problem = Моля, поправете следното
card-form-kind = Търсене по
card-form-kind-egn = ЕГН
card-form-kind-lnch = ЛНЧ
card-form-kind-service = Служебен номер
card-form-kind-name = Име – във Вашето училище
card-form-kind-username = Потребителско име
card-form-typed = Номер, име или потребителско име
card-form-typed-missing = Моля, въведете номер, име или потребителско име.
card-form-typed-hint = ЕГН и ЛНЧ са от 10 цифри. Имената могат да бъдат на кирилица или на латиница. Въведеното не остава в разговора.
card-form-purpose = Основание за справката
card-form-purpose-own = Ученикът е във Вашето училище
card-form-purpose-moved = Преместен ученик
card-form-purpose-forgotten = Забравено потребителско име
card-form-purpose-other = Друго
card-form-purpose-text = Пояснение – при основание „Друго“
card-form-logged = Действието се записва в регистъра: кой, кога и за кого.
card-form-search = Търсене

## Резултат от справка

card-result-title = Резултат от справката
card-result-asked = Търсен номер
card-result-several = Намерени са { $count } профила на това лице. Първият е текущият.
card-result-several-unclear = Намерени са { $count } профила на това лице. Не може да се установи кой от тях е текущият. Моля, сверете в НЕИСПУО къде е записано лицето.
card-result-first = Показани са първите { $count }.
card-result-current = Текущ профил
card-result-not-current = Друг профил – не е текущият
card-result-username = Потребителско име
card-result-also = Друго училище
card-result-no-school = не е посочено
card-result-code = Код по НЕИСПУО
card-result-mixed-letters = В наименованието на училището има дума с букви и от кирилицата, и от латиницата. Моля, сверете кода по НЕИСПУО.
card-result-class = Паралелка
card-result-grade = Клас
card-result-state = Състояние на профила
card-result-active = Активен
card-result-disabled = Неактивен
card-result-disabled-advice = С неактивен профил не може да се влиза. Моля, проверете данните на лицето в НЕИСПУО.
card-result-being-created = В процес на създаване
card-result-being-created-advice = Профилът още не може да се използва. Моля, направете справката отново по-късно.
card-result-elsewhere = Ученикът не е записан във Вашето училище.
card-result-elsewhere-password = Паролата може да бъде сменена от директора на училището, в което се обучава ученикът.
card-result-nowhere = В профила не е посочено училище. Ако ученикът постъпва при Вас, запишете го в НЕИСПУО и направете справката отново по-късно.
card-result-personal = Електронният профил е личен и се предоставя само на лицето, за което е предназначен, или на родител – когато ученикът не е навършил 14 години или е със СОП.

## Избор между няколко души

card-choices-title = Намерени са няколко души
card-choices-lead = Ако не можете да ги различите по изброеното, направете нова справка по ЕГН.
card-choices-label = За кого се отнася справката
card-choices-missing = Моля, изберете за кого се отнася справката.
card-choices-class = { $name } клас
card-choices-teacher = учител
card-choices-continue = Напред

## Съобщения

card-notice-reference = Номер за справка
