"""From a question to a briefing: the read side, and its faces."""
