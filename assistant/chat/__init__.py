"""Language models as writers: what they are told, what is made of what they say, and what happens when they fail.

Nothing in here is believed: a claim of a language model passes the same gate as any other.
"""
