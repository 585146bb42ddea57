from __future__ import annotations

import pytest

from eval.benchmarks.furniture_pages import Page, judge, pages


@pytest.mark.parametrize("page", pages("with_furniture"), ids=lambda page: page.name)
def test_furniture_is_set_aside_and_the_text_around_it_kept(page: Page) -> None:
    verdict = judge(page)
    assert not verdict.lost
    assert not verdict.let_in
    assert verdict.aside


@pytest.mark.parametrize("page", pages("all_text"), ids=lambda page: page.name)
def test_of_a_page_that_is_all_text_nothing_is_lost(page: Page) -> None:
    verdict = judge(page)
    assert not verdict.lost
    assert verdict.aside == 0
