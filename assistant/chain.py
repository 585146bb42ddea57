"""The assistant as LangChain parts: a `Runnable` for the whole flow and a `BaseRetriever` for its search.

Both run the flow of `assistant.answering` and add nothing to it; callbacks given in a config see the chain, the
search, the writer, its language model and the gate as runs of their own. The command line does without this module,
because importing LangChain's retrievers takes longer than answering a question.

LangChain sends every run to LangSmith when an environment variable says so. Here it does not, unless the assistant was
set up for it (`Assistant.traced`).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda, ensure_config
from langchain_core.runnables.config import (
    get_callback_manager_for_config,
    patch_config,
    run_in_executor,
    set_config_context,
)
from langsmith.run_helpers import tracing_context
from pydantic import ConfigDict

from assistant.answering import Assistant, Step
from assistant.domain import Abstention, Briefing, Clarification, Question, Scope, Supported, Withheld
from assistant.gate import Gate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator

    from langchain_core.callbacks import CallbackManagerForChainRun, CallbackManagerForRetrieverRun

    from assistant.domain import Citation, Outcome
    from assistant.drafting import Draft
    from assistant.evidence import Evidence, Hit
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
        with _sending(self._assistant.traced):
            outcome: Outcome = self._call_with_config(self._answer, input, config, run_type="chain")
        return outcome

    def stream(self, input: Asked, config: RunnableConfig | None = None, **_: Any) -> Generator[Shown]:  # noqa: A002
        """Claims as they pass (or are withheld), then the outcome."""
        for shown in self._watched(input, ensure_config(config)):
            if not isinstance(shown, Step):
                yield shown

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

    def answer(self, question: Question) -> Outcome:
        """As `Assistant.answer`, as a run of LangChain's."""
        return self.invoke(question)

    def steps(self, question: Question) -> Iterator[Step | Shown]:
        """As `Assistant.steps`, as a run of LangChain's."""
        return self._watched(question, ensure_config(None))

    def _watched(self, asked: Asked, config: RunnableConfig) -> Generator[Step | Shown]:
        def made(child: RunnableConfig) -> Iterator[Step | Shown]:
            return self._traced(child).steps(question_of(asked))

        return _watched("briefing", asked, config, made, _last, self._assistant.traced)

    def _answer(self, input: Asked, run_manager: CallbackManagerForChainRun, config: RunnableConfig) -> Outcome:  # noqa: A002
        child = patch_config(config, callbacks=run_manager.get_child())
        return self._traced(child).answer(question_of(input))

    def _traced(self, config: RunnableConfig) -> Assistant:
        """The same assistant with each part run as a LangChain run of its own."""
        parts = self._assistant
        return replace(
            parts,
            retriever=_TracedRetriever(parts.retriever, config, parts.traced),
            judge=_TracedJudge(parts.judge, config, parts.traced),
            writer=_TracedWriter(parts.writer, config, parts.traced),
            gate=_TracedGate(parts.gate, config, parts.traced),
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

    traced: bool = False
    """Whether LangSmith may see its runs."""

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> list[LangChainDocument]:  # noqa: A002 - LangChain's own word
        """The documents found for a question."""
        with _sending(self.traced):
            return super().invoke(input, config, **kwargs)

    async def ainvoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> list[LangChainDocument]:  # noqa: A002 - LangChain's own word
        """The same, without holding up the event loop."""
        with _sending(self.traced):
            return await super().ainvoke(input, config, **kwargs)

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
    return PassageRetriever(search=assistant.retriever, limit=limit, scope=scope, traced=assistant.traced)


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
    traced: bool,
) -> Generator[Yielded]:
    """What `made` yields, as one LangChain run; `told` says what its end is told of what was yielded."""
    with _sending(traced):
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


def _last(shown: list[Yielded]) -> Yielded:
    return shown[-1]


@contextmanager
def _sending(traced: bool) -> Iterator[None]:
    """LangSmith as its own settings have it when `traced`, else not at all. Nothing may be yielded from inside."""
    if traced:
        yield
        return
    with tracing_context(enabled=False):
        yield


def _inside(config: RunnableConfig, made: Iterable[Yielded]) -> Iterator[Yielded]:
    """What is made, each in a context that makes whatever LangChain runs meanwhile a child of `config`'s run."""
    each = iter(made)
    with set_config_context(config) as context:
        while (one := context.run(next, each, None)) is not None:
            yield one


class _Traced:
    """A part of the flow whose calls are runs."""

    def __init__(self, inner: Any, config: RunnableConfig, traced: bool) -> None:
        self._inner = inner
        self._config = config
        self._sent = traced

    def _run(self, name: str, call: Callable[[Any], Any], given: Any) -> Any:
        with _sending(self._sent):
            return RunnableLambda(call, name=name).invoke(given, self._config)


class _TracedRetriever(_Traced):
    def search(self, question: Question) -> Evidence:
        found: Evidence = self._run("search", self._inner.search, question)
        return found


class _TracedJudge(_Traced):
    def weigh(self, evidence: Evidence) -> Verdict:
        verdict: Verdict = self._run("weigh", self._inner.weigh, evidence)
        return verdict


class _TracedWriter(_Traced):
    """A language model writes while its claims are read, which is a run of its own, as is its second round."""

    def write(self, evidence: Evidence) -> Draft:
        draft: Draft = self._run("write", self._inner.write, evidence)
        mended = draft.mended
        if mended is None:
            return draft
        return replace(
            draft,
            claims=self._followed("compose", evidence, draft.claims),
            mended=lambda refused: self._followed("mend", refused, mended(refused)),
        )

    def _followed(self, name: str, given: Any, made: Iterable[Yielded]) -> Iterator[Yielded]:
        return _watched(name, given, self._config, lambda child: _inside(child, made), list, self._sent)


class _TracedGate(_Traced, Gate):
    """Claims come one by one, so its run lasts from the first to the last of them."""

    def admit(self, draft: Draft) -> Generator[Supported | Withheld]:
        yield from _watched("check", draft, self._config, lambda _: self._inner.admit(draft), list, self._sent)

    def cite(self, passage: PassageRecord, start: int, end: int) -> Citation:
        cited: Citation = self._inner.cite(passage, start, end)
        return cited
