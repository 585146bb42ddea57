from __future__ import annotations

from dataclasses import replace

from assistant.aligning import BEHIND, aligned
from assistant.evidence import Evidence
from assistant.sufficiency import SufficiencyJudge, Verdict

from .material import document, passage, weighed_evidence


def found(question: str, *papers: tuple[str, str]) -> Evidence:
    """Evidence from papers of (title, sentence), judged against the question's names, times and attribute."""
    passages = []
    for number, (title, sentence) in enumerate(papers):
        passages.append(passage(document(sentence, name=f"{number}.txt", title=title), sentence))
    return weighed_evidence(question, *passages, nearness=0.3)


def judged(question: str, *papers: tuple[str, str]) -> Verdict:
    """The verdict on `question` over `papers`."""
    return SufficiencyJudge(0.4).weigh(found(question, *papers))


def off(evidence: Evidence) -> set[str]:
    """Sentences that are about something else."""
    return {one.text for one in evidence.statements if not one.about}


def test_a_document_that_names_none_of_the_questions_bearers_is_about_others() -> None:
    theirs, ours = "Borealis made a profit of £4m.", "Arc Optics made a profit of £3m."
    evidence = found("What profit did Arc Optics make?", ("Borealis", theirs), ("Arc Optics", ours))
    assert off(evidence) == {theirs}
    assert evidence.statements[0].text == ours


def test_a_title_names_the_bearer_for_all_its_sentences() -> None:
    assert not off(found("What profit did Arc Optics make?", ("Arc Optics plc", "The company made £3m.")))


def test_a_statement_about_something_else_keeps_little_of_its_score() -> None:
    evidence = found("What was sold in May 2021?", ("Sales", "In June 2021 a lens was sold."))
    whole = tuple(replace(one, about=1.0, score=1.0) for one in evidence.statements)
    assert [one.score for one in aligned(evidence.view, evidence.hits, whole)] == [BEHIND]


def test_the_other_way_round_is_something_else() -> None:
    question = "Why did Norvale switch its lamps back on?"
    assert off(found(question, ("Norvale", "Norvale switched off its lamps.")))
    assert not off(found(question, ("Norvale", "Norvale switched its lamps on again.")))


def test_another_year_is_refused() -> None:
    question = "What was the profit of Arc Optics in 2022?"
    assert judged(question, ("Arc Optics", "In 2023 the profit of Arc Optics was £3m.")).reason == "part_not_found"
    assert judged(question, ("Arc Optics", "In 2022 the profit of Arc Optics was £3m.")).reason is None


def test_the_chief_executive_of_another_company_is_refused() -> None:
    question = "Who is the chief executive of Borealis?"
    told = ("Lamps", "Mia Stone, chief executive of Arc Optics, spoke; Borealis did not.")
    assert judged(question, told).reason == "part_not_found"


def test_a_figure_that_no_sentence_gives_is_refused() -> None:
    question = "What was the cash flow of Arc Optics?"
    assert judged(question, ("Arc Optics", "Arc Optics manages its cash flow with care.")).reason is not None
    assert judged(question, ("Arc Optics", "The cash flow of Arc Optics was £3m.")).reason is None


def test_a_name_that_is_only_made_up_of_held_words_is_missing() -> None:
    verdict = judged("Did the Home Secretary ban the lamps?", ("Lamps", "The secretary banned lamps at home."))
    assert verdict.reason is not None and "Home Secretary" in verdict.missing
