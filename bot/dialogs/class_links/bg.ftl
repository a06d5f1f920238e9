command-class-links = Класни стаи в Teams
command-class-links-hint = Показва кои класни стаи са създадени, кои липсват и какво да направите. Целият списък в Excel: бутон „{ links-errand-table }“.
links-hint-own = Показва Вашите класни стаи: кои са създадени, кои липсват и какво да направите.
command-class-links-word = класни стаи
command-class-links-example = липсва ми класна стая

# Връзки клас – предмет – учител: състояния, причини, кой действа, карти, съобщения.

## Състояния (първите са думите на НЕИСПУО)
link-state-waiting = Изчаква създаване
link-state-being-created = В процес на създаване
link-state-created = Създаден
link-state-synced = Синхронизиран
link-state-failed = Грешка при синхронизирането
link-state-looping = В безкраен цикъл
link-state-missing = Липсва в Teams
link-state-not-owner = Има класна стая, но учителят не е неин собственик
link-state-not-member = Учителят е собственик, но не е сред членовете на екипа
link-state-no-team = Екипът още не е създаден
link-state-not-activated = Екипът не е активиран за учениците
link-state-students-missing = Липсват ученици
link-state-archived = Екипът е архивиран
link-state-unexpected = Още е в Teams, но вече не е в НЕИСПУО
link-state-duplicate = Дублирана класна стая
link-state-found = Налична в Teams
link-state-unread = Не е проверена докрай
link-state-to-be-made = Предстои създаване в Classroom
link-state-made = Създадена в Classroom

## Причини
link-cause-waiting = Часовете са въведени в НЕИСПУО. Предстои нощната синхронизация.
link-cause-being-created = Класната стая е създадена, а Teams още подготвя екипа.
link-cause-created = Екипът е създаден и Teams още добавя учителите и учениците. Това може да отнеме до едно денонощие.
link-cause-synced = Всичко е наред.
link-cause-failed = НЕИСПУО съобщава: „{ $status }“.
link-cause-looping = НЕИСПУО повтаря създаването, но без успех.
link-cause-missing = Класната стая е в списъка на НЕИСПУО, но и след нощната синхронизация я няма в Teams. Най-често причината е в разпределението на часовете.
link-cause-not-owner = Учителят е в списъка на НЕИСПУО, а в Teams не е собственик на класната стая.
link-cause-not-member = Учителят е собственик на класната стая, но не е неин член. Без това част от възможностите на Teams не работят за него.
link-cause-no-team = Класната стая съществува, но към нея няма екип в Teams.
link-cause-not-activated = Екипът е готов, но учениците не го виждат, докато учител не го активира.
link-cause-students-missing = В Teams липсват { $missing } от { $students } ученици, които са в списъка на НЕИСПУО.
link-cause-archived = Екипът е архивиран от някой от собствениците си.
link-cause-unexpected = Още е в Teams, а в списъка на НЕИСПУО вече я няма.
link-cause-duplicate = На един ред в НЕИСПУО отговарят няколко класни стаи в Teams.
link-cause-found = За училището няма списък от НЕИСПУО, с който да се сравни.
link-cause-found-awaited = Списъкът от НЕИСПУО се чете и още не е сравнен с Teams.
link-cause-unread = Част от данните не бяха получени от Microsoft.
link-cause-to-be-made = Училището ползва Google Classroom. Класните стаи там се създават от учителите.
link-cause-made = Отбелязано е, че класната стая е създадена в Classroom.

## Кой действа
link-who-nobody = Никой – изчаква се
link-who-teacher = Учителят
link-who-director = Директорът или администраторът на училището
link-who-help-desk = Екипът за помощ на НЕИСПУО

## Какво следва
link-next-wait-until = Проверете отново след { $until }
link-next-waiting = Проверете отново утре сутрин.
link-next-being-created = Проверете отново след няколко часа.
link-next-created = Проверете отново утре.
link-next-synced = Не е необходимо действие.
link-next-failed = Подайте сигнал в НЕИСПУО и посочете номера на реда: { $row }.
link-next-looping = Подайте сигнал в НЕИСПУО и посочете номера на реда: { $row }.
link-next-missing = Проверете разпределението на часовете в НЕИСПУО: има ли ред за паралелката и предмета и вписан ли е учителят. След това можете да създадете класната стая чрез бота.
link-next-not-owner = Проверете в НЕИСПУО дали учителят е вписан в този ред и го добавете като собственик чрез бота.
link-next-not-member = Добавете учителя и като член чрез бота.
link-next-no-team = Можете да създадете екипа чрез бота.
link-next-not-activated = Отворете екипа в Teams и натиснете „Активиране“ горе вдясно.
link-next-students-missing = Проверете в НЕИСПУО дали учениците са в паралелката и ги добавете чрез бота.
link-next-archived = В Teams отворете „Управление на екипи“, раздел „Архивирани“, и възстановете екипа.
link-next-unexpected = Ако учителят още преподава, впишете го отново в реда в НЕИСПУО. Ако не, премахнете го от екипа в Teams.
link-next-duplicate = Подайте сигнал в НЕИСПУО и посочете номера на реда: { $row }. Не трийте екип, преди да е ясно в кой има работа на учениците.
link-next-found = Изтеглете от НЕИСПУО файловете за Teams (School Data Sync или OneRoster, .csv). Качете ги чрез бота („{ links-errand-list }“) или в OneDrive на училището.
link-next-unread = Натиснете „Проверка сега“ след малко.
link-next-to-be-made = Създайте класната стая в Google Classroom и я отбележете чрез бота.
link-next-remind-not-activated = Напомнете на учителя да отвори екипа в Teams и да натисне „Активиране“ горе вдясно.
link-next-remind-archived = Напомнете на учителя да възстанови екипа: в Teams отваря „Управление на екипи“, раздел „Архивирани“.
link-next-remind-to-be-made = Напомнете на учителя да създаде класната стая в Google Classroom. Когато бъде създадена, отбележете я чрез бота.
link-next-made = Не е необходимо действие.
link-next-ask-director = Попитайте директора.

link-flag-no-owner = Екипът няма собственик.
link-flag-student-owner = Внимание: ученик е собственик на екипа. Отнемете му правата в Teams.
link-flagged-no-owner = Екипи без собственик
link-flagged-student-owner = Екипи с ученик сред собствениците

## Какво трябва да се направи, в обобщението на директора
link-do-no-owner = добавяне на собственик в Teams
link-do-student-owner = отнемане на правата на ученика в Teams
link-do-help-desk = подаване на сигнал в НЕИСПУО с номера на реда
link-do-missing = проверка на разпределението и създаване
link-do-not-owner = добавяне на учителя като собственик
link-do-not-member = добавяне на учителя и като член
link-do-no-team = създаване на екипа
link-do-not-activated = активиране на екипа
link-do-students-missing = добавяне на учениците
link-do-archived = възстановяване на екипа
link-do-unexpected = вписване в НЕИСПУО или премахване от екипа
link-do-to-be-made = създаване в Google Classroom и отбелязване
links-to-report = За сигнал до НЕИСПУО
card-links-no-todo = В момента от никого не се очаква действие.
card-links-details = Подробности
card-links-known = Какво се знае за класната стая

## Списък на учителя и на директора
links-title = Класни стаи
links-title-one = Класна стая
links-checked = Проверено: { $at }
links-listed = Списък на НЕИСПУО от { $at }
links-none = Няма класни стаи за показване.
links-none-listed = За Вас няма класни стаи нито в списъка на НЕИСПУО, нито в Teams.
links-partial = Част от данните не бяха получени от Microsoft и показаното може да е непълно. Проверете отново след малко.
links-no-list = Няма списък от НЕИСПУО, затова се показва само това, което съществува в Teams.
links-no-list-upload = Няма списък от НЕИСПУО, затова се показва само това, което съществува в Teams. Моля, изтеглете списъка от НЕИСПУО и го качете с бутона „{ $button }“.
links-list-awaited = Списъкът от НЕИСПУО се чете и още не е взет предвид. Моля, натиснете „{ $button }“ след малко.
links-row-since = от { $since }
links-check = Проверка сега
links-back = Към списъка
links-overview = Към обобщението
links-all = Всички класни стаи

links-fault-no-files = В папката „{ $folder }“ в OneDrive на училището няма списък.
links-fault-forbidden = Ботът няма право да чете папката на училището в OneDrive. Списъкът може да се качи и без нея; правото дава администраторът.
links-fault-unreachable = Списъкът не можа да бъде прочетен. Ботът ще опита отново.
links-fault-locked = Файл от списъка е заключен: { $where }. Затворете го в Excel; ботът ще опита отново.
links-fault-refused = Microsoft не позволява да бъде прочетен файл от списъка: { $where }. Най-честата причина е открит вирус. Премахнете файла и изтеглете списъка отново от НЕИСПУО.
links-fault-file-too-large = Файл от списъка е твърде голям: { $where }.
links-fault-too-large = Списъкът е твърде голям: над 8 MB за файл, над 24 MB общо или с твърде много редове. Качете само файловете на Вашето училище.
links-fault-too-many = Твърде много файлове: най-много 100, също и в един архив .zip. Нужни са само файловете на списъка, изтеглени от НЕИСПУО.
links-fault-not-text = Файл от списъка не може да се прочете: { $where }.
links-fault-no-column = В списъка липсва колона: { $where }.
links-fault-empty = Списъкът е празен. Изтеглете го отново от НЕИСПУО.
links-fault-file-empty = Във файла { $where } няма нито един ред под заглавния.
links-fault-again = Изтеглете списъка отново от НЕИСПУО.
links-fault-not-a-form = Списъкът не беше изпратен от страницата за качване.
links-fault-busy = В момента се четат други списъци. Опитайте отново след минута.
links-fault-too-slow = Качването или четенето на списъка отне твърде дълго. Опитайте отново.
links-fault-too-much-memory = Списъкът не може да бъде прочетен: в него има твърде много данни. Качете само файловете на Вашето училище.
links-fault-broken = Четенето на списъка прекъсна. Опитайте отново; ако се повтори, изтеглете списъка отново от НЕИСПУО.
links-fault-other-school = В списъка няма класни стаи на това училище. Качете списъка на Вашето училище.
links-fault-row = Пропуснати редове: { $count } ({ $where }, първият е ред { $line }).

card-links-row = Ред в НЕИСПУО
card-links-state = Състояние
card-links-since = Състояние от
card-links-cause = Причина
card-links-who = Кой трябва да действа
card-links-step = Какво следва
card-links-teacher = Учител
card-links-also = Освен това
card-links-bar-good = в ред
card-links-bar-warning = за довършване
card-links-bar-attention = не работят
card-links-bar-emphasis = изчакват

## Действия
link-act-add-owner = Добавяне като собственик
link-act-add-member = Добавяне като член
link-act-add-students = Добавяне на учениците
link-act-create = Създаване на класната стая
link-act-create-team = Създаване на екипа
link-act-ask-add-owner = { $teacher } ще стане собственик и член на „{ $title }“.
link-act-ask-add-member = { $teacher } ще стане и член на „{ $title }“.
link-act-ask-add-students = Липсващите ученици ({ $missing }) ще бъдат добавени в „{ $title }“.
link-act-ask-create = Ще бъде създаден екип „{ $title }“ с учителя и учениците от списъка.
link-act-ask-create-team = Към класната стая „{ $title }“ ще бъде създаден екип с учителя и учениците от списъка.
link-act-source = Данните идват от НЕИСПУО: ако там има грешка, нощната синхронизация може да отмени промяната.
link-act-correct = В НЕИСПУО проверете
link-act-late = Минаха повече от десет минути. Ето как е сега.
link-act-again = Минаха повече от десет минути. Ето как е сега; ако желаете, потвърдете отново.
link-act-correct-add-owner = разпределението на часовете, ред { $row }, учителя
link-act-correct-add-students = паралелката на учениците и ред { $row }
link-act-correct-create = разпределението на часовете, ред { $row }
link-act-confirm = Потвърждаване
link-act-cancel = Отказ
link-act-begun-title = Заявката е приета
link-act-begun = Изпълнява се. Ще получите съобщение, когато е готово.
link-act-open-already = Това вече се изпълнява.
link-names = Имена на липсващите ученици

link-question-ask = Въпрос до директора
link-question-sent-title = Изпратено е
link-question-sent = Директорът ще получи съобщение. Отговорът ще дойде тук.
link-question-sent-again = Въпросът Ви е записан и чака отговор. Ще го получи и директор, до когото не е стигнал. Отговорът ще дойде тук.
link-question-asked = Попитано на
link-question-card-title = Въпрос от учител за класна стая
link-question-card = { $name } пита за „{ $title }“.
link-question-answered = Вече е отговорено: { $name }, { $at }
link-question-gone = Въпросът вече не се отнася за Вас.
link-answer-words = Отговор до учителя
link-answer-words-missing = Моля, напишете защо.
link-answer-settled = Решено е
link-answer-declined = Остава без промяна
link-answer-done-title = Отговорът е изпратен
link-answer-see = Преглед на класната стая

link-news-title-done = Готово
link-news-title-failed = Действието не е изпълнено
link-news-title-answer = Отговор на въпроса Ви за класна стая
link-news-add-owner = Учителят е собственик и член на „{ $title }“.
link-news-add-students = Добавени ученици в „{ $title }“: { $count }.
link-news-create = Създаден е екип „{ $title }“. Учениците ще го виждат, след като учителят го активира.
link-news-failed = Действието за „{ $title }“ не беше изпълнено.
link-news-settled = Решено е: „{ $title }“.
link-news-declined = Остава без промяна: „{ $title }“.
link-news-title-unreached = Директорът още не е уведомен
link-news-unreached = Въпросът Ви за „{ $title }“ е записан, но съобщението не стигна до директора. Ботът продължава да опитва. Моля, обърнете се към директора лично.
link-news-by = Отговори { $name }.
link-trouble-not-any-more = Данните междувременно са се променили. Проверете отново.
link-trouble-nobody = Учителят или учениците нямат профил в училището. Проверете в НЕИСПУО дали са записани; профилът се създава след записването.
link-trouble-other-school = Класната стая с този номер на ред е на друго училище. Проверете списъка.
link-trouble-refused = Microsoft отказа промяната. Обърнете се към { $support }.
link-trouble-unavailable = Microsoft не отговори. Опитайте по-късно.

## Google Classroom
links-platform-teams = Сега училището ползва Teams.
links-platform-classroom = Сега училището ползва Google Classroom.
links-platform-to-teams = Връщане към Teams
links-platform-to-classroom = Преминаване към Classroom
links-platform-to-teams-sure = Връщане към Teams?
links-platform-to-classroom-sure = Преминаване към Google Classroom?
links-platform-classroom-count =
    { $count ->
        [one] В списъка на НЕИСПУО има { $count } класна стая, вече отбелязани като създадени в Google Classroom: { $made }.
       *[other] В списъка на НЕИСПУО има { $count } класни стаи, вече отбелязани като създадени в Google Classroom: { $made }.
    }
links-platform-classroom-whose =
    { $count ->
        [one] В Google Classroom ги създава и притежава { $count } учител. Той отбелязва тук създадените, Вие също можете. В Teams ботът не променя и не изтрива нищо.
       *[other] В Google Classroom ги създават и притежават учителите: { $count }. Всеки отбелязва тук своите, Вие можете да отбележите всички. В Teams ботът не променя и не изтрива нищо.
    }
links-platform-classroom-reminds = Учител, който не е отбелязал своя класна стая повече от { $days } дни, получава напомняне, най-много веднъж седмично. Напомнянията за неактивирани екипи спират.
links-platform-teams-count =
    { $count ->
        [one] { $count } класна стая от списъка на НЕИСПУО отново ще се сравнява с Teams. Отбелязаното в Google Classroom ({ $made }) се запазва.
       *[other] { $count } класни стаи от списъка на НЕИСПУО отново ще се сравняват с Teams. Отбелязаното в Google Classroom ({ $made }) се запазва.
    }
links-platform-teams-whose = В Teams ги създава нощната синхронизация на НЕИСПУО и собственици са учителите. В Google Classroom не се променя нищо.
links-platform-teams-reminds = Учител, който не е активирал екипа си повече от { $days } дни, получава напомняне, най-много веднъж седмично. Напомнянията за Google Classroom спират.
links-platform-reminds-nobody = Напомняния на учителите не се изпращат.
links-platform-back = По всяко време можете да промените избора си с бутона „{ $button }“ в обобщението.
links-platform-chosen = Изборът е запазен
links-platform-classroom-next = Класните стаи предстои да бъдат създадени от учителите и отбелязани тук. Учителите виждат своите, като напишат „класни стаи“.
links-platform-teams-next = Обобщението показва какво е създадено в Teams и какво трябва да се направи.
links-by-hand = В училищата, които ползват Google Classroom, класните стаи се създават от учителите или от администратора на училището.
links-left = Остават: { $left } от { $all }
link-unmark = Отмяна на отбелязването
link-mark-where = Код или адрес на класната стая в Classroom (по желание)
link-mark-where-label = В Classroom
link-marked = Отбелязано е: „{ $title }“ е създадена в Google Classroom.
link-unmarked = Отбелязването е отменено. Класната стая отново е сред тези, които предстои да бъдат създадени.
link-unmarked-already = Отбелязването вече беше отменено.
links-several = Отбелязване на няколко
links-several-title = Отбелязване на класни стаи
card-links-several = Създадени в Google Classroom
card-links-several-left =
    { $count ->
        [one] Остава { $count } неотбелязана класна стая.
       *[other] Остават { $count } неотбелязани класни стаи.
    }
links-several-chosen = Отбелязване на избраните
links-several-rest = Отбелязване на всички ({ $count })
links-several-next = Напред без отбелязване
links-several-missing = Моля, изберете поне една класна стая.
links-several-already = Вече бяха отбелязани: { $titles }.
links-several-elsewhere = Не са отбелязани, защото вече не са в Google Classroom: { $titles }.
links-several-gone =
    { $count ->
        [one] Една от избраните вече не е в списъка на НЕИСПУО и не е отбелязана.
       *[other] { $count } от избраните вече не са в списъка на НЕИСПУО и не са отбелязани.
    }
links-several-done =
    { $count ->
        [one] Отбелязана е { $count } класна стая.
       *[other] Отбелязани са { $count } класни стаи.
    }
links-several-none = Всички класни стаи в този списък са отбелязани.
links-several-undo = Отмяна на това отбелязване
links-several-undone-title = Отбелязването е отменено
links-several-undone =
    { $count ->
        [one] Отново предстои създаване на { $count } класна стая.
       *[other] Отново предстои създаване на { $count } класни стаи.
    }
links-several-undone-none = Тези отбелязвания вече бяха отменени.
links-several-sure-title = Отбелязване на всички?
links-several-sure =
    { $count ->
        [one] { $count } класна стая ще бъде отбелязана като създадена в Google Classroom.
       *[other] { $count } класни стаи ще бъдат отбелязани като създадени в Google Classroom.
    }
links-several-of = Списък: { $list }
links-several-whose = Учители: { $count }. Повече няма да получават напомняния за отбелязаните класни стаи.
links-several-follows = След това отбелязването може да бъде отменено.

## Таблица, качване на списък, напомняне
link-of-teacher = Класните стаи на учителя
card-links-class = Класна стая
card-links-username = Потребителско име
card-links-find = Търсене на паралелка, предмет или учител
card-links-find-button = Търсене
links-errand-table = Таблица (Excel)
links-errand-table-about = Всички класни стаи на училището в таблица за изтегляне. В нея няма имена на ученици.
links-errand-list = Качване на класните стаи
links-errand-list-about = Качете списъка от НЕИСПУО, ако го няма в OneDrive на училището: файлове .csv (School Data Sync или OneRoster) или един архив .zip.
links-of-teacher = класни стаи на { $teacher }
links-found = търсене „{ $words }“
links-uploaded = Качен списък от { $at }
link-page-table-title = Класни стаи
link-page-table-about = Таблица с всички класни стаи на училището: състояние, причина и какво следва. Може да бъде изтеглена само веднъж.
link-page-table-step-download = Натиснете бутона. Файлът klasove.xlsx се записва в папка „Изтегляния“ (Downloads).
link-page-table-step-open = Отворете го с Excel. Всеки ред е една класна стая.
link-page-table-step-again = За по-нова таблица поискайте нов адрес от разговора с бота.
link-page-table-button = Изтегляне на таблицата (Excel)
link-page-list-title = Качване на списъка от НЕИСПУО
link-page-list-about = Списъкът казва кои класни стаи трябва да има училището. Ботът го сравнява с Teams. Пази се шифрован.
link-page-list-step-get = Изтеглете от НЕИСПУО списъка на класните стаи за Teams (School Data Sync или OneRoster): четири файла .csv или един архив .zip.
link-page-list-step-choose = Изберете изтеглените файлове тук. Не е нужно да ги отваряте; не ги преименувайте.
link-page-list-step-send = Натиснете „{ link-page-list-button }“. Веднага ще видите дали списъкът е приет, а ако нещо не е наред – в кой ред е и какво да направите.
link-page-list-files = Файлове (.csv или .zip)
link-page-list-needed = Нужни са { $first } и { $last }, или един архив .zip с тях. Най-много 8 MB за файл и 24 MB общо.
link-page-list-drop = Можете и да ги пуснете с мишката върху страницата.
link-page-list-chosen = Избрани файлове
link-page-list-ready = готов
link-page-list-lacking = Липсва. Изберете файла с точно това име.
link-page-list-large = По-голям е от 8 MB.
link-page-list-stray = Не е нужен и няма да бъде качен.
link-page-list-remove = Премахване
link-page-list-incomplete = Още липсват файлове.
link-page-list-complete = Всички файлове са избрани. Натиснете „{ link-page-list-button }“.
link-page-list-sending = Качване:
link-page-list-reading = Файловете са качени. Списъкът се чете, до половин минута.
link-page-list-cut = Качването прекъсна. Опитайте отново; ако не помогне, изберете файловете наново.
link-page-list-button = Качване
link-page-list-unusable = Списъкът не може да бъде използван. Нищо не е променено. Поправете следното и опитайте отново.
link-page-list-rows =
    { $count ->
        [one] Пропуснат е { $count } ред:
       *[other] Пропуснати са { $count } реда:
    }
link-page-list-more =
    { $count ->
        [one] и още { $count } ред.
       *[other] и още { $count } реда.
    }
link-page-row-quotes = кавичките в реда не са затворени или не са удвоени.
link-page-row-letters = има повредени букви.
link-page-row-lacks = липсва задължителна стойност.
link-page-row-id = номерът е твърде дълъг.
link-page-row-twice = същият номер вече има друг ред.
link-page-row-no-class = в classes.csv няма запис с този номер.
link-page-row-no-person = в users.csv няма такъв човек.
link-page-row-domain = потребителското име е от друг домейн.
link-page-row-username = няма как да има такова потребителско име.
link-page-row-role = ролята не е нито на служител, нито на ученик.
link-page-row-date = датата не може да бъде прочетена или е невъзможна.
link-page-list-missing = Липсват файлове: { $where }.
link-page-list-faults = Какво не е наред
link-page-head-file = Файл
link-page-head-row = Ред
link-page-head-what = Какво не е наред
link-page-head-do = Какво да направите
link-page-whole = целият файл
link-page-do-again = Изтеглете файла отново от НЕИСПУО и го качете, без да го отваряте с Excel.
link-page-do-together = Качете всички файлове от едно и също изтегляне.
link-page-do-own = Качете само списъка на Вашето училище.
link-page-do-neispuo = Поправете го в НЕИСПУО и изтеглете списъка отново.
link-page-do-role = Ако човекът учи или работи в училището, поправете ролята му в НЕИСПУО. Ако не, не е нужно нищо.
link-page-gone = Тази страница вече не е достъпна. Поискайте нов адрес от разговора с бота в Microsoft Teams.
link-page-wrong = Страницата не може да бъде отворена по този начин. Отворете я от разговора с бота в Microsoft Teams и натиснете бутона.
link-page-trouble = В момента не може да бъде изпълнено. Опитайте отново след малко: адресът още важи.
link-reminder-title = Класни стаи, които очакват действие от Вас
link-reminder-activate = Учениците още не виждат тези екипи, защото не са активирани:
link-reminder-classroom = Тези класни стаи още не са отбелязани като създадени в Google Classroom:
link-page-list-taken =
    { $count ->
        [one] Списъкът е приет: { $count } класна стая. Върнете се в разговора с бота и напишете „класни стаи“.
       *[other] Списъкът е приет: { $count } класни стаи. Върнете се в разговора с бота и напишете „класни стаи“.
    }
link-reminder-more =
    { $count ->
        [one] и още { $count } класна стая
       *[other] и още { $count } класни стаи
    }

words-links = закач*, връзк*, свърз*, обвърз*, линк*, синхрониз*
words-missing = липс*, няма, нямам, ги няма, го няма, я няма, не вижда*, не се вижда*, не се показва*, дублир*,
    два пъти, празен, празна, изчезн*, не излиз*, махна, добав*, актуализ*, обнов*, повтар*, не е създад*,
    не са създад*, дублик*, двоен, двойно, двойни, миналата година, минала година, еднакв*, едно и също, един и същ*,
    не се появ*, кога ще се появ*
words-my = мой, моя, моят, моите, мои, моята, моето, ми, ни, нашия, нашите
words-table = таблиц*, ексел*, excel*
words-reminders = напомняния*, напомнянето, напомняне, напомняте, напомня
