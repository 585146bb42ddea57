"""Families of words for one deed: the verbs that name it and the nouns made of them.

"Asked for a meeting", "its request for a meeting" and "sought a meeting" tell of the same deed. The families are those
of official, legal and news English; a word may stand in several. They decide nothing by themselves: they let a
sentence count as speaking of what a question asks about.
"""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.wording import stem, words

_FAMILIES = """
ask request seek sought demand invite query question enquire inquire call urge
reply respond answer response comment
say tell told state comment remark declare explain describe announce statement
write wrote written letter address
name identify list cite mention single designate
find found conclude determine hold held finding conclusion determination judge assess assessment
rule decide decision ruling judgment judgement determine find found hold held uphold upheld overturn
chair chaired head led lead preside
sign signed signature
impose set issue
win won lose lost defeat
invent create develop build built design
deny denial denied reject refute dispute dismiss repudiate
accuse allege claim accusation allegation charge
admit acknowledge concede accept confess admission acknowledgement
confirm recognise recognize acknowledge verify confirmation
criticise criticize condemn attack criticism condemnation denounce rebuke
warn caution warning alert
recommend advise suggest propose recommendation advice proposal suggestion
agree consent accept agreement acceptance
refuse decline reject refusal
object oppose objection opposition protest
support back endorse welcome favour favor
promise pledge commit undertake promised commitment undertaking
order instruct direct require instruction mandate
ban prohibit bar block outlaw forbid forbidden prohibition exclude exclusion
allow permit authorise authorize approve let permission approval authorisation authorization clear
remove withdraw withdrew withdrawn strip rip removal withdrawal
replace substitute replacement
stop cease halt suspend pause discontinue end suspension
begin began begun start launch open commence introduce
fine penalise penalize penalty sanction
pay paid payment
cost price spend spent worth
buy bought purchase procure acquire acquisition procurement
sell sold supply provide deliver sale
use deploy install operate adopt deployment installation
publish release issue publication
report publish account
resign quit leave left depart resignation departure
appoint choose chose chosen select appointment
serve held hold
meet met meeting talk discuss discussion
visit attend visited
vote pass adopt
appeal challenge
sue lawsuit litigate
investigate probe inquire examine investigation inquiry enquiry examination
audit inspect review inspection
breach violate infringe break broke broken contravene violation infringement contravention
reprimand censure rebuke
happen occur
react reaction
rise rose increase grow grew raise
fall fell decrease drop reduce cut decline reduction
change alter amend revise amendment revision update
correct correction retract retraction
delay postpone postponement
create establish form found set
own control ownership
train educate
collect gather scrape harvest collection
process handle
store keep kept retain
share disclose reveal disclosure
send sent receive
attack hack compromise
address cover concern
define mean meant definition
argue contend submit maintain insist argument
call describe label brand
"""

_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "found": "find",
    "held": "hold",
    "met": "meet",
    "sought": "seek",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "made": "make",
    "sent": "send",
    "paid": "pay",
    "bought": "buy",
    "sold": "sell",
    "left": "leave",
    "rose": "rise",
    "fell": "fall",
    "began": "begin",
    "chose": "choose",
    "broke": "break",
    "spent": "spend",
    "withdrew": "withdraw",
    "kept": "keep",
    "forbade": "forbid",
    "swore": "swear",
    "won": "win",
    "lost": "lose",
    "led": "lead",
    "built": "build",
    "felt": "feel",
    "upheld": "uphold",
    "overturned": "overturn",
    "went": "go",
    "gone": "go",
    "done": "do",
    "did": "do",
    "became": "become",
    "came": "come",
    "saw": "see",
    "seen": "see",
    "knew": "know",
    "known": "know",
    "thought": "think",
    "brought": "bring",
    "struck": "strike",
    "stood": "stand",
    "spoke": "speak",
    "spoken": "speak",
    "grew": "grow",
    "meant": "mean",
    "got": "get",
    "ran": "run",
    "drew": "draw",
}

PARTICIPLES = frozenset(
    """
    written given taken made sent paid bought sold left begun chosen broken spent withdrawn kept forbidden known seen
    done held met found told said sought struck brought built drawn led lost won meant driven shown hit cut put set
    read overturned upheld
    """.split()
)
"""Participles that do not end in -ed."""


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The stem of `word`, irregular past forms by their base form."""
    plain = word.casefold()
    return stem(_IRREGULAR.get(plain, plain))


@lru_cache(maxsize=20_000)
def lemmas(text: str) -> frozenset[str]:
    """The lemmas of all words of `text`."""
    return frozenset(lemma(word.text) for word in words(text))


@cache
def _by_stem() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _FAMILIES.split("\n"):
        family = {lemma(word) for word in line.split()}
        for one in family:
            found.setdefault(one, set()).update(family)
    return {one: frozenset(family) for one, family in found.items()}


@cache
def family(word: str) -> frozenset[str]:
    """Stems that name the same deed as `word`, itself included."""
    own = lemma(word)
    kin = _by_stem().get(own, frozenset()) | {own}
    ways = (ways.split() for deed, ways in _WAYS.items() if lemma(deed) in kin)
    return kin | {lemma(way) for each in ways for way in each}


_WAYS = {
    "reply": "refuse decline reject deny say state insist maintain",
    "react": "say state refuse reject welcome call",
}
"""Deeds that are ways of doing another: who refuses has replied, though not every reply is a refusal."""

LIGHT = frozenset("make take give do get have put go come become".split())
"""Verbs that leave the deed to a noun: an order is made, a view is taken."""


def is_light(word: str) -> bool:
    """True for a verb that tells nothing by itself."""
    return lemma(word) in {lemma(one) for one in LIGHT}


def names_a_deed(word: str) -> bool:
    """True when `word` is in one of the families."""
    return lemma(word) in _by_stem()
