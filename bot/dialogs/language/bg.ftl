command-language = Смяна на езика
command-language-hint = Сменя езика на разговора: български или английски.
command-language-word = език
command-language-example = искам на английски

words-language = език*, езика, езици
words-english = английск*, англ, англииски, инглиш*, англичански
words-bulgarian = българск*, бълг, болгарск*,
    кирилица
