from __future__ import annotations

import numpy as np

from ingest.strays import NO_STRAYS, strays

EAST, NORTH, NORTHEAST = (np.array(row, np.float32) for row in ((1, 0), (0, 1), (2, 2)))


def test_strays_take_their_place_by_distance_among_what_a_graph_found() -> None:
    beside = strays({"north": NORTH, "northeast": NORTHEAST})
    asked = np.stack([EAST * 5, NORTH])
    found = [["east", "west"], ["a", "b"]]
    distances = [[0.0, 2.0], [0.5, 0.6]]
    assert beside.beside(found, distances, asked, 9) == [
        ["east", "northeast", "north", "west"],
        ["north", "northeast", "a", "b"],
    ]
    assert beside.beside(found, distances, asked, 2) == [["east", "northeast"], ["north", "northeast"]]


def test_a_stray_that_the_graph_found_after_all_stands_once() -> None:
    beside = strays({"north": NORTH, "northeast": NORTHEAST})
    found = [["northeast", "north"]]
    assert beside.beside(found, [[0.3, 1.0]], EAST[None, :], 9) == found


def test_a_graph_that_finds_nothing_leaves_the_strays() -> None:
    assert strays({"north": NORTH}).beside([[]], [[]], EAST[None, :], 5) == [["north"]]


def test_there_may_be_none() -> None:
    assert NO_STRAYS.keys == ()
