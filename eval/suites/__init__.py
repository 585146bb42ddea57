"""Suites of regression prompts, as YAML, and their baselines."""
