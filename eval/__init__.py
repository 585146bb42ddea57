"""Regression suites, metrics, reports and benchmarks."""
