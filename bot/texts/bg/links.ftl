card-links-missing = Липсващи ученици
link-mark = Отбелязване като направен
refusal-no-link = Няма такава връзка или тя не е Ваша.
refusal-link-changed = Връзката вече е в друго състояние. Проверете отново.
refusal-not-answerable = Няма такъв въпрос или той не е до Вашето училище.
