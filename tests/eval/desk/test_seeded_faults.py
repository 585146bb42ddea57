"""A change that hurts turns a shipped suite red and names the right cases; one that does not leaves it as it was.

Every fault is put into a part of the real assistant over the real starter library, behind the protocol of that part.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pytest

import prompts
from assistant import wiring
from assistant.answering import Assistant
from assistant.checks import names, operators, standing, wording
from assistant.domain import Citation, Question, Supported, Withheld
from assistant.drafting import Draft, DraftClaim, Writer
from assistant.evidence import Evidence
from assistant.gate import CHECKS, Gate
from assistant.settings import Settings, load
from assistant.sufficiency import SufficiencyJudge
from eval.comparing import CaseResult, compare, results
from eval.library_for import opened, prepared, sources
from eval.record import Answer
from eval.running import answer
from eval.scoring import score
from eval.shipped import suite_file
from eval.suite import Case, Suite
from eval.suite import load as load_suite
from eval.targets import InProcess
from ingest.ledger.records import PassageRecord
from ingest.library import Library
from ingest.pipeline import ingest

CASES = """
    fine-clearview survey-replies report-number dahua-asked-to-confirm hikvision-denied committee-found-hikvision
    big-brother-watch-facewatch falk-ordered body-worn-hikvision does-fine-stand published-never-again camera-order-date
    filter-until filter-as-of filter-type ico-fine-dahua cost-of-cameras facewatch-fine weather home-address
    premise-dahua-admitted upper-tribunal-date lawrence-role sampson-police-estate
""".split()
DRAFTS = """
    plain-fact wrong-amount wrong-date quote-altered quote-exact negated quantifier-raised hedge-removed ban-overstated
    wrong-speaker-company wrong-speaker-quote allegation-as-fact recommendation-as-decision
""".split()


@dataclass
class Bench:
    """The starter library, open, with the cases asked over it and what became of them before any fault."""

    assistant: Assistant
    suites: tuple[Suite, Suite]
    before: tuple[CaseResult, ...]

    def cases(self) -> list[Case]:
        return [
            case
            for suite, wanted in zip(self.suites, (CASES, DRAFTS), strict=True)
            for case in suite.cases
            if case.id in wanted
        ]

    def ask(self, assistant: Assistant) -> tuple[CaseResult, ...]:
        target = InProcess(assistant, wiring.checker(assistant))
        documents = {one.id: (one.name, one.title) for one in target.documents()}
        asked: list[tuple[Case, Answer]] = [(case, answer(case, 0, target)) for case in self.cases()]
        return results([score(case, one, documents, 0.0) for case, one in asked])

    def broken(self, faulty: Assistant) -> set[str]:
        made = compare(self.before, self.ask(faulty), {})
        assert made.verdict == "regression"
        return {one.after.case for one in made.broken}


@pytest.fixture(scope="module")
def settings(model_cache: Path) -> Settings:
    return load({"BRIEFING_CACHE": str(model_cache)})


@pytest.fixture(scope="module")
def bench(settings: Settings) -> Iterator[Bench]:
    files = [suite_file(name) for name in ("starter", "drafts")]
    starter, drafts = (load_suite(file)[0] for file in files)
    with opened(prepared(starter, files[0], settings), settings) as (library, named):
        made = Bench(wiring.over(library, named), (starter, drafts), ())
        made.before = made.ask(made.assistant)
        yield made


def test_the_cases_of_these_tests_pass_before_any_fault(bench: Bench) -> None:
    assert {one.case for one in bench.before} == {*CASES, *DRAFTS}
    assert [one.case for one in bench.before if one.came != "passed"] == []


def test_a_rebuilt_assistant_is_the_same(bench: Bench) -> None:
    library = bench.assistant.library
    again = wiring.over(library, load(overrides={"library": library.folder, "cache": library.settings.cache}))

    made = compare(bench.before, bench.ask(replace(again, clock=lambda: 0.0)), {})

    assert (made.verdict, made.changed) == ("same", ())


class TamperedGate(Gate):
    """A gate whose decisions go through `change` before anybody sees them."""

    def __init__(self, inner: Gate, change: Callable[[Supported], Supported]) -> None:
        self._inner = inner
        self._change = change

    def admit(self, draft: Draft) -> Iterator[Supported | Withheld]:
        for decided in self._inner.admit(draft):
            yield self._change(decided) if isinstance(decided, Supported) else decided

    def cite(self, passage: PassageRecord, start: int, end: int) -> Citation:
        return self._inner.cite(passage, start, end)


class TamperedWriter:
    """A writer whose claims go through `change` before the gate sees them."""

    def __init__(self, inner: Writer, change: Callable[[DraftClaim], DraftClaim]) -> None:
        self._inner = inner
        self._change = change

    def write(self, evidence: Evidence) -> Draft:
        draft = self._inner.write(evidence)
        return replace(draft, claims=[self._change(one) for one in draft.claims])


class Forgetful:
    """A retriever that searches the whole library, whatever was asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self._inner = assistant.retriever

    def search(self, question: Question) -> Evidence:
        return self._inner.search(Question(text=question.text))


def gated(bench: Bench, change: Callable[[Supported], Supported]) -> Assistant:
    return replace(bench.assistant, gate=TamperedGate(bench.assistant.gate, change))


def test_a_dropped_citation_is_caught(bench: Bench) -> None:
    writer = TamperedWriter(bench.assistant.writer, lambda claim: replace(claim, references=()))

    assert {"fine-clearview", "survey-replies", "dahua-asked-to-confirm"} <= bench.broken(
        replace(bench.assistant, writer=writer)
    )


def test_two_swapped_speakers_are_caught(bench: Bench) -> None:
    other = {"Hikvision": "Dahua", "Professor Fraser Sampson": "Justin Hollis"}

    def swapped(claim: Supported) -> Supported:
        return claim.model_copy(update={"speaker": other.get(claim.speaker or "", claim.speaker)})

    broken = bench.broken(gated(bench, swapped))
    assert "hikvision-denied" in broken
    assert "fine-clearview" not in broken


def test_a_lowered_threshold_is_caught(bench: Bench) -> None:
    class Credulous(SufficiencyJudge):
        def weigh(self, evidence: Evidence):  # type: ignore[no-untyped-def]
            verdict = super().weigh(evidence)
            return replace(verdict, reason=None) if evidence.statements else verdict

    broken = bench.broken(replace(bench.assistant, judge=Credulous(0.0)))
    assert {"weather", "home-address", "ico-fine-dahua"} <= broken
    assert "fine-clearview" not in broken


def test_offsets_that_are_off_by_one_are_caught(bench: Bench) -> None:
    def shifted(claim: Supported) -> Supported:
        moved = tuple(one.model_copy(update={"start": one.start + 1, "end": one.end + 1}) for one in claim.citations)
        return claim.model_copy(update={"citations": moved})

    assert {"fine-clearview", "report-number", "falk-ordered"} <= bench.broken(gated(bench, shifted))


def test_an_ignored_filter_is_caught(bench: Bench) -> None:
    broken = bench.broken(replace(bench.assistant, retriever=Forgetful(bench.assistant)))

    assert broken & {"filter-until", "filter-as-of", "filter-type"}
    assert "fine-clearview" not in broken


def test_a_stale_library_is_caught(bench: Bench, settings: Settings, tmp_path: Path) -> None:
    with other_library(tmp_path, settings, lambda name: name != "clearview-uk-appeals.pdf") as assistant:
        broken = bench.broken(assistant)

    assert {"fine-clearview", "upper-tribunal-date"} <= broken
    assert "survey-replies" not in broken


def test_a_broken_reader_is_caught(bench: Bench, settings: Settings, tmp_path: Path) -> None:
    with other_library(tmp_path, settings, lambda name: not name.endswith(".html")) as assistant:
        broken = bench.broken(assistant)

    assert {"survey-replies", "camera-order-date"} <= broken
    assert "fine-clearview" not in broken


class other_library:
    """The assistant over a library of those starter notes whose name is `wanted`."""

    def __init__(self, folder: Path, settings: Settings, wanted: Callable[[str], bool]) -> None:
        self._settings = settings.model_copy(update={"library": folder / "library"})
        self._files = [str(one) for one in sources(Path("suite.yaml"), ("starter",)) if wanted(one.name)]

    def __enter__(self) -> Assistant:
        self._library = Library.open(self._settings, create=True)
        list(ingest(self._library, self._files))
        return wiring.over(self._library, self._settings)

    def __exit__(self, *_: object) -> None:
        self._library.close()


def test_a_lost_order_of_statements_is_caught(bench: Bench) -> None:
    class Shuffled:
        """A retriever that has lost its re-ranking: what is nearest comes last."""

        def search(self, question: Question) -> Evidence:
            found = bench.assistant.retriever.search(question)
            return replace(found, hits=found.hits[::-1], statements=found.statements[::-1])

    assert len(bench.broken(replace(bench.assistant, retriever=Shuffled()))) >= 3


@pytest.mark.parametrize(
    ("module", "caught"),
    [
        (names, {"ban-overstated"}),
        (operators, {"hedge-removed", "quantifier-raised"}),
        (standing, {"wrong-speaker-company", "wrong-speaker-quote", "recommendation-as-decision"}),
        (wording, {"allegation-as-fact"}),
    ],
)
def test_a_disabled_check_is_caught(bench: Bench, module: ModuleType, caught: set[str]) -> None:
    """Those of figures, quotations and order are each doubled by another, so that one alone may be lost unseen."""
    left = tuple(one for one in CHECKS if one.__module__ != module.__name__)
    assert len(left) < len(CHECKS)

    assert caught <= bench.broken(replace(bench.assistant, gate=Gate(bench.assistant.library.ledger, checks=left)))


@pytest.mark.parametrize("name", [one for one in prompts.names() if prompts.load(one).fields])
def test_a_cut_prompt_field_is_caught_before_a_model_is_asked(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(Path(prompts.__file__).parent, folder)
    file = folder / f"{name}.md"
    field = min(prompts.load(name).fields)
    file.write_text(re.sub(rf"\$\{{?{field}\b\}}?", "", file.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(prompts.PromptError, match=field):
        prompts.load(name, folder=folder)
