"""The press desk: what is done with a text after it was written. Checking drafts, and giving away what was answered.

`checking` holds a draft against the library, sentence by sentence; `marking` writes the verdicts beside the sentences of
a Word file; `exports` writes answers and checks as files. Nothing here makes a citation: the gate does.
"""
