"""A run's results as people and programs read them: terminal, HTML, JUnit XML, JSON, CSV."""
