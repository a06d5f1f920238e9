command-language = Смяна на езика
command-language-hint = Сменя езика на разговора: български или английски.
command-language-word = език
command-language-example = искам на английски

words-language = език*, езици
words-english = английски*, английска, английската версия, англ, англииски, инглиш*, англичански
words-bulgarian = български*, българска, българската версия, бълг, болгарск*, кирилица
