"""Pieces no temporary password may hold, in the letters and the order passwords are made of (see `generator.py`).

Every three letters cost one password of grade I in 290 (vowels outside: one in 140), every four one in 1,500; grade
I has one in eighteen to give. So three letters only where every continuation is read as the same word. A word with
two consonants or two vowels side by side, or with one of b c h j l p q w x y, cannot occur and is not here.
"""

_NAMES_OF_SYSTEMS = "mon edu sofi"
"""What every account here has in its address, and what everybody guesses first."""

_OBSCENE = """
    kur fuk fak dik tit gaz guza guzo sik kaka kaki
    mudi mude mudo madi sera sere seri suka suki anus minet semen nude vagin
"""
"""кур, фък, дик, гъз, мъди, сера, кака; Turkish, which one pupil in ten speaks at home: sik."""

_HURTFUL = """
    fag niga nige nigu negar negur neger sigan manaf gavur kike
    moron retar gadin goved magar mizer nerez koza urod sakat tumor umir
"""
"""Slurs by origin, faith and sex (негър, циган, манаф, гяур), and what children call each other (гадина, говедо,
магаре, нерез, коза, урод, сакат); illness and death.
"""

_POLITICAL_AND_RELIGIOUS = """
    nazi nato ataka radev dogan komun teror
    isus koran imam satan soton
"""

BANNED = frozenset(f"{_NAMES_OF_SYSTEMS} {_OBSCENE} {_HURTFUL} {_POLITICAL_AND_RELIGIOUS}".split())
