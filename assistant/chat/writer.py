"""The writer that asks a language model. It trusts nothing that comes back: claims go to the gate like any other.

From the model come words and tokens. Which place of which document a token means, and who says it in what standing, is
known here and in the ledger; the model has no say in it and never sees an address, a document's id or a place.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import prompts
from assistant.chat.exchange import Exchange, Interrupted, Unanswered
from assistant.chat.parsing import Parser, Said
from assistant.chat.showing import Shown, shown
from assistant.checks.stating import states
from assistant.company import company
from assistant.drafting import Draft, DraftClaim, Mended, Writing
from assistant.messages import WITHHELD
from assistant.referring import copies, own_words, references
from assistant.wariness import harmless, share_of_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import Supported, Withheld
    from assistant.drafting import Refused, Writer
    from assistant.evidence import Evidence, Statement

MOST_CLAIMS = 12
"""A longer draft is read no further."""


SPEAKS_OF = 0.5
"""A claim with this share of a statement's words speaks of it."""


class ChatWriter:
    """Safe to share between threads; `plain` writes what is shown when the model's draft comes to nothing."""

    def __init__(
        self, exchange: Exchange, plain: Writer, *, statements: int = 24, structured: bool = False, repair: bool = True
    ) -> None:
        form = "json" if structured else "lines"
        self._exchange = exchange
        self._plain = plain
        self._statements = statements
        self._repair = repair
        self._bare = structured
        self._rules, self._question, self._again, self._form, self._form_again = (
            prompts.load(f"answer/{name}") for name in ("rules", "question", "repair", form, f"mended_{form}")
        )

    def write(self, evidence: Evidence) -> Draft:
        """See `Writer`; the model is asked when the first claim is read."""
        seen = shown(evidence, self._statements)
        if not seen.statements:
            return self._plain.write(evidence)
        told = (self._rules, self._question, self._form)
        writing = Writing(evidence=seen.places, prompts={one.name: one.digest for one in told})
        answer = _Answer(self, evidence, seen, writing)
        return Draft(
            answer.claims(),
            writing,
            mended=answer.mended if self._repair else _nothing_mended,
            in_its_place=answer.in_its_place,
            listed=answer.listed,
            company=answer.company,
            instead=answer.instead,
        )

    def first_message(self, seen: Shown, question: str) -> list[tuple[str, str]]:
        """What the model is told at first."""
        form = self._form.fill(example=self._example(seen))
        return [
            ("system", self._rules.fill(opening=seen.opening, closing=seen.closing, form=form)),
            (
                "human",
                self._question.fill(
                    question=" ".join(question.split()), opening=seen.opening, evidence=seen.text, closing=seen.closing
                ),
            ),
        ]

    def second_message(self, seen: Shown, refused: Sequence[Refused], writing: Writing) -> str:
        """What it is told of the claims that were refused."""
        told = (self._again, self._form_again)
        writing.prompts |= {one.name: one.digest for one in told}
        lines = (
            f"{number}: {one.claim.text}\n   Refused: {WITHHELD[one.why.reason]}. {one.why.detail}"
            for number, one in enumerate(refused, start=1)
        )
        return self._again.fill(refused="\n".join(lines), form=self._form_again.fill(example=self._example(seen)))

    def pieces(self, messages: list[tuple[str, str]], writing: Writing) -> Iterator[str]:
        """The model's reply; see `Exchange.stream` for what is raised."""
        return self._exchange.stream(messages, writing)

    def in_own_words(self, evidence: Evidence) -> Draft:
        """The sources' own words."""
        return self._plain.write(evidence)

    def _example(self, seen: Shown) -> str:
        return f'"{seen.tokens.bare(1)}"' if self._bare else seen.tokens.of(1)


class _Answer:
    """One answer being written: the conversation with the model, and what has come of it."""

    def __init__(self, writer: ChatWriter, evidence: Evidence, seen: Shown, writing: Writing) -> None:
        self._writer = writer
        self._evidence = evidence
        self._seen = seen
        self._writing = writing
        self._messages: list[tuple[str, str]] = []

    def claims(self) -> Iterator[DraftClaim]:
        """Each claim as the model completes it."""
        self._messages = self._writer.first_message(self._seen, self._evidence.view.text)
        for said in islice(self._said(Parser(self._seen.tokens), self._messages), MOST_CLAIMS):
            yield self._claim(said)

    def mended(self, refused: Sequence[Refused]) -> Iterator[Mended]:
        """One more round about the refused claims; silence when the model does not answer again."""
        if {"model_unavailable", "model_interrupted"} & set(self._writing.caveats):
            return
        again = self._writer.second_message(self._seen, refused, self._writing)
        before = [("assistant", "\n".join(one.claim.text for one in refused))]
        parser = Parser(self._seen.tokens, numbered=True)
        noted = list(self._writing.caveats)
        for said in self._said(parser, [*self._messages, *before, ("human", again)]):
            if said.number is not None and 1 <= said.number <= len(refused):
                yield Mended(said.number - 1, self._claim(said))
        # The answer stands without this round, so that nothing of it needs telling.
        self._writing.caveats[:] = noted

    def in_its_place(self, refused: Refused) -> DraftClaim | None:
        """The first statement that a refused claim cites, when it is what the claim speaks of."""
        if refused.why.reason in ("address_not_in_source", "states_nothing"):
            return None
        cited = [(one.document, one.start) for one in refused.claim.references]
        for one in self._seen.statements:
            if _place(one) in cited and share_of_words(refused.claim.text, [one.text]) >= SPEAKS_OF:
                return own_words(one, self._evidence.statements)
        return None

    def listed(self, withheld: Withheld) -> Withheld:
        """A refused claim as it may be read: in words of the question and of what the evidence states."""
        held = [self._evidence.view.text, *(one.text for one in self._seen.statements if states(one.text))]
        return harmless(withheld, held)

    def company(self, claims: Sequence[Supported]) -> Iterator[DraftClaim]:
        """What the cited statements must not be shown without, in the sources' own words."""
        cited = {(one.document, one.start) for claim in claims for one in claim.citations}
        for one in [one for one in self._seen.statements if _place(one) in cited]:
            for other in company(one, self._evidence.statements):
                if _place(other) not in cited:
                    cited.add(_place(other))
                    yield own_words(other, self._evidence.statements)

    def instead(self) -> Draft:
        """The sources' own words, and why they stand in."""
        failed = {"model_unavailable", "model_interrupted"} & set(self._writing.caveats)
        self._writing.caveats[:] = ["model_unavailable" if failed else "model_gave_nothing"]
        return self._writer.in_own_words(self._evidence)

    def _said(self, parser: Parser, messages: list[tuple[str, str]]) -> Iterator[Said]:
        try:
            for piece in self._writer.pieces(messages, self._writing):
                yield from parser.feed(piece)
                if parser.full:
                    break
        except Interrupted:
            self._writing.caveats.append("model_interrupted")
            yield from parser.close(cut=True)
        except Unanswered:
            self._writing.caveats.append("model_unavailable")
        else:
            yield from parser.close()

    def _claim(self, said: Said) -> DraftClaim:
        """The claim with the places its tokens mean; none when one of them means nothing."""
        named = [number for number in said.evidence if 1 <= number <= len(self._seen.statements)]
        statements = [self._seen.statements[number - 1] for number in named]
        if len(named) < len(said.evidence):
            return DraftClaim(said.text, (), composed=True)
        found = [place for one in statements for place in references(one)]
        found += [
            place
            for one in statements
            for copy in copies(one, self._evidence.statements)
            for place in references(copy)[:1]
        ]
        return DraftClaim(said.text, tuple(dict.fromkeys(found)), composed=True)


def _place(one: Statement) -> tuple[str, int]:
    return (one.passage.document.id, one.start)


def _nothing_mended(_: Sequence[Refused]) -> Iterator[Mended]:
    return iter(())
