"""Every sentence a reader of an outcome can see that is not a source's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.wording import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import AbstentionReason, Caveat, WithheldReason
    from assistant.question import Kind

ABSTENTIONS: dict[AbstentionReason, str] = {
    "library_empty": "The library holds no document yet.",
    "nothing_in_scope": "No document in the library fits the filters that are set.",
    "nothing_found": "No document in the library speaks of this.",
    "evidence_too_weak": "The library holds nothing that answers this. The nearest passages are on other matters.",
    "part_not_found": "The library holds documents on the subject, but none says what was asked.",
    "all_claims_withheld": "What was drafted could not be shown to stand in the sources, so none of it is shown.",
}

CAVEATS: dict[Caveat, str] = {
    "single_source": "Everything here rests on one document.",
    "undated_source": "A source bears no date of publication: a relative date in it cannot be placed.",
    "unknown_publisher": "The publisher of a source is not known.",
    "older_version_cited": "A cited document has a newer version.",
    "index_rebuilding": "The index is being rebuilt; every passage was searched all the same.",
    "corrected_since": "A cited document has been corrected by another one in the library.",
    "partial_answer": "A part of the question is not answered by the library.",
    "premise_not_found": "No source found says what the question takes for granted.",
    "sources_disagree": "Sources disagree on this; each side is given with its source.",
    "vendor_account_only": "Everything here is the vendor’s own account of itself.",
    "allegation_only": "Everything here is alleged; no source cited establishes it.",
    "request_only": "Everything here is asked for; no source cited says that it was done.",
    "reported_only": "Everything here is told by an account; the letter, report or statement itself is not among what is cited.",
    "old_account": "The library holds a newer document on this than those cited.",
    "model_unavailable": "The language model did not answer; these are the sources’ own words.",
    "model_interrupted": "The language model stopped before its end; what it had written until then is shown.",
    "model_gave_nothing": "Nothing that the language model wrote could be shown; these are the sources’ own words.",
    "question_respelt": "A word of the question stands in no document; it was read as one that is nearly the same.",
    "suspicious_source": "A cited source holds words meant for a machine, such as orders to a language model; they were not followed.",
}

WITHHELD: dict[WithheldReason, str] = {
    "no_citation": "no source was named",
    "quote_not_found": "the quote is not in the source",
    "quote_altered": "the quote was altered",
    "stitched_quote": "the quote was put together from two",
    "wrong_speaker": "the source gives these words to another",
    "wrong_addressee": "the source has it said to another",
    "name_not_in_source": "a name is not in the source",
    "number_not_in_source": "a number is not in the source",
    "date_not_in_source": "a date is not in the source",
    "wrong_time": "the source dates it otherwise",
    "negation_changed": "it denies what the source says, or says what the source denies",
    "hedge_changed": "the source is less sure, or sets a condition",
    "quantifier_changed": "the source speaks of more or fewer of them",
    "comparison_changed": "a comparison or an order in time is not the source's",
    "standing_changed": "an allegation, request or opinion is worded as something else",
    "roles_changed": "the source has another do it, or do it to another",
    "states_nothing": "it is a question, an order or a fragment",
    "address_not_in_source": "it holds an address or markup that is not in the source",
    "not_supported": "the source does not say this",
}

WOULD_SETTLE: dict[Kind, str] = {
    "person": "A letter, report or notice that names who it was.",
    "date": "A dated letter, notice or report of the event.",
    "number": "A report, written answer or filing that states the figure.",
    "place": "A report or notice that names the place.",
    "reason": "A statement, letter or decision that gives the reason.",
    "yes_no": "A statement, decision or report that says so or denies it.",
    "statement": "A letter, statement or report by those the question names.",
}

STEPS = {
    "search": "Searching the library",
    "weigh": "Weighing whether it answers the question",
    "write": "Choosing the statements that answer",
    "compose": "The language model is writing",
    "mend": "The language model words anew what was refused",
    "check": "Checking each claim against its source",
}


LEFT_OUT = "(words that are not about the sources)"
NOT_ABOUT_THE_SOURCES = "The language model wrote of something that it was not given."


def model_unavailable(attempts: Sequence[str]) -> str:
    """That no language model answered, and what came of the last one asked."""
    last = f" ({attempts[-1]})" if attempts else ""
    return f"The language model did not answer{last}; these are the sources’ own words."


def checking(number: int, titles: tuple[str, ...]) -> str:
    """Which claim is before the gate, and what it is held against; never the claim itself, which has not passed."""
    against = " and ".join(f"“{title}”" for title in titles[:2]) or "its source"
    return f"Checking claim {number} against {against}"


UNDATED_TIME = "as written, source undated"
UNSETTLED_TIME = "as written; nothing in the source settles the date"


def counted_from(words: str, published: str) -> str:
    """What settles a relative date: the day its source was published."""
    return f"“{words}”, counted from the date of publication, {day(published)}"


def counted_from_statement(words: str, said: str) -> str:
    """What settles a relative date in quoted words: the day they were said."""
    return f"“{words}”, counted from the day it was said, {day(said)}"


def time_as_written(words: str) -> str:
    """What settles a date that is written out."""
    return f"“{words}”, as the source has it"


def words_not_found(words: tuple[str, ...]) -> str:
    """Names what of the question no document speaks of; `words` is not empty. A part of a name is not told beside it."""
    whole = [one for one in words if not any(one != other and one in other.split() for other in words)]
    listed = ", ".join(f"“{word}”" for word in whole)
    return f"Nothing found connects the rest of the question with {listed}."


def name_not_known(wanted: str, near: tuple[str, ...]) -> str:
    """Nobody is named so; `near` are known names that are like it, possibly none."""
    told = f"No document names “{wanted}”."
    return f"{told} Near it, the library knows {_listed(near)}." if near else told


def name_shared(wanted: str, bearers: tuple[str, ...]) -> str:
    """Several are named so."""
    return f"“{wanted}” stands for several here: {_listed(bearers)}. Give one of them in full."


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


ONE_ORIGIN = "Everything here goes back to one source: the documents cited copy it or tell of it."


def side(speaker: str | None, title: str, published: str | None) -> str:
    """One side of a disagreement: who says it, in what, and when."""
    where = f"“{title}”, {day(published)}" if published else f"“{title}”, undated"
    return f"{speaker} ({where})" if speaker else where


def other_figures(one: str, here: str, other: str, there: str) -> str:
    """Two sources give different figures or dates for the same."""
    return f"Sources disagree: {one} has “{here}”, {other} has “{there}”."


def denied(affirms: str, denies: str) -> str:
    """One source says what another denies."""
    return f"Sources disagree: what {affirms} says, {denies} denies."


def contrary(one: str, other: str) -> str:
    """Two sources cannot both be right, though neither denies the other."""
    return f"Sources disagree: what {one} says and what {other} says cannot both be so."


def vendor_account(name: str) -> str:
    """Nobody but the vendor itself vouches for any of it."""
    return f"Everything here is the account that {name} gives of itself."


def at_second_hand(writing: str) -> str:
    """Only accounts of a letter, report or statement are cited."""
    return f"Everything here is told at second hand: the {writing} itself is not among what is cited."


def newer_document(cited: str, title: str, published: str, on_the_matter: bool) -> str:
    """What is cited is old; dates only, and no guess at what has changed since."""
    what = "speaks of the same matter" if on_the_matter else "names those the question names"
    return f"The newest document cited is of {day(cited)}; “{title}”, of {day(published)}, {what}."


def corrected_by(quote: str, title: str, published: str | None) -> str:
    """What was said of a cited statement since."""
    when = f", {day(published)}" if published else ""
    return f"A cited statement has been corrected since (“{title}”{when}): “{quote}”"


def read_as(asked: str, read: str) -> str:
    """A word of the question that the library writes otherwise."""
    return f"“{asked}” stands in no document; it was read as “{read}”."


def premise_not_found(doer: str, verb: str) -> str:
    """What the question takes for granted, in its own words, and is not found."""
    return f"No source found connects “{doer}” with “{verb}”, which the question takes for granted."


def relative_date(words: str, title: str) -> str:
    """A relative date that cannot be placed, because its source bears no date."""
    return f"“{words}” is as the source has it; “{title}” bears no date, so the year is not known."
