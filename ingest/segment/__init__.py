"""Cutting a document: into sentences (what can be cited), and those into passages (what can be found)."""
