"""Classes of words that the rules for who does what look at. English; lower case unless it says stems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.families import PARTICIPLES, lemma
from assistant.wording import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.wording import Word

DO = frozenset("do does did".split())
HAVE = frozenset("has have had".split())
BE = frozenset("is are was were be been being".split())
MODAL = frozenset("will would can could shall should may might must".split())
AUXILIARIES = DO | HAVE | BE | MODAL
OPENS_NOUN = frozenset(
    "the a an its their his her our your my this that these those no any some every each which what whose".split()
)
PREPOSITIONS = frozenset(
    "of in on for to at by with from about into over under against between among after before during since until "
    "through within without than as per".split()
)
ADVERBS = frozenset(
    "not also ever never first finally actually later then already still now publicly formally officially recently "
    "previously once again explicitly originally initially jointly directly".split()
)
NOUNS_TOO = frozenset(
    "report request answer claim order reply response review audit ban plan offer appeal vote notice sanction fine "
    "probe inquiry statement survey challenge charge comment concern contract purchase release test use visit".split()
)
"""Words that name a deed as a verb and as a noun; "the report found" has them as a noun."""
PRONOUNS = frozenset("he she it they we i who which".split())
LOOSE = frozenset(
    "company companies firm firms business businesses vendor vendors supplier manufacturer maker giant group brand "
    "startup developer operator regulator watchdog agency authority body charity union organisation organization "
    "spokesperson spokesman spokeswoman official commissioner minister".split()
)
"""Words by which a text takes up almost anybody it has named."""

GENERIC = LOOSE | frozenset(
    "committee panel tribunal court judge government ministry department council commission board parliament report "
    "letter".split()
)
"""And those by which it takes up only what bears the word in its name, "the committee" a committee."""

PLACES = frozenset(
    map(
        lemma,
        "uk us eu china chinese britain british america american europe european australia australian canada canadian "
        "england english wales welsh scotland scottish ireland irish france french germany german italy italian spain "
        "spanish netherlands dutch norway norwegian sweden swedish denmark danish finland finnish poland polish russia "
        "russian ukraine ukrainian israel israeli japan japanese korea korean taiwan taiwanese india indian brazil "
        "brazilian mexico mexican turkey turkish swiss switzerland austria austrian belgium belgian greece greek".split(),
    )
)
"""Words that say where somebody is from; they tell no two apart."""

_UNTELLING = STOP_WORDS | AUXILIARIES
FIRST_PERSON = frozenset("i we".split())
PRONOUN_STEMS = frozenset(map(lemma, PRONOUNS))
GENERIC_STEMS = frozenset(map(lemma, GENERIC))
LOOSE_STEMS = frozenset(map(lemma, LOOSE))


def is_generic(word: str) -> bool:
    """True for a word such as "company" or "commissioner", by which a text takes up somebody it has named."""
    return word.casefold() in GENERIC - {"report", "letter"}


def is_participle(word: str) -> bool:
    """True when `word` has the form of a past participle; many are past tenses too."""
    return word.endswith("ed") or word.casefold() in PARTICIPLES


def noun_stems(between: Sequence[Word]) -> frozenset[str]:
    """Stems of the words of a noun phrase that tell whom it names, without genitives and stop words."""
    return frozenset(lemma(_bare(word.text)) for word in between if word.text.casefold() not in _UNTELLING)


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)
