"""What a document says, and who says it: speakers, standing, dates, names and corrections, by rules alone.

Pure functions over a document's text, blocks and sentences; no model and no network. What the text does not settle
stays open: nothing is guessed.
"""
