from __future__ import annotations

import time

import pytest

from assistant.conversation import RuleResolver
from assistant.domain import Earlier, Question, Scope
from ingest.understanding.statement import Entity
from tests.assistant.conversation.shelf import LETTER, REPORT, Shelf, follow

SAID = "What did the HSO say about Northgate?"
ASKED = "What did the commissioner ask Northgate to confirm?"


@pytest.mark.parametrize(
    ("before", "asked", "understood"),
    [
        (SAID, "and the CPA?", "What did the CPA say about Northgate?"),
        (
            SAID,
            "What about the Coastal Privacy Authority?",
            "What did the Coastal Privacy Authority say about Northgate?",
        ),
        (SAID, "and Lumen Grid?", "What did the HSO say about Lumen Grid?"),
        (SAID, "lumen grid?", "What did the HSO say about lumen grid?"),
        (SAID, "how about Brightwater Optics?", "What did the HSO say about Brightwater Optics?"),
        (ASKED, "and Lumen Grid?", "What did the commissioner ask Lumen Grid to confirm?"),
        ("What did Mara Quill say about Northgate?", "and Owen Tarn?", "What did Owen Tarn say about Northgate?"),
        (SAID, "and Mr Holm?", "What did Mr Holm say about Northgate?"),
        ("Are cameras allowed in Felmouth?", "And in Westerby?", "Are cameras allowed in Westerby?"),
        ("How many cameras failed in 2021?", "and in 2022?", "How many cameras failed in 2022?"),
        (SAID, "what about 2021?", "What did the HSO say about Northgate in 2021?"),
        ("What did Northgate deny?", "and about Felmouth?", "What did Northgate deny about Felmouth?"),
        ("What is Northgate’s fine?", "and Lumen Grid’s?", "What is Lumen Grid’s fine?"),
    ],
)
def test_a_name_takes_the_place_of_the_one_of_its_kind(before: str, asked: str, understood: str) -> None:
    assert follow(before, asked).text == understood


@pytest.mark.parametrize(
    ("before", "asked", "understood"),
    [
        (SAID, "why?", "Why did the HSO say about Northgate?"),
        (SAID, "And when?", "When did the HSO say about Northgate?"),
        (SAID, "what else?", "What else did the HSO say about Northgate?"),
        (SAID, "Anything else?", "What else did the HSO say about Northgate?"),
        (SAID, "who else?", "What did anyone else say about Northgate?"),
        ("Who criticised Northgate?", "who else?", "Who else criticised Northgate?"),
        ("Which harbours banned Northgate?", "which others?", "Which other harbours banned Northgate?"),
        ("When did the HSO fine Northgate?", "how much was it?", "How much did the HSO fine Northgate?"),
        ("Is Northgate allowed in Felmouth?", "why not?", "Why is Northgate not allowed in Felmouth?"),
    ],
)
def test_a_bare_question_word_is_asked_of_the_question_before(before: str, asked: str, understood: str) -> None:
    assert follow(before, asked).text == understood


@pytest.mark.parametrize(
    ("did", "do"),
    [
        ("criticised", "criticise"),
        ("banned", "ban"),
        ("accused", "accuse"),
        ("ordered", "order"),
        ("denied", "deny"),
        ("addressed", "address"),
        ("investigated", "investigate"),
        ("required", "require"),
        ("told", "tell"),
        ("asked", "ask"),
    ],
)
def test_what_somebody_did_is_asked_for_by_the_plain_verb(did: str, do: str) -> None:
    read = follow(f"Who {did} Northgate?", "why?", names=("Mara Quill",))
    assert read.text == f"Why did Mara Quill {do} Northgate?"


def test_why_after_who_asks_why_the_one_who_was_named_did_it() -> None:
    read = follow("Who fined Northgate?", "why?", names=("Harbour Standards Office",))
    assert read.text == "Why did the Harbour Standards Office fine Northgate?"


@pytest.mark.parametrize(
    ("before", "asked", "understood"),
    [
        (ASKED, "and what did it reply?", "What did Northgate reply to the commissioner?"),
        (ASKED, "Why did he ask?", "Why did the commissioner ask?"),
        (SAID, "Has it appealed?", "Has Northgate appealed?"),
        ("What did Northgate reply to the HSO?", "and did they pay?", "Did Northgate pay?"),
        (SAID, "When did it say that?", "When did the HSO say that?"),
        (SAID, "What did the CPA say about it?", "What did the CPA say about Northgate?"),
        (SAID, "Did the Ports Committee mention them?", "Did the Ports Committee mention Northgate?"),
        ("What did Mara Quill write to Northgate?", "When did she write it?", "When did Mara Quill write it?"),
        (SAID, "Did the company apologise?", "Did Northgate apologise?"),
        (SAID, "What did the latter answer?", "What did Northgate answer to the HSO?"),
        (SAID, "Who else did it fine?", "Who else did the HSO fine?"),
        (SAID, "Where are its offices?", "Where are Northgate’s offices?"),
        ("What did Mara Quill decide about Northgate?", "What did she order?", "What did Mara Quill order?"),
        ("What did the Ports Committee find?", "Did the committee name it?", "Did the Ports Committee name it?"),
    ],
)
def test_a_pronoun_is_read_as_the_name_it_fits(before: str, asked: str, understood: str) -> None:
    assert follow(before, asked).text == understood


def test_a_pronoun_may_point_at_whom_only_the_answer_names() -> None:
    read = follow("Who fined Northgate?", "What did it say?", names=("Harbour Standards Office", "Northgate"))
    assert read.text == "What did the Harbour Standards Office say?"
    assert read.how is not None and "“it” is the Harbour Standards Office" in read.how
    read = follow("Who wrote to Northgate?", "Where does he work?", names=("Owen Tarn",))
    assert read.text == "Where does Owen Tarn work?"


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        ("only 2022", {"since": "2022", "until": "2022"}),
        ("Only in March 2022, please", {"since": "2022-03", "until": "2022-03"}),
        ("since 2021?", {"since": "2021"}),
        ("and before June 2021?", {"until": "2021-06"}),
        ("between 2020 and 2022", {"since": "2020", "until": "2022"}),
        ("as of 4 March 2023", {"as_of": "2023-03-04"}),
        ("only 2021 and 2022", {"since": "2021", "until": "2022"}),
        ("in 2022 only, please", {"since": "2022", "until": "2022"}),
        ("restrict that to 2022", {"since": "2022", "until": "2022"}),
        ("Show me only June 2021", {"since": "2021-06", "until": "2021-06"}),
        ("before that?", {"until": "2022-05-06"}),
        ("only letters", {"source_types": ("letter",)}),
        ("only committee reports", {"source_types": ("committee_report",)}),
        ("from the HSO", {"publishers": ("Harbour Standards Office",)}),
        ("just the Ports Committee", {"publishers": ("Ports Committee",)}),
        ("only Lumen Grid", {"entities": ("Lumen Grid",)}),
        ("and in the committee's report?", {"documents": (REPORT.id,)}),
        ("in the letter to Northgate?", {"documents": (LETTER.id,)}),
        ("since then?", {"since": "2022-05-06"}),
    ],
)
def test_a_filter_is_set_as_one_and_the_question_stays(asked: str, filters: dict[str, object]) -> None:
    read = follow(SAID, asked, time="2022-05-06")
    assert read.text == SAID
    assert read.scope == Scope(**filters)  # type: ignore[arg-type]
    assert read.how is not None and "only documents" in read.how


def test_filters_stay_while_the_conversation_stays_on_its_matter_and_end_with_it() -> None:
    still = follow(SAID, "and the CPA?", since="2022", until="2022")
    assert still.scope == Scope(since="2022", until="2022")
    assert still.how is not None and "still published in 2022" in still.how
    new = follow(SAID, "Which tribunal sits in Westerby?", since="2022", until="2022")
    assert new.scope == Scope() and new.text == "Which tribunal sits in Westerby?"
    assert new.how == "A new question: “published in 2022” no longer narrows it."
    assert follow(SAID, "any year", since="2022", until="2022").scope == Scope()


def test_a_filter_of_the_question_itself_goes_before_one_of_the_conversation() -> None:
    before = Earlier(question=SAID, standalone=SAID, scope=Scope(since="2020"))
    read = RuleResolver(Shelf()).resolve(Question(text="and the CPA?", scope=Scope(since="2023"), earlier=(before,)))
    assert read.scope == Scope(since="2023")


@pytest.mark.parametrize(
    "asked",
    [
        "What did the Ports Committee recommend?",
        "Is it lawful to film pupils in schools?",
        "How long does it take to appeal a fine in Westerby?",
        "What did Lumen Grid say that it would do?",
        "How many cameras were sold in 2022 in Felmouth?",
    ],
)
def test_a_complete_question_is_not_mixed_with_what_was_asked_before(asked: str) -> None:
    read = follow(SAID, asked)
    assert (read.text, read.how) == (asked, None)


def test_a_question_asked_as_it_stands_is_taken_so() -> None:
    before = Earlier(question=SAID, standalone=SAID)
    asked = Question(text="and the CPA?", earlier=(before,), as_asked=True)
    assert RuleResolver(Shelf()).resolve(asked).text == "and the CPA?"


def test_a_word_of_thanks_is_not_what_a_follow_up_follows() -> None:
    thanks = Earlier(question="Great, thank you!")
    read = RuleResolver(Shelf()).resolve(Question(text="and the CPA?", earlier=(Earlier(question=SAID), thanks)))
    assert read.text == "What did the CPA say about Northgate?"


def test_follow_ups_of_follow_ups_are_understood_from_their_questions_alone() -> None:
    asked = Question(text="and what did it reply?", previous=(ASKED, "and Lumen Grid?"))
    assert RuleResolver(Shelf()).resolve(asked).text == "What did Lumen Grid reply to the commissioner?"


@pytest.mark.parametrize(
    "asked",
    [
        "Does the Ports Committee agree?",
        "How large was the fine?",
        "Anything newer?",
        "and the Westerby regulator?",
    ],
)
def test_what_leans_on_the_question_before_carries_its_matter_in_brackets(asked: str) -> None:
    read = follow(SAID, asked)
    assert read.text.endswith("(HSO Northgate)") and read.text.casefold().startswith(asked.casefold())
    assert read.how == "With the matter of the question before."


@pytest.mark.parametrize(
    "text", [" " * 1990 + "x?", "it " * 660, "What" + " " * 1900 + "did?", "and " * 490, "the former " * 180]
)
def test_a_senseless_question_is_read_in_no_time_and_stays_within_its_length(text: str) -> None:
    for before, asked in ((SAID, text), (text, "what did it reply?"), (text, text)):
        begun = time.process_time()
        assert 0 < len(follow(before, asked).text) <= 2000
        assert time.process_time() - begun < 1.0


LOOKALIKES = Shelf(
    (
        Entity("Orbit Lenses", "person", ()),
        Entity("The Quay Data Commissioner", "person", ("Commissioner",)),
        Entity("Nadia Holt", "person", ("Holt",)),
    )
)


@pytest.mark.parametrize(
    ("before", "asked", "understood"),
    [
        (
            "What did the Quay Data Commissioner ask Orbit Lenses to confirm?",
            "and what did it reply?",
            "What did Orbit Lenses reply to the Quay Data Commissioner?",
        ),
        ("What does Orbit Lenses sell?", "Who runs the company?", "Who runs Orbit Lenses?"),
        ("What did Nadia Holt find?", "and what did she recommend?", "What did Nadia Holt recommend?"),
        ("How many complaints were there?", "since when?", "Since when were there complaints?"),
    ],
)
def test_two_capitals_make_no_person_of_a_company(before: str, asked: str, understood: str) -> None:
    earlier = (Earlier(question=before, standalone=before),)
    assert RuleResolver(LOOKALIKES).resolve(Question(text=asked, earlier=earlier)).text == understood


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("2", "What did the Ports Commissioner say?"),
        ("the second one", "What did the Ports Commissioner say?"),
        ("the Ports Commissioner", "What did the Ports Commissioner say?"),
        ("I mean the harbour one.", "What did the Harbour Commissioner say?"),
        ("What did the Ports Commissioner say in May?", "What did the Ports Commissioner say in May?"),
    ],
)
def test_a_question_that_was_offered_is_chosen_by_its_place_or_its_words(asked: str, understood: str) -> None:
    before = Earlier(
        question="What did the commissioner say?",
        standalone="What did the commissioner say?",
        choices=("What did the Harbour Commissioner say?", "What did the Ports Commissioner say?"),
    )
    assert RuleResolver(Shelf()).resolve(Question(text=asked, earlier=(before,))).text == understood


def test_whoever_was_fined_is_the_one_who_appeals() -> None:
    fined = "Who fined Northgate Cameras?"
    assert follow(fined, "Did it appeal?", names=("Harbour Standards Office",)).text == "Did Northgate Cameras appeal?"
    found = follow(fined, "What else did it find?", names=("Harbour Standards Office",)).text
    assert found == "What else did the Harbour Standards Office find?"
