# Текстове на картите.

card-lang = bg

card-school = Училище

## Меню: приветствие, помощ, неразбрана заявка

card-menu-welcome-title = Здравейте
card-menu-welcome = Аз съм помощникът за електронните профили @edu.mon.bg. С какво мога да Ви бъда полезен?
card-menu-help-title = Помощ
card-menu-help = Ето с какво мога да Ви бъда полезен.
card-menu-more-title = Още услуги
card-menu-more = Ето с какво още мога да Ви бъда полезен.
card-menu-not-understood-title = Не разбрах заявката Ви
card-menu-not-understood = Моля, изберете услуга с бутон или напишете някоя от думите по-долу.
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
card-choices-lead = Ако не можете да ги различите по изброеното, търсете по ЕГН.
card-choices-label = За кого се отнася
card-choices-missing = Моля, изберете за кого се отнася.
card-choices-class = { $name } клас
card-choices-teacher = учител
card-choices-continue = Напред

## Съобщения

card-less-title = Отговорът не може да бъде показан
card-less = Действието, което сте поискали, може да е извършено. Моля, проверете, преди да го поискате отново.
card-less-way = Можете да изберете бутон под този текст или да напишете „помощ“.

## Временна парола: за кого, на кого

card-password-title = Временна парола
card-password-lead = Намерете ученика или учителя. След това посочете на кого ще предадете паролата и потвърдете.
card-password-own = Временна парола се дава само на ученик или учител от Вашето училище, както и на ученик, чийто профил е предоставен на Вашето училище.
card-password-status = Временна парола
card-password-status-never = не е давана
card-password-status-running = създава се
card-password-status-running-at = създава се, поискана на { $at }
card-password-status-ready = създадена, още не е показана
card-password-status-ready-at = създадена на { $at }, още не е показана
card-password-status-unseen = създадена, но не е показана
card-password-status-unseen-at = създадена на { $at }, но не е показана и вече не може да бъде видяна
card-password-status-given = дадена
card-password-status-given-at = дадена на { $at }
card-password-status-changed = сменена, неизвестно от кого
card-password-status-changed-at = сменена на { $at }, неизвестно от кого
card-password-status-unknown = не се знае дали е сменяна
card-password-status-own = Парола
card-password-status-expired = изтекла
card-password-status-expired-at = изтекла на { $at }
card-password-status-replaced = неизползвана, вече не действа
card-password-status-replaced-at = не е използвана и от { $at } не действа
card-password-status-doubtful = не е потвърдена
card-password-status-doubtful-at = поискана на { $at }, но не е потвърдена
card-password-handover = Предаване
card-password-being-created = Профилът още се създава. По-добре изчакайте, докато състоянието му стане „Активен“.
card-password-attention = Моля, обърнете внимание
card-password-recipient = На кого ще предадете паролата?
card-password-recipient-missing = Моля, посочете на кого ще предадете паролата.
card-password-to-student = Лично на ученика
card-password-to-parent-14 = На родител – ученикът не е навършил 14 години
card-password-to-parent-sen = На родител – ученик със специални образователни потребности (СОП)
card-password-to-parent-either = На родител – ученикът не е навършил 14 години или е със СОП
card-password-to-teacher = Лично на учителя
card-password-birth = Дата на раждане на ученика
card-password-birth-impossible = Тази дата на раждане не е възможна за ученик. Моля, проверете я или я изтрийте.
card-password-birth-why = Нужна е само ако ще предадете паролата на родител: номерът на ученика не показва възрастта му.
card-password-sen = Специални образователни потребности
card-password-sen-statement = Удостоверявам, че ученикът е със СОП и че предавам паролата на негов родител.
card-password-sen-why = Отбележете само ако ученикът е навършил 14 години и паролата се предава на родител. Не са нужни данни за здравето му.
card-password-identity = Самоличност
card-password-identity-statement = Уверих се в самоличността на лицето, на което предавам паролата.
card-password-identity-missing = Моля, потвърдете, че сте се уверили в самоличността на лицето.
card-password-more = Съмнение за чужд достъп
card-password-compromised = Сигурност на профила
card-password-compromised-statement = Възможно е друг да ползва профила. Да бъде прекратен достъпът от всички устройства.
card-password-compromised-why = Прекратяването отнема няколко минути. Собственикът влиза отново с временната парола.
card-password-viber = Не изпращайте пароли по Viber, Messenger или електронна поща.

## Временна парола: потвърждаване

card-password-confirm-title = Потвърждаване
card-password-confirm = Ще бъде създадена временна парола за { $name }, { $class_ } клас. Досегашната парола ще спре да действа. Желаете ли да продължите?
card-password-confirm-one = Ще бъде създадена временна парола за { $name }. Досегашната парола ще спре да действа. Желаете ли да продължите?
card-password-confirm-many = { $count ->
        [one] Ще бъде създадена { $count } временна парола за { $class_ } клас. Досегашната парола на ученика ще спре да действа.
       *[other] Ще бъдат създадени { $count } временни пароли за { $class_ } клас. Досегашните пароли на учениците ще спрат да действат.
    } Желаете ли да продължите?
card-password-confirm-works = Сегашната парола работи: сменена е на { $at }, неизвестно от кого. Тя ще спре да важи.
card-class-confirm-working = { $count ->
        [one] Паролата на { $count } от избраните ученици е сменяна и работи: тя ще спре да важи.
       *[other] Паролите на { $count } от избраните ученици са сменяни и работят: те ще спрат да важат.
    }
card-class-confirm-unknown = { $count ->
        [one] За { $count } от избраните ученици не се знае дали паролата е сменяна. Ако работи, и тя ще спре да важи.
       *[other] За { $count } от избраните ученици не се знае дали паролите са сменяни. Ако работят, и те ще спрат да важат.
    }
card-password-confirm-compromised = Достъпът до профила ще бъде прекратен от всички устройства.
card-password-handed-to = Ще бъде предадена
card-password-handed-student = лично на ученика
card-password-handed-parent = на родител
card-password-handed-teacher = лично на учителя
card-password-left-out = Няма да получат парола: { $count }
card-password-and-more = и още { $count }

## Временна парола: показване, бележка

card-password-value = Парола
card-password-reading = Чете се
card-password-typed = Въвежда се без интервали:
card-password-how = Въвежда се на латиница. Само първата буква е главна. Първо са буквите, след тях – цифрите.
card-password-change = При първото влизане системата ще поиска нова парола.
card-password-works = Действа от
card-password-until = Да се използва до
card-password-again = Може да бъде показана отново до
card-password-hand-student = Предайте паролата лично на ученика.
card-password-hand-parent = Предайте паролата лично на родителя.
card-password-hand-teacher = Предайте паролата лично на учителя.
card-password-pin = ПИН код за отваряне на файла
card-password-pin-typed = Без интервали:
card-password-pin-why = Запишете ПИН кода, преди да изтеглите файла: файлът се изтегля само веднъж и се отваря само с този код.
card-password-slip-open = Изтегляне на файла (PDF)

## Пароли за паралелка

card-class-pick-title = Пароли за паралелка
card-class-pick-lead = Изберете паралелка. След това ще отбележите за кои ученици да бъдат създадени временни пароли.
card-class-pick-label = Паралелка
card-class-pick-missing = Моля, изберете паралелка.
card-class-pick-placeholder = Изберете паралелка
card-class-students-title = Пароли за паралелка
card-class-students-lead = Отбележете учениците, на които ще бъдат дадени временни пароли. Предварително са отбелязани само тези, чиято парола никой не е сменял.
card-class-students-label = Ученици
card-class-students-missing = Моля, отбележете поне един ученик.
card-class-fourteen = навършени 14 години
card-class-age-unknown = неизвестна възраст
card-class-recipient = На кого ще предадете паролите?
card-class-to-student = Лично на всеки ученик
card-class-to-parent = На родителите – само за учениците, които не са навършили 14 години
card-class-sen = Парола за ученик със СОП, навършил 14 години, се предава на родител поотделно: намерете ученика чрез „Временна парола“.
card-class-identity-statement = Ще предам всяка парола само след като се уверя в самоличността на лицето, което я получава.
card-class-identity-missing = Моля, потвърдете, че ще се уверите в самоличността на лицата.
card-class-handed-to = Ще бъдат предадени
card-class-handed-student = лично на всеки ученик
card-class-handed-parent = на родителите

card-class-progress-running-title = Паролите се създават
card-class-progress-cancelling-title = Създаването на пароли се спира
card-class-progress-moves-title = Напредък: паролите се създават
card-class-progress-moves-cancelling-title = Напредък: създаването се спира
card-class-progress-finished-title = Създаването на пароли приключи
card-class-progress-counts = Готови: { $done } от { $total }. Остават: { $left }. Неуспешни: { $failed }.
card-class-progress-cancelled = Спрени: { $count }.
card-class-progress-running = Работата продължава и ако затворите Teams. Следете картата „Напредък“ по-долу: тя се обновява сама.
card-class-progress-moves = Тази карта се обновява сама. Работата продължава и ако затворите Teams.
card-class-progress-cancelling = Започнатите пароли се довършват, останалите няма да бъдат създадени.
card-class-progress-gone = Бележките с паролите вече не могат да бъдат изтеглени. Ако не са раздадени, създайте нови пароли.
card-class-progress-retry = Можете да опитате отново само за неуспешните.
card-class-progress-failed = Неуспешни: { $count }
card-class-progress-printable = Бележки за печат
card-class-progress-printable-until = { $count }, до { $at }
card-class-progress-at = Състояние към { $at }
