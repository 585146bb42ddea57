"""The assistant as LangChain parts: a `Runnable` for the whole flow and a `BaseRetriever` for its search.

Both run the flow of `assistant.answering` and add nothing to it; callbacks given in a config see the chain, the
search, the writer and the gate as runs of their own. The command line does without this module, because importing
LangChain's retrievers takes longer than answering a question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda, ensure_config
from langchain_core.runnables.config import get_callback_manager_for_config, patch_config, run_in_executor
from pydantic import ConfigDict

from assistant.answering import Assistant, Step
from assistant.domain import Abstention, Briefing, Clarification, Question, Scope, Supported, Withheld
from assistant.gate import Gate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator

    from langchain_core.callbacks import CallbackManagerForChainRun, CallbackManagerForRetrieverRun

    from assistant.answering import Judge
    from assistant.domain import Citation, Outcome
    from assistant.drafting import Draft, Writer
    from assistant.evidence import Evidence, Hit
    from assistant.retrieval import Retriever
    from assistant.sufficiency import Verdict
    from ingest.ledger.records import PassageRecord

Asked = Question | str | dict[str, Any]
"""A question, its text, or its fields (`{"text": ..., "scope": {...}}`)."""

Yielded = TypeVar("Yielded")
EVERYTHING = Scope()

Shown = Supported | Withheld | Briefing | Abstention | Clarification
"""What a stream yields: each decided claim, then the outcome."""


class BriefingChain(Runnable[Asked, Any]):
    """`invoke` gives the `Outcome`; `stream` the claims as the gate lets them through, then the `Outcome`.

    `astream` gives the same as `stream`, each step in a thread of its own; `batch`, `ainvoke` and `abatch` are
    LangChain's own.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.name = "briefing"

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **_: Any) -> Outcome:  # noqa: A002
        """The outcome of one question; see `Assistant.answer` for what is raised."""
        outcome: Outcome = self._call_with_config(self._answer, input, config, run_type="chain")
        return outcome

    def stream(self, input: Asked, config: RunnableConfig | None = None, **_: Any) -> Generator[Shown]:  # noqa: A002
        """Claims as they pass (or are withheld), then the outcome."""
        yield from _watched("briefing", input, ensure_config(config), lambda child: self._shown(input, child), _last)

    async def astream(
        self,
        input: Asked,  # noqa: A002
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> AsyncIterator[Shown]:
        """The same as `stream`, without holding up the event loop."""
        shown = self.stream(input, config)
        try:
            while (one := await run_in_executor(config, next, shown, None)) is not None:
                yield one
        finally:
            await run_in_executor(config, shown.close)

    def _shown(self, input: Asked, config: RunnableConfig) -> Iterator[Shown]:  # noqa: A002
        for shown in self._traced(config).steps(question_of(input)):
            if not isinstance(shown, Step):
                yield shown

    def _answer(self, input: Asked, run_manager: CallbackManagerForChainRun, config: RunnableConfig) -> Outcome:  # noqa: A002
        child = patch_config(config, callbacks=run_manager.get_child())
        return self._traced(child).answer(question_of(input))

    def _traced(self, config: RunnableConfig) -> Assistant:
        """The same assistant with each part run as a LangChain run of its own."""
        parts = self._assistant
        return replace(
            parts,
            retriever=_TracedRetriever(parts.retriever, config),
            judge=_TracedJudge(parts.judge, config),
            writer=_TracedWriter(parts.writer, config),
            gate=_TracedGate(parts.gate, config),
        )


class PassageRetriever(BaseRetriever):
    """The hybrid search as a LangChain retriever: one `Document` per passage, best first.

    `page_content` is the passage's text; `metadata` holds `id`, `document`, `version`, `title`, `publisher`,
    `published`, `source`, `page`, `start`, `end` and `score`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Any
    """A `Retriever` (typed loosely: pydantic cannot check a protocol)."""

    limit: int = 10

    scope: Scope = EVERYTHING
    """What of the library is searched."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits = self.search.search(Question(text=query, scope=self.scope)).hits[: self.limit]
        return [_document(hit) for hit in hits]


def briefing_chain(assistant: Assistant) -> BriefingChain:
    """The whole flow as a `Runnable`."""
    return BriefingChain(assistant)


def passage_retriever(assistant: Assistant, *, limit: int = 10, scope: Scope = EVERYTHING) -> PassageRetriever:
    """The search as a `BaseRetriever` that gives at most `limit` passages of the documents in `scope`."""
    return PassageRetriever(search=assistant.retriever, limit=limit, scope=scope)


def question_of(asked: Asked) -> Question:
    """The question that was asked, however it was given."""
    if isinstance(asked, Question):
        return asked
    return Question(text=asked) if isinstance(asked, str) else Question.model_validate(asked)


def _document(hit: Hit) -> LangChainDocument:
    passage, metadata = hit.passage, hit.passage.document.metadata
    return LangChainDocument(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "id": passage.id,
            "document": passage.document.id,
            "version": passage.document.version,
            "title": metadata.title,
            "publisher": metadata.publisher,
            "published": metadata.published,
            "source": metadata.address or passage.document.name,
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        },
    )


def _watched(
    name: str,
    given: Any,
    config: RunnableConfig,
    made: Callable[[RunnableConfig], Iterator[Yielded]],
    told: Callable[[list[Yielded]], Any],
) -> Generator[Yielded]:
    """What `made` yields, as one LangChain run; `told` says what its end is told of what was yielded."""
    manager = get_callback_manager_for_config(config)
    run = manager.on_chain_start(None, given, name=config.get("run_name") or name, run_id=config.get("run_id"))
    yielded: list[Yielded] = []
    try:
        for one in made(patch_config(config, callbacks=run.get_child())):
            yielded.append(one)
            yield one
    except BaseException as error:
        run.on_chain_error(error)
        raise
    run.on_chain_end(told(yielded))


def _last(shown: list[Shown]) -> Shown:
    return shown[-1]


class _TracedRetriever:
    def __init__(self, inner: Retriever, config: RunnableConfig) -> None:
        self._run = RunnableLambda(inner.search, name="search").with_config(config)

    def search(self, question: Question) -> Evidence:
        return self._run.invoke(question)


class _TracedJudge:
    def __init__(self, inner: Judge, config: RunnableConfig) -> None:
        self._run = RunnableLambda(inner.weigh, name="weigh").with_config(config)

    def weigh(self, evidence: Evidence) -> Verdict:
        return self._run.invoke(evidence)


class _TracedWriter:
    def __init__(self, inner: Writer, config: RunnableConfig) -> None:
        self._run = RunnableLambda(inner.write, name="write").with_config(config)

    def write(self, evidence: Evidence) -> Draft:
        return self._run.invoke(evidence)


class _TracedGate(Gate):
    """Claims come one by one, so its run lasts from the first to the last of them."""

    def __init__(self, inner: Gate, config: RunnableConfig) -> None:
        self._inner = inner
        self._config = config

    def admit(self, draft: Draft) -> Iterator[Supported | Withheld]:
        yield from _watched("check", draft, self._config, lambda _: self._inner.admit(draft), list)

    def cite(self, passage: PassageRecord, start: int, end: int) -> Citation:
        return self._inner.cite(passage, start, end)
