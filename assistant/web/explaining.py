"""Why a claim was shown: the quote it rests on and where it stands, what was checked, how well it is supported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import gate
from assistant.checks.wording import SPEAKER_IN_FRONT
from assistant.web import standings, wording
from assistant.web.citing import opener, provenance
from assistant.web.markup import Markup, element, join
from ingest.documents import Metadata
from ingest.segment.sentences import sentences
from ingest.understanding.origin import origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.checks import Check
    from assistant.domain import Citation, Supported

CHECKS: dict[str, str] = {
    "wording.checkable": "it was compared word by word",
    "quotations.check": "what it quotes is exact",
    "addresses.check": "no address or markup was added",
    "names.check": "names agree",
    "figures.numbers": "figures agree",
    "figures.dates": "dates agree",
    "wording.on_the_matter": "it is on the same matter",
    "operators.check": "no denial, doubt, condition, quantity or comparison was changed",
    "standing.check": "what is alleged, asked, denied or thought is worded so",
    "standing.speaker_beside": "the speaker named is the source\u2019s",
    "standing.speaker_in_front": "the speaker in front is the source\u2019s",
    "unasserted.check": "what is only feared, offered or called false is not told as so",
    "order.roles": "who does what to whom is the same",
    "order.phrases": "what belongs together stands together",
    "wording.check": "no word of weight was added",
}
"""The gate's checks in words, by module and name."""

STRONG, GOOD = 0.9, 0.75


def why(claim: Supported, number: int) -> Markup:
    """A section, closed at first, that tells why a claim was shown; `number` tells one from the next by ear."""
    rows = (
        ("Standing", _standing(claim)),
        ("Account", _account(claim)),
        ("Checked", _checked(claim)),
        ("Support", support(claim)),
        ("Time", time(claim)),
        ("Corrected", _corrected(claim)),
    )
    return element(
        "details",
        element("summary", "Why was this shown?", element("span", f" Claim {number}", class_="unseen")),
        *(_quote(citation) for citation in claim.citations),
        element("dl", *(element("div", element("dt", name), element("dd", told)) for name, told in rows if told)),
        class_="aside why",
    )


def checks(claim: Supported) -> tuple[str, ...]:
    """What the gate made sure of for this claim, in words."""
    if in_own_words(claim):
        return ("its words are the source\u2019s own, in their order", *_in_words(gate.OWN_WORDS, claim))
    return _in_words(gate.CHECKS, claim)


def check_name(check: Check) -> str:
    """The key of a check in `CHECKS`."""
    module: str = getattr(check, "__module__", "")
    return f"{module.rpartition('.')[2]}.{getattr(check, '__name__', '')}"


def in_own_words(claim: Supported) -> bool:
    """Whether every sentence of the claim stands in a quote word for word, a speaker in front left out."""
    quotes = [_folded(citation.quote) for citation in claim.citations]
    body = SPEAKER_IN_FRONT.sub("", claim.text, count=1)
    told = [_folded(body[span.start : span.end]) for span in sentences(body, 0, len(body))]
    return bool(told) and all(any(one in quote for quote in quotes) for one in told)


def support(claim: Supported) -> str:
    """The support score in words, with the figure where it is not full."""
    if claim.support >= 1.0:
        how = "its sentence stands in the source" if in_own_words(claim) else "every check agrees with the source"
        return f"Full: {how}."
    degree = "Strong" if claim.support >= STRONG else "Good" if claim.support >= GOOD else "Enough to be shown"
    return f"{degree} ({int(claim.support * 100)} of 100): said in other words, which the source carries."


def time(claim: Supported) -> str | None:
    """The time that the claim speaks of and what settles it; None where it speaks of none."""
    if not claim.time:
        return None
    told = standings.time_in_words(claim.time)
    if claim.time_basis:
        return f"{told}: {claim.time_basis}."
    published = claim.citations[0].published
    if not standings.is_date(claim.time):
        missing = "nothing in it settles the date" if published else "the source bears no date that would settle it"
        return f"\u201c{told}\u201d, as the source words it; {missing}."
    if standings.is_written_out(claim.time, " ".join(citation.quote for citation in claim.citations)):
        return f"{told}, as the source says it."
    basis = f", published {wording.day(published)}" if published else ""
    return f"{told}: worked out from the source\u2019s words and its dates{basis}."


def _standing(claim: Supported) -> str | None:
    if claim.standing is None:
        return None
    meaning = f"{standings.LABELS[claim.standing]}: {standings.MEANINGS[claim.standing]}"
    return f"{meaning} Read off \u201c{claim.cue}\u201d." if claim.cue else meaning


def _account(claim: Supported) -> str | None:
    """At which hand the source has it; None where the ledger does not say."""
    if claim.account is None:
        return None
    primary = "The document cited is the thing itself: the letter, report, law or statement."
    return primary if claim.account == "primary" else "The document cited tells of it; it is not the thing itself."


def _corrected(claim: Supported) -> str | None:
    """What has been said of the statement since, and where."""
    if claim.corrected_by is None:
        return None
    one = claim.corrected_by
    return f"Since, by \u201c{one.title or one.source}\u201d, {wording.day(one.published)}: \u201c{one.quote}\u201d"


def _checked(claim: Supported) -> str:
    told = "; ".join(checks(claim))
    return f"{told[:1].upper()}{told[1:]}."


def _in_words(made: Sequence[Check], claim: Supported) -> tuple[str, ...]:
    """Checks that had something to look at and let the claim pass."""
    idle = set()
    if not claim.speaker:
        idle.add("standing.speaker_beside")
    if not SPEAKER_IN_FRONT.match(claim.text):
        idle.add("standing.speaker_in_front")
    if not any(mark in claim.text for mark in '\u201c\u201d"'):
        idle.add("quotations.check")
    if claim.support < 1.0:
        idle.add("wording.check")  # a word is missing from the source, and the support checker carried the claim
    names = [name for name in map(check_name, made) if name not in idle and name in CHECKS]
    return tuple(CHECKS[name] for name in names)


def _quote(citation: Citation) -> Markup:
    place = (
        provenance(citation),
        f"characters {citation.start:,} to {citation.end:,}",
        _kept(citation),
    )
    return element(
        "div",
        element("blockquote", citation.quote, dir="auto"),
        element("p", opener(citation, "Open at the quote: ")),
        element("p", join((part for part in place if part), " \u00b7 "), class_="provenance"),
        class_="basis",
    )


def _kept(citation: Citation) -> str | None:
    """Whether the document is the thing itself or tells of it; None where nobody gave its type."""
    if citation.source_type is None:
        return None
    known = Metadata(title=citation.title, publisher=citation.publisher, source_type=citation.source_type)
    return "the document itself" if origin("", (), known).primary else "an account, not the document itself"


def _folded(text: str) -> str:
    return f" {' '.join(wording.words(text))} "
