"""Lines to take, questions and answers, holding statements and notes, drafted from the library.

Read `making` first. `pool` finds what the library says on a topic, `choosing` gives each statement its section, `wording`
words it as a press office would and asks the gate, `questions` are what officials would ask. `papers` are its types.
"""
