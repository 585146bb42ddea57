"""The routes of the evaluators' tab: fragments of escaped HTML for its script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.domain import Outcome
from eval.comparing import compare
from eval.reports.page import comparison, page, summary_of
from eval.web import own_cases, ratings, rendering

if TYPE_CHECKING:
    from eval.web.runner import Runner

Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,100}$")]
Rater = Annotated[str, Query(min_length=1, max_length=60)]


class Wanted(BaseModel):
    """A run to start; what is None is as the settings say."""

    model_config = ConfigDict(extra="forbid")

    suite: str
    sufficiency: Annotated[float, Field(ge=0, le=1)] | None = None
    claims: Annotated[int, Field(ge=1, le=20)] | None = None
    model: Annotated[str, Field(max_length=200)] | None = None

    def overrides(self) -> dict[str, Any]:
        """The settings that differ."""
        named = {"answering.sufficiency": self.sufficiency, "answering.claims": self.claims, "model.name": self.model}
        return {name: value for name, value in named.items() if value is not None}


class Shown(BaseModel):
    """An answer that was shown, and what somebody thought of it."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    right: bool
    should_say: Annotated[str, Field(max_length=500)] = ""


def router(runner: Runner) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/fragments/evaluation", include_in_schema=False, default_response_class=HTMLResponse)
    _running(routes, runner)
    _reading(routes, runner)
    _rating(routes, runner)

    @routes.post("/cases")
    def add_case(shown: Shown) -> str:
        name = own_cases.add(runner.own, shown.outcome, right=shown.right, should_say=shown.should_say)
        return rendering.kept_case(name, own_cases.NAME)

    return routes


def _running(routes: APIRouter, runner: Runner) -> None:
    @routes.get("")
    def whole() -> str:
        return rendering.whole(runner.suites(), runner.folders(), runner.state)

    @routes.post("/run")
    def run(wanted: Wanted) -> str:
        runner.start(wanted.suite, wanted.overrides())
        return rendering.state(runner.state)

    @routes.get("/now")
    def now() -> str:
        return rendering.state(runner.state)


def _reading(routes: APIRouter, runner: Runner) -> None:
    @routes.get("/runs/{name}")
    def results(name: Name) -> str:
        return rendering.result(name, summary_of(runner.results(name)))

    @routes.get("/runs/{name}/report")
    def report(name: Name) -> Response:
        # To be saved, never shown: a report is no page of this server.
        headers = {"content-disposition": f'attachment; filename="{name}.html"'}
        return Response(page(runner.results(name)), media_type="text/html", headers=headers)

    @routes.get("/compare")
    def compared(before: str, after: str) -> str:
        old, new = runner.results(before), runner.results(after)
        made = compare(old.cases, new.cases, new.suite.quarantine, by_model=old.by_model or new.by_model)
        return rendering.compared(old.run.header, new.run.header, comparison(made))


def _rating(routes: APIRouter, runner: Runner) -> None:
    @routes.get("/runs/{name}/rating")
    def next_claim(name: Name, rater: Rater) -> str:
        held = runner.results(name)
        return rendering.rating(name, rater, ratings.claims(held), ratings.ratings(held.run.folder))

    @routes.post("/runs/{name}/rating")
    def rate(name: Name, one: ratings.Rating) -> str:
        held = runner.results(name)
        to_rate = ratings.claims(held)
        if one.claim in {claim.key for claim in to_rate}:
            ratings.keep(held.run.folder, one)
        return rendering.rating(name, one.rater, to_rate, ratings.ratings(held.run.folder))
