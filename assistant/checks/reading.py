"""A sentence as the checks read it: words, names, numbers, dates and the small words that decide what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.checks.dates import Date, dates
from assistant.checks.lexicon import FREE, LIGHT, OPERATORS, PHRASES, kin
from assistant.checks.quantities import Quantity, quantities
from assistant.families import PARTICIPLES, lemma, names_a_deed
from assistant.wording import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["word", "name", "number", "date", "operator", "free"]

_BREAK = re.compile(
    r"[;:()\[\]—–]|, (?:but|while|whereas|although|though|and|or|which|who|whose|where|because|so)\b| - | (?:but|whereas|because|although|though) |[.!?,][”\"’] ?"
)
_BE = frozenset("is are was were be been being am".split())
_DETERMINERS = frozenset("the a an its their his her our my this that these those no any some every each".split())
_PREPOSITIONS = frozenset(
    "of in on for to at by with from about into over under against between among after before during since until through "
    "without within upon per towards toward than as via".split()
)
ANAPHORS = frozenset("it he she they we its his her their our them him us i".split())
_RELATIVES = frozenset("who whose which whom where".split())
_EITHER = frozenset("alleged suspected supposed proposed planned intended attempted considered purported".split())
_PASTS = frozenset(
    "spoke gave took wrote went became came saw knew grew drew ran began chose broke withdrew rose fell".split()
)
_LEADS = ANAPHORS | frozenset("to do did does not you i and or also people men women children police who that".split())
_NOUN_ENDING = re.compile(r"(?:ity|ities|ions?|ments?|ances?|ences?|ers?|ors?|ures?|ness|ships?|ists?|als?)$")
_MEASURE = re.compile(
    r" (?:the |an? |its |their )?(?:age|limit|threshold|average|target|level|rate|freezing|zero|half|third|quarter|minimum|"
    r"maximum|mean|median|cap|ceiling|norm|normal|expected|forecast|estimate|budget|\d)",
    re.I,
)
_A_BODY = re.compile(
    r"(?! (?:the |an? |his |her |its |their |our )?(?:[\w’'-]+ ){0,4}?(?:committee|court|tribunal|panel|judge|judges|magistrates|"
    r"parliament|congress|senate|inquiry|commission|MPs|peers|ministers|house)\b(?! (?:\w+ed|met|sat|rose|began|said|found)\b))",
    re.I,
)
_PLACES = {
    **dict.fromkeys(("over", "above", "beyond"), (_MEASURE, "aloft")),
    **dict.fromkeys(("under", "below"), (_MEASURE, "beneath")),
    "before": (_A_BODY, "facing"),
}
"""Words of more and less, and of time, that are words of place unless the pattern follows; and their class then."""

_INVERTED = (
    r"(?:(?<![\w,;’'-] )Should (?=(?:the|an?|its|their|his|her|it|he|she|they|this|that|any|no|[A-Z]\w+) [^?]*$)|"
    r"\b(?:[Hh]ad|[Ww]ere) (?=(?:the|an?|its|their|his|her|it|he|she|they|this|that)(?: [\w’'-]+){0,4}? (?:been|to|not)\b[^?]*$))"
)
_PLAIN_OPENERS = re.compile(r"(?:^|[.!?:]\s+|[“\"(‘]|^\W+)$")


class Token(NamedTuple):
    """One unit of a sentence. `clause` counts the clauses before it; `klass` is an operator's class."""

    text: str
    start: int
    end: int
    kind: Kind
    lemma: str
    kin: frozenset[str]
    clause: int
    klass: str = ""
    number: Quantity | None = None
    date: Date | None = None

    @property
    def carries(self) -> bool:
        """True for what must be found in the source: a word with meaning, a name, a number, a date."""
        return self.kind not in ("operator", "free")


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of one sentence, in order."""

    text: str
    tokens: tuple[Token, ...]

    def between(self, first: int, last: int) -> str:
        """The text between two neighbouring tokens."""
        return self.text[self.tokens[first].end : self.tokens[last].start]

    def is_verb(self, i: int) -> bool:
        """Whether token `i` may be a verb that tells what is done."""
        return _is_verb(self, i)

    def passive(self, i: int) -> bool:
        """Whether the verb at `i` is in the passive."""
        plain = self.tokens[i].text.casefold()
        if not (plain.endswith(("ed", "en")) or plain in PARTICIPLES):
            return False
        for one in reversed(self.tokens[max(0, i - 3) : i]):
            if one.text.casefold() in _BE:
                return True
            if one.kind != "operator" and not one.text.casefold().endswith("ly") and one.kind != "free":
                return False
        return False


@lru_cache(maxsize=20_000)
def read(text: str) -> Reading:
    """`text` as tokens; the whole of it is taken as one sentence."""
    spans: list[tuple[int, int, Quantity | Date | str]] = [(one.start, one.end, one) for one in dates(text)]
    spans += [(one.start, one.end, one) for one in quantities(text, [(a, b) for a, b, _ in spans])]
    taken = [(a, b) for a, b, _ in spans]
    for match in _operators().finditer(text):
        start, end = match.span()
        if (
            all(end <= a or start >= b for a, b in taken)
            and not _is_name_part(text, match)
            and not _is_verb_form(text, match)
        ):
            spans.append((start, end, _klass(text, match)))
            taken.append((start, end))
    for match in _phrases().finditer(text):
        if all(match.end() <= a or match.start() >= b for a, b in taken):
            spans.append((*match.span(), ""))
            taken.append(match.span())
    for match in WORD.finditer(text):
        if all(match.end() <= a or match.start() >= b for a, b in taken):
            spans.append((*match.span(), ""))
    breaks = [match.start() for match in _BREAK.finditer(text)]
    tokens = [_token(text, *span, breaks) for span in sorted(spans, key=lambda one: one[:2])]
    return Reading(text, tuple(tokens))


def _token(text: str, start: int, end: int, what: Quantity | Date | str, breaks: Sequence[int]) -> Token:
    shown = text[start:end]
    clause = sum(place < start for place in breaks)
    if isinstance(what, Quantity):
        return Token(shown, start, end, "number", "", frozenset(), clause, number=what)
    if isinstance(what, Date):
        return Token(shown, start, end, "date", "", frozenset(), clause, date=what)
    if what:
        return Token(shown, start, end, "operator", what, frozenset(), clause, klass=what)
    plain = PHRASES.get(shown.casefold(), re.sub(r"[’']s?$", "", shown))
    if not plain:
        return Token(shown, start, end, "free", "", frozenset(), clause)
    if shown.casefold() in FREE and not (shown.isupper() and len(shown) > 1):
        return Token(shown, start, end, "free", plain.casefold(), frozenset(), clause)
    opening = bool(_PLAIN_OPENERS.search(text[:start])) and shown[1:].lower() == shown[1:]
    named = shown[0].isupper() and not opening
    return Token(shown, start, end, "name" if named else "word", lemma(plain), kin(plain), clause)


def is_light(token: Token) -> bool:
    """A verb that a rewording may add: "was carried out"."""
    return (
        token.kind == "word"
        and token.lemma in LIGHT
        and not token.text.endswith("ing")
        and not _NOUN_ENDING.search(token.text)
    )


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.I)


@cache
def _operators() -> re.Pattern[str]:
    phrases = sorted((phrase for line in OPERATORS.values() for phrase in line.split("|")), key=len, reverse=True)
    neither_nor = r"not only|not just|not least|not to mention|whether or not|at all|as well as|according to|after all|more than once"
    return re.compile(
        rf"\b(?:(?P<skip>{neither_nor})|(?P<inverted>{_INVERTED})|(?P<word>{'|'.join(map(re.escape, phrases))})|\w+(?P<short>n[’']t))\b",
        re.I,
    )


@cache
def _classes() -> dict[str, str]:
    return {phrase: name for name, line in OPERATORS.items() for phrase in line.split("|")}


def _klass(text: str, match: re.Match[str]) -> str:
    if match["skip"]:
        return "skip"
    if match["short"]:
        return "negation"
    if match["inverted"]:
        return "if"
    plain, behind = match.group().casefold(), text[match.end() :]
    if plain in _PLACES and not _PLACES[plain][0].match(behind):
        return _PLACES[plain][1]
    if plain == "majority" and re.match(r" of \w+ to \w+", behind):
        return "skip"
    return _classes()[plain]


def _is_name_part(text: str, match: re.Match[str]) -> bool:
    """As in "Will Smith", "the Over 60s Club", "US": a capital inside a sentence makes a name of the word."""
    word = match.group()
    if not word[0].isupper():
        return False
    return not _PLAIN_OPENERS.search(text[: match.start()]) or (word.isupper() and len(word) > 2)


def _is_verb_form(text: str, match: re.Match[str]) -> bool:
    """As in "The union alleged that" is a deed; "the alleged leak" a hedge."""
    if match.group().casefold() not in _EITHER:
        return False
    before = WORD.findall(text[: match.start()])
    return not before or before[-1].casefold() not in _DETERMINERS | _PREPOSITIONS | _BE | {"and", "or"}


def _opens_with_a_noun(reading: Reading) -> bool:
    """As in "Judge Helena Marsh told them", "Critics say": no statement opens with a verb but in the participle."""
    plain = reading.tokens[0].text.casefold()
    return not plain.endswith(("ed", "ing")) and plain not in PARTICIPLES


def _is_verb(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    if token.kind != "word" or (token.text[0].isupper() and (i > 0 or _opens_with_a_noun(reading))):
        return False
    plain = PHRASES.get(token.text.casefold(), token.text.casefold())
    if _NOUN_ENDING.search(plain) or not (
        names_a_deed(plain) or plain.endswith("ed") or plain in PARTICIPLES or plain in _PASTS
    ):
        return False
    before = reading.tokens[i - 1].text.casefold() if i else ""
    base = not plain.endswith(("ed", "ing", "s")) and plain not in PARTICIPLES and lemma(plain) == stem(plain)
    if base and before and not (before in _LEADS or before.endswith("s") or reading.tokens[i - 1].kind == "operator"):
        return False
    return (
        before not in _DETERMINERS
        and not (before in _PREPOSITIONS and before != "to")
        and not before.endswith(("’s", "'s"))
    )


def acts(reading: Reading, i: int) -> bool:
    """Whether token `i` is a verb beyond doubt, not a noun of the same form: "the uses", "sales activities"."""
    if not reading.is_verb(i):
        return False
    plain = reading.tokens[i].text.casefold()
    if plain.endswith("ed") or plain in PARTICIPLES or lemma(plain) != stem(plain):
        return True
    before = reading.tokens[i - 1] if i else None
    if before and (
        before.klass in ("may", "will", "can", "should", "must", "to", "negation") or before.text.casefold() in ANAPHORS
    ):
        return True
    after = reading.tokens[i + 1] if i + 1 < len(reading.tokens) else None
    return (
        after is not None
        and (after.text.casefold() in _DETERMINERS or after.kind == "name")
        and not plain.endswith("ing")
    )


class Doing(NamedTuple):
    """Places of the tokens that name who does a deed and to whom; empty where the sentence does not tell."""

    agents: frozenset[int]
    patients: frozenset[int]


def doing(reading: Reading, verb: int) -> Doing:
    """Who does what `reading.tokens[verb]` names, by word order and voice."""
    left = _shared(reading, verb) or (frozenset() if _of_nobody(reading, verb) else _left(reading, verb))
    right, by = _right(reading, verb), _by(reading, verb)
    if reading.passive(verb):
        return Doing(by, left)
    return Doing(left, right)


_TAKES_UP = re.compile(
    r"(?:, (?:and |but |then )|\b(?:and|but|then) )(?:later |then |also |again |now |has |have |had )*$"
)
_PARTICIPIAL = re.compile(r", (?:later |then |also )?$")
_IT_IS = re.compile(r"\b(?:it|this|that) (?:is|was|would be|will be|has been|had been) (?:[a-z]+ ){1,3}to $", re.I)


def _shared(reading: Reading, verb: int) -> frozenset[int]:
    """Whose deed it is where two verbs share a subject: "welcomed it and said", "refused to go, claiming that"."""
    before = reading.text[: reading.tokens[verb].start]
    ing = reading.tokens[verb].text.endswith("ing")
    if not (_PARTICIPIAL if ing else _TAKES_UP).search(before):
        return frozenset()
    for i in range(verb - 1, 0, -1):
        if not reading.is_verb(i) or reading.tokens[i - 1].text.casefold() in ("to", "and", "but", "then"):
            continue
        subject = _left(reading, i)
        if subject:
            return subject
    return frozenset()


def _of_nobody(reading: Reading, verb: int) -> bool:
    """As in "it is untrue to describe it as": what stands before the infinitive is no doer."""
    start = reading.tokens[verb].start
    return bool(_IT_IS.search(reading.text, max(0, start - 60), start))


def _left(reading: Reading, verb: int) -> frozenset[int]:
    """The noun nearest before the verb in its clause that no preposition governs, with what belongs to it."""
    tokens, phrase = reading.tokens, list[int]()
    behind = _before_relative(reading, verb)
    apposed = behind == verb and verb > 0 and "," in reading.between(verb - 1, verb)
    for i in range(behind - 1, -1, -1):
        plain = tokens[i].text.casefold()
        if _closes(reading, i) or reading.is_verb(i):
            break
        if phrase and (tokens[i].date or plain in ("which", "who", "that", "whom")):
            break
        if phrase and "," in reading.between(i, i + 1):
            if not apposed:
                break
            apposed = False
        if (
            phrase
            and plain in _DETERMINERS
            and i
            and tokens[i - 1].text.casefold() not in _PREPOSITIONS
            and not apposed
        ):
            break
        if plain in _PREPOSITIONS and plain != "of":
            phrase = []
        elif tokens[i].carries or plain in ANAPHORS:
            phrase.append(i)
    return frozenset(phrase)


def _before_relative(reading: Reading, verb: int) -> int:
    """Where "whose shops used it" or "based in York" begins in "Halden, based in York, welcomed"; the verb itself without one."""
    if not verb or "," not in reading.between(verb - 1, verb):
        return verb
    for i in range(verb - 1, 0, -1):
        opens = "," in reading.between(i - 1, i)
        plain = reading.tokens[i].text.casefold()
        if plain in _RELATIVES or (opens and (plain.endswith(("ed", "ing")) or plain in PARTICIPLES)):
            return i if opens else verb
        if opens:
            break
    return verb


def _closes(reading: Reading, i: int) -> bool:
    return i + 1 < len(reading.tokens) and bool(re.search(r"[;:—–]|[.,!?][”\"]", reading.between(i, i + 1)))


def _right(reading: Reading, verb: int) -> frozenset[int]:
    """The object: what follows up to the next preposition, verb or comma."""
    found: set[int] = set()
    for i in range(verb + 1, min(verb + 9, len(reading.tokens))):
        one = reading.tokens[i]
        if one.clause != reading.tokens[verb].clause or re.search(r"[,;:“”\"]", reading.between(i - 1, i)):
            break
        if (
            one.text.casefold() in _PREPOSITIONS | {"that", "whether", "if"}
            or (one.kind == "operator" and found)
            or (reading.is_verb(i) and found)
        ):
            if one.text.casefold() == "of" and found:
                continue
            break
        if one.carries:
            found.add(i)
    return frozenset(found)


def _by(reading: Reading, verb: int) -> frozenset[int]:
    for i in range(verb + 1, min(verb + 12, len(reading.tokens))):
        if reading.tokens[i].text.casefold() == "by":
            return _right(reading, i)
    return frozenset()
