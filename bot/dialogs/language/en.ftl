command-language = Change language
command-language-hint = Changes the language of the chat: Bulgarian or English.
command-language-word = language
command-language-example = in English please

words-language = language*, lang
words-english = english*, en, eng
words-bulgarian = bulgarian*, bg, bul
