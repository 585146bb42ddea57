"""Is each claim of a saved or exported paper still true of today's library? Read `comparing` first.

`carried` reads the claims out of a file, `rulings` are what is said of each, `comparing` decides it.
"""
