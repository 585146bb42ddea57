"""Measurements on labelled data and of speed; each module runs with `python -m eval.benchmarks.NAME`."""
