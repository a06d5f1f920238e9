command-language = Change language
command-language-hint = Changes the language of the chat: Bulgarian or English.
command-language-word = language
command-language-example = in English please

said-english = English, in English, in English please, English please, speak English, change the language to English
said-bulgarian = Bulgarian, in Bulgarian, in Bulgarian please, Bulgarian please, speak Bulgarian,
    change the language to Bulgarian

words-language = language*, lang
words-english = english*, en, eng
words-bulgarian = bulgarian*, bg, bul
