"""The assistant as LangChain parts, called in every way that LangChain knows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.chain import BriefingChain, briefing_chain, passage_retriever
from assistant.domain import Abstention, Briefing, Question, Scope, Supported, Withheld
from assistant.evidence import Evidence
from assistant.sufficiency import Verdict
from ingest.errors import IndexUnavailable
from tests.assistant.test_answering import ASKED, FALSE, LETTER, TRUE, Found, assistant


class Watch(BaseCallbackHandler):
    """Names of the runs as they begin and end, and what each ended with."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: dict[str, Any] = {}
        self.failed: list[str] = []
        self.parents: dict[str, Any] = {}
        self.names: dict[Any, str] = {}

    def on_chain_start(self, serialized: object, inputs: object, *, run_id: Any, **kwargs: Any) -> None:
        name = str(kwargs.get("name"))
        self.names[run_id] = name
        self.begun.append(name)
        self.parents[name] = self.names.get(kwargs.get("parent_run_id"))

    def on_chain_end(self, outputs: object, *, run_id: Any, **kwargs: Any) -> None:
        self.ended[self.names[run_id]] = outputs

    def on_chain_error(self, error: BaseException, *, run_id: Any, **kwargs: Any) -> None:
        self.failed.append(self.names[run_id])


class Unreachable:
    """A retriever whose index is gone."""

    def search(self, question: Question) -> Evidence:
        raise IndexUnavailable("The index does not answer.", remedy="Start it.")


class Asking:
    """A retriever that remembers what it was asked."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.asked: list[Question] = []

    def search(self, question: Question) -> Evidence:
        self.asked.append(question)
        return self.found.search(question)


async def streamed(chain: BriefingChain, asked: Any, **more: Any) -> list[Any]:
    return [one async for one in chain.astream(asked, **more)]


WAYS: dict[str, Callable[[BriefingChain, Any], Any]] = {
    "invoke": lambda chain, config: chain.invoke(ASKED, config),
    "batch": lambda chain, config: chain.batch([ASKED], config)[0],
    "stream": lambda chain, config: list(chain.stream(ASKED, config))[-1],
    "ainvoke": lambda chain, config: asyncio.run(chain.ainvoke(ASKED, config)),
    "abatch": lambda chain, config: asyncio.run(chain.abatch([ASKED], config))[0],
    "astream": lambda chain, config: asyncio.run(streamed(chain, ASKED, config=config))[-1],
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_calling_the_chain_gives_the_same_outcome(way: str) -> None:
    outcome = WAYS[way](briefing_chain(assistant(TRUE)), None)
    expected = assistant(TRUE).answer(ASKED)
    assert outcome.model_dump(exclude={"trace"}) == expected.model_dump(exclude={"trace"})


@pytest.mark.parametrize("way", WAYS)
def test_callbacks_see_each_step_below_the_chain(way: str) -> None:
    watch = Watch()
    WAYS[way](briefing_chain(assistant(TRUE)), {"callbacks": [watch]})

    assert watch.begun == ["briefing", "search", "weigh", "write", "check"]
    assert {watch.parents[step] for step in watch.begun[1:]} == {"briefing"}
    assert watch.ended.keys() == set(watch.begun) and watch.failed == []
    assert isinstance(watch.ended["briefing"], Briefing)
    assert [type(one) for one in watch.ended["check"]] == [Supported]


@pytest.mark.parametrize("way", WAYS)
def test_a_failure_is_told_to_the_callbacks_and_raised_as_it_is(way: str) -> None:
    watch = Watch()
    broken = replace(assistant(TRUE), retriever=Unreachable())
    with pytest.raises(IndexUnavailable, match="Start it"):
        WAYS[way](briefing_chain(broken), {"callbacks": [watch]})
    assert watch.failed == ["search", "briefing"]


def test_a_question_is_taken_as_text_as_fields_and_as_itself() -> None:
    chain = briefing_chain(assistant(TRUE))
    for asked in (ASKED, ASKED.text, {"text": ASKED.text, "scope": {"publishers": ["A Paper"]}}):
        assert chain.invoke(asked).question == ASKED.text


def test_the_chain_streams_decided_claims_and_then_the_outcome() -> None:
    chain = briefing_chain(assistant(TRUE, FALSE))
    expected = [Supported, Withheld, Briefing]
    assert [type(one) for one in chain.stream({"text": ASKED.text})] == expected
    assert [type(one) for one in asyncio.run(streamed(chain, ASKED))] == expected


def test_a_stream_that_nobody_reads_to_its_end_is_told_to_the_callbacks() -> None:
    watch = Watch()
    stream = briefing_chain(assistant(TRUE, FALSE)).stream(ASKED, {"callbacks": [watch]})
    assert isinstance(next(stream), Supported)
    stream.close()
    assert watch.failed == ["check", "briefing"]


def test_an_abstention_is_an_outcome_of_the_chain_and_no_claim_is_checked() -> None:
    watch = Watch()
    chain = briefing_chain(assistant(TRUE, verdict=Verdict("part_not_found")))
    assert isinstance(chain.invoke(ASKED, {"callbacks": [watch]}), Abstention)
    assert watch.begun == ["briefing", "search", "weigh"]


def test_the_chain_answers_a_batch_in_order() -> None:
    outcomes = briefing_chain(assistant(TRUE)).batch([f"Question {n}?" for n in range(20)])
    assert [outcome.question for outcome in outcomes] == [f"Question {n}?" for n in range(20)]


def test_the_chain_is_a_runnable_that_joins_with_others() -> None:
    joined = RunnableLambda(str.strip) | briefing_chain(assistant(TRUE)) | RunnableLambda(lambda said: len(said.claims))
    assert isinstance(joined, Runnable)
    assert joined.invoke("  What fine did the firm pay?  ") == 1


def test_a_run_bears_the_name_that_the_caller_gave_it() -> None:
    for call in ("invoke", "stream"):
        watch = Watch()
        chain = briefing_chain(assistant(TRUE)).with_config(run_name="my briefing", callbacks=[watch])
        list(getattr(chain, call)(ASKED))
        assert watch.begun == ["my briefing", "search", "weigh", "write", "check"]


def test_the_retriever_gives_langchain_documents_with_their_place() -> None:
    retriever = passage_retriever(assistant(TRUE), limit=3)
    assert isinstance(retriever, BaseRetriever)
    for found in (retriever.invoke("fine"), asyncio.run(retriever.ainvoke("fine")), retriever.batch(["fine"])[0]):
        (document,) = found
        assert document.page_content == TRUE
        assert LETTER.text[document.metadata["start"] : document.metadata["end"]] == TRUE
        assert document.metadata["publisher"] == "A Paper" and document.id == document.metadata["id"]


def test_the_retriever_searches_what_it_is_told_to_and_gives_no_more_than_its_limit() -> None:
    parts = assistant(TRUE)
    assert isinstance(parts.retriever, Found)
    asking = Asking(parts.retriever)
    scope = Scope(publishers=("A Paper",))
    retriever = passage_retriever(replace(parts, retriever=asking), limit=0, scope=scope)
    assert retriever.invoke("fine") == []
    assert asking.asked == [Question(text="fine", scope=scope)]


def test_callbacks_see_the_retriever() -> None:
    class Heard(BaseCallbackHandler):
        def __init__(self) -> None:
            self.found: list[int] = []

        def on_retriever_end(self, documents: Any, **kwargs: Any) -> None:
            self.found.append(len(documents))

    heard = Heard()
    passage_retriever(assistant(TRUE)).invoke("fine", {"callbacks": [heard]})
    assert heard.found == [1]
