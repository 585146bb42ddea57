"""A chat model as a judge of claims, with verdicts that are frozen once given.

A verdict is kept by the fingerprint of everything it depends on (prompt, model, claim, evidence), so that judging the same
again is free and gives the same. How far a judge is to be trusted is measured against people's labels, never assumed: models
agree with people on little more than half of all support labels (TREC RAG 2024).
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

import prompts
from ingest.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from assistant.chat.exchange import Speaks
    from eval.results import Results

Verdict = Literal["supported", "unsupported", "unclear"]
PROMPT = "evaluation/judge"
_WORD = re.compile(r"\b(?:UN)?SUPPORTED\b|\bUNCLEAR\b", re.I)


class JudgeUnavailable(BriefingError):
    """The judge does not answer; verdicts given before are kept."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often judge and people agree, and how often beyond chance (Cohen 1960); `kappa` is None when chance explains all."""

    count: int
    share: float
    kappa: float | None


class Frozen:
    """Verdicts by fingerprint, one a line in a file, kept as they are given. Safe to share between threads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writing = threading.Lock()
        self._known: dict[str, Verdict] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            held = json.loads(line)
            self._known[held["fingerprint"]] = held["verdict"]

    def get(self, fingerprint: str) -> Verdict | None:
        """The verdict given before, None when there is none."""
        return self._known.get(fingerprint)

    def keep(self, fingerprint: str, verdict: Verdict) -> None:
        """Keep a verdict."""
        with self._writing, self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"fingerprint": fingerprint, "verdict": verdict}) + "\n")
            self._known[fingerprint] = verdict


class Judge:
    """Asks `model`, called `name`, about what `frozen` does not hold."""

    def __init__(self, model: Speaks, name: str, frozen: Frozen) -> None:
        self._model = model
        self.name = name
        self._frozen = frozen
        self._prompt = prompts.load(PROMPT)
        self.asked = 0

    def judge(self, claim: str, evidence: Sequence[str]) -> Verdict:
        """Whether `evidence`, quotes of the sources, supports `claim`.

        Raises:
            JudgeUnavailable: the model does not answer.
        """
        parts = [self._prompt.digest, self.name, claim, *evidence]
        fingerprint = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        known = self._frozen.get(fingerprint)
        if known is None:
            known = self._ask(claim, evidence)
            self._frozen.keep(fingerprint, known)
        return known

    def _ask(self, claim: str, evidence: Sequence[str]) -> Verdict:
        self.asked += 1
        asked = self._prompt.fill(claim=claim, evidence="\n".join(evidence))
        try:
            said = "".join(str(piece.content) for piece in self._model.stream(asked))
        except Exception as error:  # every provider has its own; what it says may repeat a part of a key
            raise JudgeUnavailable(
                f"`{self.name}` does not answer ({type(error).__name__}).",
                remedy="Try again; verdicts given are kept.",
            ) from None
        words = {word.lower() for word in _WORD.findall(said)}
        # A judge that says two things, or none, has not decided.
        return cast("Verdict", words.pop()) if len(words) == 1 else "unclear"


def judged(held: Results, judge: Judge) -> list[tuple[str, float | None]]:
    """For each case of the first repeat its group and the share of its claims judged supported; unclear ones are left out."""
    shares: list[tuple[str, float | None]] = []
    for one in held.scored:
        outcome = one.answer.outcome
        if outcome is None or one.answer.repeat:
            continue
        verdicts = [judge.judge(claim.text, [cited.quote for cited in claim.citations]) for claim in outcome.claims]
        clear = [verdict == "supported" for verdict in verdicts if verdict != "unclear"]
        shares.append((one.case.group, sum(clear) / len(clear) if clear else None))
    return shares


def agreement(pairs: Iterable[tuple[Verdict, Verdict]]) -> Agreement | None:
    """Of two raters' verdicts on the same claims; pairs with an unclear one are left out; None without any."""
    clear = [pair for pair in pairs if "unclear" not in pair]
    if not clear:
        return None
    share = sum(one == other for one, other in clear) / len(clear)
    first, second = (Counter(side) for side in zip(*clear, strict=True))
    chance = sum(first[name] * second[name] for name in get_args(Verdict)) / len(clear) ** 2
    return Agreement(len(clear), share, (share - chance) / (1 - chance) if chance < 1 else None)
