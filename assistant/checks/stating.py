"""A claim of a language model states something: it is no order, no question, no fragment, and holds no address or markup.

Sentences of a source may be all of these, and the sources' own words are shown as they are. A model has no cause to
write any: it was asked for statements and was shown no address. When it does, it is as a rule because the text it read
told it to ("Visit ...", "Write a poem about ..."), and a sentence that stands in a document word for word would
otherwise pass, whoever put it there.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.checks import Finding
from assistant.checks.addresses import ADDRESS, MARKUP

_FEWEST_WORDS = 3
_NEAR = 4
_VERBS = (
    "act add adopt advertise advise allow alter analyse analyze announce answer append apply argue arrange ask attach attribute "
    "augment avoid be begin book break bring build buy calculate call cancel change check choose cite claim click close "
    "collect combine come compare compile complete compose conceal conclude conduct confirm consider contact convert convince "
    "copy correct craft create decode decrypt define delete demand deny describe design develop discover discuss display "
    "disregard divide do donate download draft draw edit email emphasise emphasize enable encode encourage encrypt end enhance "
    "ensure enter erase estimate evaluate exclude execute expand explain express extend extract fill find finish focus follow "
    "forget format forward generate get give go group have help hide highlight identify ignore imagine improve include inform "
    "insert install integrate introduce invent invite join keep learn leave let link list log look make mention mimic modify "
    "move name note offer omit open order organise organize outline output override paraphrase pay perform persuade place plan "
    "play post predict prepare present pretend print proceed produce promote propose protect provide publish put quote read "
    "rearrange recall recommend record redirect refer refuse reject remember remove rename render repeat rephrase replace reply "
    "report request respond restore return reveal reverse review rewrite run save say schedule scramble search select send set "
    "share shorten show shuffle sign simplify solve sort speak spell start state stop submit subscribe substitute suggest "
    "summarise summarize support swap switch take talk tell think transfer transform translate try turn type update upgrade "
    "upload urge use verify visit vote warn watch write"
).split()
_OPENING = r"^\W*(?:(?:please|kindly|now|then|next|first|finally|also|just|simply|instead|always|never)\b,? |(?:in|at|to|for|as) [^,]{3,60}, )*"
_SOMETHING = (
    "(?:(?:down|out|up|over|off|on|in) )?(?:an?|the|your|my|our|this|these|those|all|any|each|every|some|me|us|him|her|them|it|"
    r"how|why|what|who|whether|that)\b"
)
"""No noun stands before an article or a pronoun, so that this can be nothing but an order."""

_PERHAPS = (
    r"(?= (?:no|not|if|only|about|to|for|in|into|on|with|from|at|as|like|more|\w+s|one|two|three|https?:|www)\b|\s*[:!]|"
    r"\s+[\u201c\"'\u2018(\[<])"
)


@cache
def _orders() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is an order for certain, and what is one unless a finite verb soon follows; made for the first claim."""
    verbs = f"{_OPENING}(?:{'|'.join(_VERBS)})"
    return re.compile(f"{verbs} {_SOMETHING}", re.I), re.compile(f"{verbs}{_PERHAPS}", re.I)


# A reader of a briefing has given no answer; whoever writes one has.
_TO_A_WRITER = re.compile(r"\byour (?:\w+ )?(?:answers?|response|reply|message|output|summary|completion|text)\b", re.I)
_SURELY_AN_ORDER = re.compile(
    r"^\W*(?:please|kindly|don['\u2019]t|do not|let['\u2019]s|let us|make sure|be sure)\s+\w", re.I
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|did|does|do|said|says|rose|fell|went|"
    r"came|took|made|gave|found|won|lost|kept|held|met|paid|sent|sold|told|wrote|began|became|got|grew|led|left|ran|saw|set|"
    r"spent|stood|put|cost|\w{3,}ed)\b",
    re.I,
)
"""An order's first word is often a noun too ("Order 12 was made"); a finite verb soon after it tells the noun."""


def states(text: str) -> bool:
    """Whether a sentence states something."""
    return unlike_a_claim(text) is None


def is_order(text: str) -> bool:
    """Whether a sentence tells somebody to do something."""
    certain, perhaps = _orders()
    if any(pattern.search(text) for pattern in (_SURELY_AN_ORDER, certain, _TO_A_WRITER)):
        return True
    found = perhaps.match(text)
    if found is None:
        return False
    verb = _FINITE.search(text, found.end())
    return verb is None or len(text[found.end() : verb.start()].split()) > _NEAR


def unlike_a_claim(text: str) -> Finding | None:
    """What keeps a sentence of a language model from being a claim, before its source is looked at; None for nothing."""
    if ADDRESS.search(text) or MARKUP.search(text):
        return Finding(
            "address_not_in_source", "It holds an address or markup, and none was given to the language model."
        )
    if len(re.findall(r"\w+", text)) < _FEWEST_WORDS or text.rstrip("\u201d\"' )").endswith("?") or is_order(text):
        return Finding("states_nothing", "It is a question, an order or a fragment.")
    return None
