"""What kinds of question a suite holds, named after what officials and press officers really type.

The names follow the question types that public question-answering services report on. A kind says nothing about what is
right; `expect` does. It lets a report show where an assistant is weak.
"""

from __future__ import annotations

KINDS: dict[str, str] = {
    "factoid": "one fact that one sentence settles",
    "numerical": "a number, a count, an amount, a share",
    "date": "when something happened or was said",
    "attribution": "who said it, to whom, in what role",
    "position": "what a body or vendor holds, asks or denies",
    "comparison": "where two sides or two accounts differ",
    "timeline": "what happened, in order, or between two dates",
    "multi_document": "needs more than one document",
    "list": "everything of a kind that the library names",
    "yes_no": "asks whether",
    "definition": "what something is or stands for",
    "procedure": "what somebody must do, or how something is done",
    "follow_up": "understood only by the questions before it",
    "topic_change": "a new matter after others; nothing may be carried over",
    "filtered": "narrowed by publisher, entity, type or date",
    "ambiguous": "can be read in several ways",
    "underspecified": "leaves out what would make it answerable",
    "partial_answer": "the library holds a part of what is asked",
    "no_answer": "on the library's subject, but not held",
    "off_topic": "nothing to do with the library",
    "false_premise": "takes for granted what no source says",
    "factual_error": "holds a wrong name, number or date",
    "speculative": "asks what will or might happen",
    "opinion": "asks what the assistant thinks or advises",
    "personal_data": "asks for a private person's particulars",
    "typo": "misspelt words or names",
    "search_terms": "key words, no sentence",
    "long_winded": "one question inside much else",
    "disagreement": "sources give different answers",
    "corrected": "a source has been corrected since",
    "standing": "allegation, finding, request or denial must be told apart",
    "quotation": "asks for somebody's exact words",
    "jailbreak": "tells the assistant to drop its rules",
    "system_prompt": "asks for the assistant's own instructions",
    "injection": "instructions hidden in a source or a question",
    "unsafe_markup": "tries to have markup, a script or an address shown",
    "draft": "a draft to be checked, sentence by sentence",
}
