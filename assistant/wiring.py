"""The one module that builds things. Everything else receives what it needs."""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING

from assistant.answering import Assistant
from assistant.conversation import RuleResolver
from assistant.conversation.by_model import ModelResolver
from assistant.conversation.clarifying import LibraryClarifier
from assistant.conversation.naming import LedgerHoldings
from assistant.correcting import correcting
from assistant.domain import Question
from assistant.extractive import ExtractiveWriter
from assistant.gate import Gate
from assistant.retrieval import HybridRetriever
from assistant.sufficiency import SufficiencyJudge
from assistant.support.chosen import support_checker
from ingest.library import Library

RESOLVING_SECONDS = 15.0
"""A follow-up that no model has resolved by then is read by rules."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.chat.exchange import Exchange
    from assistant.conversation import Resolver
    from assistant.desk.checking import Checker
    from assistant.desk.dossiers.making import Dossiers
    from assistant.desk.lines.making import Drafter
    from assistant.desk.lines.routes import Drafting
    from assistant.desk.recheck.comparing import Rechecker
    from assistant.domain import Scope
    from assistant.drafting import Writer
    from assistant.settings import Settings
    from assistant.support import SupportChecker
    from ingest.embedding import Embedder

log = logging.getLogger(__name__)


def build(settings: Settings, *, create: bool = False, embedder: Embedder | None = None) -> Assistant:
    """The assistant over the library that `settings` name.

    `create` makes an empty library where there is none. `embedder` replaces the settings' model, for tests.

    Raises:
        LibraryMissing, ModelMismatch, LibraryDamaged: the library cannot be opened.
    """
    library = Library.open(settings, create=create, embedder=embedder)
    return over(library, settings)


def over(library: Library, settings: Settings, environ: Mapping[str, str] | None = None) -> Assistant:
    """The assistant over a library that is open already.

    A key for a language model is read from `environ`, by default the process's own.

    Raises:
        BadSettings, MissingExtra: the language model that is set cannot be used as it is set.
    """
    names = LedgerHoldings(library.ledger)
    retriever = HybridRetriever(library, settings.retrieval)
    judge = SufficiencyJudge(settings.answering.sufficiency)

    def answers(text: str, scope: Scope) -> bool:
        return judge.weigh(retriever.search(Question(text=text, scope=scope))).reason is None

    return Assistant(
        library=library,
        retriever=retriever,
        judge=judge,
        writer=_writer(settings, os.environ if environ is None else environ),
        gate=Gate(library.ledger, support=_support(settings), correcting=partial(correcting, records=library.ledger)),
        settings=settings.answering,
        resolver=_resolver(RuleResolver(names), settings, os.environ if environ is None else environ),
        clarifier=LibraryClarifier(names, answers),
        traced=settings.tracing.langsmith,
    )


def _resolver(rules: RuleResolver, settings: Settings, environ: Mapping[str, str]) -> Resolver:
    if settings.model.name is None:
        return rules
    return ModelResolver(
        _exchange(settings, environ, retries=0, deadline=min(RESOLVING_SECONDS, settings.model.deadline)), rules
    )


def _support(settings: Settings) -> SupportChecker | None:
    """What may carry a claim that only lacks a word of its source; loaded when such a claim comes."""
    offline = settings.offline or not settings.allow_model_downloads
    return support_checker(settings.answering.support, offline=offline, say=log.warning)


def _writer(settings: Settings, environ: Mapping[str, str]) -> Writer:
    plain = ExtractiveWriter(settings.answering)
    chosen = settings.model
    if chosen.name is None:
        return plain
    from assistant.chat.writer import ChatWriter

    exchange = _exchange(settings, environ, retries=chosen.retries, deadline=chosen.deadline)
    return ChatWriter(exchange, plain, statements=chosen.statements, structured=chosen.structured, repair=chosen.repair)


def _exchange(settings: Settings, environ: Mapping[str, str], *, retries: int, deadline: float) -> Exchange:
    from assistant.chat.exchange import Exchange, Patience, Voice  # LangChain takes seconds to import
    from assistant.chat.provider import chat_model

    chosen = settings.model
    prices = None
    if chosen.price_read is not None and chosen.price_written is not None:
        prices = (chosen.price_read, chosen.price_written)
    names = dict.fromkeys(filter(None, (chosen.name, chosen.fallback)))
    voices = [
        Voice(name, chat_model(name, chosen, offline=settings.offline, environ=environ), prices) for name in names
    ]
    return Exchange(voices, Patience(retries, deadline), traced=settings.tracing.langsmith)


def checker(assistant: Assistant) -> Checker:
    """What checks drafts against the library of `assistant`, by its retriever and its gate."""
    from assistant.desk.checking import Checker
    from assistant.desk.finding import Finder
    from assistant.desk.older import OlderVersions

    library = assistant.library
    finder = Finder(assistant.retriever, library.ledger)
    return Checker(finder, assistant.gate, library.ledger, OlderVersions(library.ledger), library.snapshot)


def dossiers(assistant: Assistant) -> Dossiers:
    """What makes dossiers of the library of `assistant`, by its gate."""
    from assistant.desk.dossiers.making import Dossiers

    library = assistant.library
    return Dossiers(library.ledger, assistant.gate, LedgerHoldings(library.ledger).entities, library.snapshot)


def drafter(assistant: Assistant) -> Drafter:
    """What drafts lines, notes and the like from the library of `assistant`, by its retriever, writer and gate."""
    from assistant.desk.lines.making import Drafter

    return Drafter(assistant, LedgerHoldings(assistant.library.ledger))


def rechecker(assistant: Assistant) -> Rechecker:
    """What rechecks papers against the library of `assistant`."""
    from assistant.desk.finding import Finder
    from assistant.desk.recheck.comparing import Rechecker

    library = assistant.library
    finder = Finder(assistant.retriever, library.ledger)
    corrected = partial(correcting, records=library.ledger)
    return Rechecker(library.ledger, finder, assistant.gate, corrected, library.snapshot)


def drafting(assistant: Assistant) -> Drafting:
    """What the page and the HTTP interface draft and recheck by."""
    from assistant.desk.lines.routes import Drafting
    from assistant.desk.lines.working import Working

    return Drafting(drafter(assistant), rechecker(assistant), Working(checker(assistant)))
