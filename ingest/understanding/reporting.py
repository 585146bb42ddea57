"""Who reports what within one sentence: the reporting verb outside quotations, its subject and its addressee.

English word order only. The subject is looked for to the left of the verb, over adverbs, auxiliaries, an apposition
and prepositional phrases; to its right behind a quotation or a comma (“...,” wrote X); and behind "according to".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.understanding.phrases import QUOTE, Phrase, after, bare, before, is_mark, is_named, split_role
from ingest.understanding.vocabulary import (
    ADVERBS,
    ALSO_NOUNS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    FORMS,
    MODALS,
    NEEDS_CLAUSE,
    NEGATIONS,
    ONLY_PASSIVE,
    PREPOSITIONS,
    ROLES,
    SPEAKERS,
    TAKES_ADDRESSEE,
    TIME_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.understanding.phrases import Word
    from ingest.understanding.vocabulary import Act

_PAST = frozenset(
    "heard said told wrote made took held met found gave saw sent put set went came got began has have had".split()
)
"""Past forms without -ed that often share their subject with a verb of saying."""

_FAR = 40
"""No subject is looked for further away than so many words."""

_SUBORDINATORS = frozenset("that which whether if until after because although while when where what how why".split())

_DASHES = frozenset(("–", "—", "-"))


@dataclass(frozen=True, slots=True)
class Report:
    """One act of saying. `who` is as the sentence has it, a pronoun too (`kind`); `at` is the word of the verb."""

    who: str
    kind: str
    verb: str
    act: Act
    at: int
    role: str | None = None
    addressee: str | None = None


def reports(sentence: str, words: Sequence[Word]) -> list[Report]:
    """Every act of saying in a sentence whose subject the sentence names, the one that governs it first."""
    found = []
    for at, word in enumerate(words):
        if word.plain in FORMS and not _opens(words, at):
            one = _report(sentence, words, at)
        elif word.plain == "according" and at + 1 < len(words) and words[at + 1].plain == "to":
            one = _behind(sentence, words, at, "according to", "say")
        else:
            continue
        if one is not None:
            found.append(one)
    if all(_is_subordinate(words, one.at) for one in found):
        return []
    return sorted(found, key=lambda one: _rank(words, one))


def _opens(words: Sequence[Word], at: int) -> bool:
    """Whether a participle opens the sentence: "Asked by the chair ..., she replied" is not the chair's to say."""
    follows = words[at + 1].plain if at + 1 < len(words) else ""
    return at == 0 and follows in ("by", "whether", "if", "about", "why", "how", "what", "when", "on")


def _is_subordinate(words: Sequence[Word], at: int) -> bool:
    """Whether the verb stands in a clause that something else governs: "a figure that the company has confirmed"."""
    for i in range(at - 1, max(-1, at - _FAR), -1):
        if words[i].plain == QUOTE or is_mark(words[i]):
            return False
        if words[i].plain in _SUBORDINATORS:
            return words[i].plain not in ("that", "which", "who") or i > 0
    return False


def _rank(words: Sequence[Word], one: Report) -> tuple[int, int]:
    """Behind a quotation or a comma, the verb governs all before it; else the first one governs the rest."""
    behind = one.at > 0 and (words[one.at - 1].plain == QUOTE or _ends_sentence(words, one.at))
    relative = one.kind == "pronoun" and one.who.lower() in ("who", "which")
    return (2 if relative or _is_subordinate(words, one.at) else 0 if behind else 1, one.at)


def _ends_sentence(words: Sequence[Word], at: int) -> bool:
    """Whether the clause of the verb at `at` closes the sentence, as in “..., the ministry said”."""
    return at >= len(words) - 1 and any(word.text in (",", QUOTE) for word in words[max(0, at - 9) : at])


def _report(sentence: str, words: Sequence[Word], at: int) -> Report | None:
    base, act = FORMS[words[at].plain]
    if at + 1 < len(words) and words[at + 1].plain == "by" and _is_participle(words[at].plain, base):
        return _behind(sentence, words, at, base, act)
    if base in ONLY_PASSIVE:
        return None
    if not _is_verb(words, at) or (base in NEEDS_CLAUSE and not _has_clause(words, at)):
        return None
    if base == "call" and not _calls_for(words, at):
        return None
    subject = _inverted(sentence, words, at, base) or _subject(sentence, words, at)
    if subject is None or (words[at].plain == base and not _is_plural(subject[0])):
        return None
    phrase, role = subject
    who, before_name = split_role(phrase.text.removeprefix("Both ").removeprefix("both "))
    addressee = _addressee(sentence, words, at, base)
    return Report(who, phrase.kind, base, act, at, role or before_name, addressee)


def _is_participle(plain: str, base: str) -> bool:
    """Whether a form before "by" is a passive that reports: “was accused by X”, not “a request by X”."""
    participle = plain.endswith("ed") or plain in ("found", "told", "said")
    return participle and base not in ("write", "publish", "state", "hold")


def _is_plural(phrase: Phrase) -> bool:
    """Whether a verb without an ending agrees with the phrase; "that the business confirm" reports nothing."""
    plain = phrase.text.lower()
    if phrase.kind == "pronoun":
        return plain in ("they", "we", "i", "who", "which")
    plural = plain.endswith(("s", "people", "police")) and not plain.endswith(("ss", "business", "campus", "news"))
    return plural or " and " in plain


def _is_verb(words: Sequence[Word], at: int) -> bool:
    word, left = words[at], words[at - 1] if at else None
    follows = words[at + 1] if at + 1 < len(words) else None
    if word.capital and at > 0:
        return False
    if left is not None and ((left.plain in DETERMINERS and not left.named) or left.plain.endswith(("’s", "'s", "s’"))):
        return word.plain not in ALSO_NOUNS and left.plain in ("all", "both", "two", "three", "most", "others", "many")
    if word.plain.endswith("ing"):
        return _with_subject(words, at)
    if word.plain in ALSO_NOUNS and left is not None:
        said = follows is not None and follows.plain in ("that", ":", ",", QUOTE, "it", "they", "he", "she", "the")
        named = is_named(left) or left.plain in ("who", "which", "he", "she", "it", "they") or left.plain in ADVERBS
        able = named or bare(left.plain) in SPEAKERS
        return (
            able
            if said
            else named and word.plain.endswith("s") and follows is not None and left.plain not in TIME_WORDS
        )
    return not (left is not None and left.plain in BE | {"to", "be", "being"})


def _with_subject(words: Sequence[Word], at: int) -> bool:
    """Whether an -ing form has a subject of its own: "with the regulator warning that"."""
    return any(word.plain == "with" for word in words[max(0, at - 9) : at])


def _has_clause(words: Sequence[Word], at: int) -> bool:
    follows = words[at + 1] if at + 1 < len(words) else None
    if follows is None or follows.plain in ("that", ":", QUOTE, "how", "whether", "no", "it", "there"):
        return True
    if follows.plain in (",",):
        return any(word.plain == QUOTE for word in words[max(0, at - _FAR) : at + _FAR])
    base = FORMS[words[at].plain][0]
    if base in ("find", "consider"):
        several = base == "find" and follows.plain.endswith("s") and follows.plain not in ("as", "us")
        return is_named(follows) or follows.plain in DETERMINERS or several
    later = any(word.plain == QUOTE for word in words[max(0, at - _FAR) : at])
    return later and follows.plain in ("in", "on", "to", "during", "at")


def _calls_for(words: Sequence[Word], at: int) -> bool:
    follows = words[at + 1].plain if at + 1 < len(words) else ""
    return follows in ("on", "for", QUOTE, "it")


def _subject(sentence: str, words: Sequence[Word], at: int, *, share: bool = True) -> tuple[Phrase, str | None] | None:
    """The subject to the left of the verb, and the role that an apposition gives it.

    `share` lets a verb behind "and" have the subject of the verb before it.
    """
    i = at - 1
    while i >= 0 and (words[i].plain in ADVERBS | AUXILIARIES or _is_time(words, i)):
        i -= 1
    if i < 0 or words[i].plain in NEGATIONS | BE | MODALS:
        return None
    if words[i].plain in ("and", "but"):
        return _shared(sentence, words, i) if share else None
    if words[i].text == ")":
        i = _opening(words, i) - 1
    role = None
    if i > 0 and (words[i].text == "," or words[i].text in _DASHES):
        mark = words[i].text
        opened = _apposition(words, i, mark)
        if opened is None:
            return None
        role = _role(sentence, words, opened + 1, i - 1)
        i = opened - 1
        if i >= 0 and words[i].text == ")":
            i = _opening(words, i) - 1
    return _governing(sentence, words, i, role)


def _shared(sentence: str, words: Sequence[Word], joined: int) -> tuple[Phrase, str | None] | None:
    """The subject of the verb before "and", which the verb behind it shares: “heard evidence and found that”."""
    for i in range(joined - 1, max(0, joined - _FAR), -1):
        plain = words[i].plain
        if words[i].text in (";", ":") or plain in ("that", "who", "which"):
            return None
        finite = plain.endswith("ed") or plain in _PAST
        if finite and words[i - 1].plain not in DETERMINERS | BE | PREPOSITIONS and not words[i].capital:
            found = _subject(sentence, words, i, share=False)
            if found is not None:
                return found
    return None


def _governing(sentence: str, words: Sequence[Word], i: int, role: str | None) -> tuple[Phrase, str | None] | None:
    """The phrase that ends at `i`, or one further left when that one depends on a preposition."""
    for _ in range(3):
        phrase = before(sentence, words, i) if i >= 0 else None
        if phrase is None:
            return None
        left = words[phrase.first - 1] if phrase.first else None
        if left is None or left.plain not in PREPOSITIONS or left.plain == "with":
            return phrase, role
        i = phrase.first - 2
        if i < 0 or is_mark(words[i]):
            return None
    return None


def _is_time(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` belongs to "in July", "last week", "on Monday", "in 2021"."""
    plain = words[i].plain
    if plain in ("in", "on", "of") and i + 1 < len(words):
        plain = words[i + 1].plain
    return plain in TIME_WORDS or (plain.isdigit() and len(plain) in (1, 2, 4))


def _opening(words: Sequence[Word], i: int) -> int:
    return next((j for j in range(i, max(0, i - _FAR), -1) if words[j].text == "("), max(0, i - _FAR))


def _apposition(words: Sequence[Word], closing: int, mark: str) -> int | None:
    """The mark that opens the apposition which `closing` ends, behind a noun that can speak; None for none."""
    for i in range(closing - 1, max(0, closing - 34), -1):
        if words[i].plain == QUOTE:
            return None
        if words[i].text == mark and i > 0 and i + 1 < closing:
            left, first = words[i - 1], words[i + 1].plain
            if first in ("and", "or") or first in ("but", "as"):
                continue
            if is_named(left) or bare(left.plain) in SPEAKERS or left.text == ")":
                return i
    return None


def _role(sentence: str, words: Sequence[Word], first: int, last: int) -> str | None:
    if last < first or words[first].plain in ("who", "which", "whose", "where", "when", "in", "on", "at"):
        return None
    if not any(bare(word.plain) in ROLES | SPEAKERS for word in words[first : last + 1]):
        return None
    role = sentence[words[first].start : words[last].end]
    return role.removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _inverted(sentence: str, words: Sequence[Word], at: int, base: str) -> tuple[Phrase, str | None] | None:
    """The subject behind the verb: “...,” wrote Professor Sampson, biometrics commissioner."""
    left = words[at - 1] if at else None
    if left is None or (left.plain != QUOTE and (left.text != "," or base in TAKES_ADDRESSEE)):
        return None
    phrase = after(sentence, words, at + 1)
    if phrase is None or phrase.kind == "pronoun" or words[phrase.first].plain in ("that", "this"):
        return None
    follows = phrase.last + 1
    ends = (
        follows >= len(words) or is_mark(words[follows]) or words[follows].plain in ("in", "on", "at", "during", "who")
    )
    if left.text == "," and not ends:
        return None
    if follows < len(words) and words[follows].text == ",":
        return phrase, _role(sentence, words, follows + 1, _role_end(words, follows + 1))
    return phrase, None


def _role_end(words: Sequence[Word], first: int) -> int:
    """The last word of an apposition that begins at `first`: up to a mark, or to "in a letter", "on Monday"."""
    for i in range(first, len(words)):
        leads_off = words[i].plain in ("in", "on", "at", "during") and i - first > 1
        ahead = words[i + 1] if i + 1 < len(words) else None
        if words[i].text in (",", ":", ";", "(") or words[i].plain == QUOTE:
            return i - 1
        if leads_off and ahead is not None and not (is_named(ahead) or ahead.plain == "the"):
            return i - 1
    return len(words) - 1


def _behind(sentence: str, words: Sequence[Word], at: int, verb: str, act: Act) -> Report | None:
    """The speaker behind "according to" or, of a passive, behind "by": “was accused by X”, “as reported by X”."""
    phrase = after(sentence, words, at + 2)
    if phrase is None:
        return None
    who, role = split_role(phrase.text)
    return Report(who, phrase.kind, verb, act, at, role)


def _addressee(sentence: str, words: Sequence[Word], at: int, base: str) -> str | None:
    """Whom it is said to: “told X”, “asked X to”, “wrote to X”, “called on X”, “asked that X confirm”."""
    i = at + 1
    if base in TAKES_ADDRESSEE or (base == "recommend" and i < len(words) and words[i].plain == "that"):
        i += i < len(words) and words[i].plain == "that" and base in ("ask", "recommend", "urge")
    elif i < len(words) and (base, words[i].plain) in {
        ("write", "to"),
        ("call", "on"),
        ("appeal", "to"),
        ("say", "to"),
    }:
        i += 1
    else:
        return None
    phrase = after(sentence, words, i)
    return phrase.text if phrase is not None else None
