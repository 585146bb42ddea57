"""The standing of a sentence: whether it finds, alleges, asks, denies, answers, decides, lays down law, holds or tells.

The reporting verb decides unless it is neutral ("said"); then the words of the sentence do, in a fixed order: what is
alleged or denied first, since to take it for a fact is the worst mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ingest.understanding.vocabulary import ONLY_PASSIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.understanding.reporting import Report
    from ingest.understanding.statement import Standing

_REFUSED = (
    r"(?:appeals?|applications?|bids?|requests?|petitions?|motions?|permission|leave|licen[cs]es?|access|entry|bail)"
)
_BODY_ACTS = (
    "bans?|banned|sanction(?:s|ed)|blacklist(?:s|ed)|revok(?:es|ed)|fin(?:es|ed)|order(?:s|ed)|prohibit(?:s|ed)|"
    "suspend(?:s|ed)|dismiss(?:es|ed)|overturn(?:s|ed)|upholds?|upheld|quash(?:es|ed)|grant(?:s|ed)|approv(?:es|ed)|"
    "authoris(?:es|ed)|authoriz(?:es|ed)|award(?:s|ed)|appoint(?:s|ed)|designat(?:es|ed)|expel(?:s|led)|repeal(?:s|ed)|"
    "terminat(?:es|ed)|rescind(?:s|ed)|ruled|resigned|sign(?:ed|s) into law|enacted|adopted|imposed|removed"
)
_ALLEGES = re.compile(
    r"\b(?:alleg(?:edly|ed|es|ations?|ing)|accus(?:ed|es|ing|ations?)|purported(?:ly)?|reportedly|is said to|are said to|"
    r"is suspected of|are suspected of|is believed to|claims? that|claimed that|(?:has|have|had) claimed(?=[.,;]?$)|complicit|cited .{0,60}as (?:the|a) reason)\b",
    re.I,
)
_DENIES = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying) (?!{_REFUSED}|the {_REFUSED}|an? {_REFUSED})(?:[^.]{{0,40}}?)?|refut(?:e|es|ed|ing) |"
    r"reject(?:s|ed|ing)? (?:the |these |those |any |all )?(?:\w+ )?(?:allegation|claim|accusation|suggestion|characteri[sz]ation)|"
    r"(?:allegations?|claims?|accusations?) (?:is|are|were|was|have|has) (?:no merit|untrue|false|baseless|unfounded|without)|"
    r"no merit|unfounded|baseless|categorically|has never|have never|had never|we do not|we have not|is not true|are untrue)",
    re.I,
)
_NOT_SO = re.compile(
    r"^\W*(?:It|This|That) (?:is|was) (?:simply |just |wholly )?(?:not (?:true|correct|accurate|right|the case|so)|untrue|incorrect|false)\b"
)
"""Whoever writes this denies what follows, spoken or not."""
_DISPUTES = re.compile(
    r"\b(?:allegations?|accusations?|claims?|charges?|suggestions?|reports?)(?: [\w’'-]+){0,8}? (?:is|are|was|were|has|have|had)(?: been)?"
    r"(?: \w+ly)? (?:unsubstantiated|untrue|false|baseless|unfounded|groundless|without (?:any )?(?:merit|foundation|substance|basis)|"
    r"no (?:merit|foundation|basis))\b",
    re.I,
)
"""What is said of an allegation denies it, though it names the allegation."""
_RESPONDS = re.compile(
    r"\b(?:in (?:its|his|her|their|a) (?:response|reply|statement in response)|in response,|declined to comment|"
    r"did not (?:immediately )?(?:respond|reply|return|comment)|not immediately returned|no comment|defended (?:itself|himself|"
    r"herself|themselves)|understand the concerns|(?:has|have) (?:replied|responded))\b",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:ask(?:s|ed|ing)? (?:for|that|whether|if|to|the|its|them|him|her|[A-Z])|call(?:s|ed|ing)? (?:on|for|upon)|urg(?:es?|ed|ing)\b|"
    r"demand(?:s|ed|ing)? |request(?:s|ed|ing)? (?:by|that|to|for|from|a|the)|a request|requests for|seek(?:s|ing)? (?:a|the|to)|please |"
    r"I would be grateful|recommend(?:s|ed|ing)? that|would need to|appeal(?:s|ed|ing)? (?:to|for)|(?<![’'\w]s )(?<!the )question(?:s|ed) (?!of|about|for|from|on|over|to|and|that|in))"
)
_NOTHING_YET = re.compile(
    r"\b(?:not|no|nor) (?:yet )?(?:reach(?:ed)?|made?|come to|drawn|taken) (?:an?y? |the )?(?:\w+ )?(?:findings?|conclusions?|decisions?|view)\b"
)
"""Whoever says that nothing has been found yet neither finds nor alleges it."""
_WE_ASK = re.compile(
    r"\b(?:[Ww]e|I) (?:also |therefore |would |now |must |again |strongly |hereby )*(?:demand|urge|recommend|request|ask|call on|call for|appeal|"
    r"invite|propose|petition)\b"
)
_DECIDES = re.compile(
    rf"\b(?:(?:has|have|had|was|were|been|be|will be|is|are) (?:now |also |already |formally |today |since )*(?:{_BODY_ACTS})|"
    rf"(?:[A-Z][\w.’'-]+|[Cc]ourt|[Jj]udge|[Cc]ommittee|[Gg]overnment|[Dd]epartment|[Mm]inist(?:er|ry)|[Cc]ouncil|agency|Commission|"
    rf"Parliament|Congress|tribunal|it|which|and) (?:also |formally |today |on \w+ |unanimously |later )*(?:{_BODY_ACTS})|"
    r"vot(?:ed|es) (?:\w+ )?(?:in favou?r|for|against|to|unanimously)|pass(?:ed|es) (?:a|the|an|non-binding) |decision to|"
    r"(?:issued|issue) (?:a|an|the) (?:similar |final |interim )?(?:ruling|order|fine|ban|notice|judgment|penalty|reprimand)|"
    r"decided (?:to|that|not)|agreed to (?:pay|settle|end|stop)|announced (?:that )?(?:it|they|sanctions|a ban|new|plans)[^.]{0,24}|"
    r"will (?:add|no longer|end|ban|remove|delete|cease|stop)|was added|were added|being added|are doing away|added [^.]{0,60}to (?:its|the|a|an) "
    r"[^.]{0,30}(?:list|blacklist)|(?:blacklist|list) will also include|put on (?:the|a) (?:list|blacklist))",
)
_TURNED_DOWN = re.compile(
    rf"\b{_REFUSED}\b[^.]{{0,80}}\b(?:was|were|been) (?:denied|refused|rejected|dismissed|turned down)\b"
)
_FINDS = re.compile(
    r"\b(?:found (?:that|the|no|evidence|[A-Z])|finds that|findings?\b|conclud(?:ed|es) that|determin(?:ed|es) that|discovered|uncovered|"
    r"established that|breach(?:es|ed) (?:of|found)|according to (?:a|an|the) (?:\w+ )?(?:study|report|survey|audit|review|investigation))\b"
)
_LAW_SAYS = re.compile(
    r"\b(?:Act|Regulations?|Bill|legislation|[Ll]aw|Directive|Treaty|Convention|clause|[Ss]ection \d+\w*)\b[^.]{0,80}\b(?:requires?|prohibits?|bans?|"
    r"directs?|authori[sz]es?|provides? (?:that|for)|will require|applies|apply|limits?|permits?|would limit|entitles?|lists?|was enacted|"
    r"were enacted|became law|came into force|entered into force)\b|\brebuttable presumption\b|\b[Pp]rohibits? (?:US |UK |federal |the |any )"
)
_LAWS = re.compile(
    r"(?:\b(?:shall|must not|may not|is prohibited|are prohibited|prohibits?|it is an offence|is unlawful|in force|enters? into force|"
    r"came into force|comes into effect|takes effect|become enforceable|rebuttable presumption|pursuant to|for the purposes of this|in this (?:Act|"
    r"section|clause|regulation)|under (?:the |section )[^,.]{0,40}(?:Act|Regulation|GDPR|Directive|Rules?|Code)\b|Public Law|U\.S\.C\.)|"
    r"^[\W\d]*(?:[Ss]ection|[Aa]rticle|[Ss]\.|[Rr]egulation) \d+)"
)
_OPINES = re.compile(
    r"\b(?:should|ought|must|could(?! not)|might|perhaps|probably|likely|unlikely|unfortunately|clearly|inevitably|regrettably|surely|"
    r"I think|I believe|we believe|we think|in my view|in (?:its|his|her|their|the \w+[’']s) (?:view|opinion)|it is (?:important|vital|clear|"
    r"essential|wrong|right|time)|it[’']s (?:important|clear|time|critical|a)|too (?:high|low|far|late|many|much|little|early)|"
    r"unacceptable|unreasonabl[ey]|unfair(?:ly)?|intrusive|outrageous|dangerous|disproportionate|inadequate|discriminat\w+|"
    r"worr(?:y|ied|ying)|fears?|concerned|concerning|victory|success|failure|best|worst|better|worse|great|terrible|ridiculous|"
    r"need(?:s)? to|has to|have to|can[’']?t let|wrong|cannot allow|will be seen|myth|the new \w+|critical of|reinforces|real reason|"
    r"committed to|important step|huge|powerful|harm|problematic|hope[sd]?|proud|welcome[sd]?|can (?:save|help|be misused|also)|appropriate)\b",
    re.I,
)
_WRONG = re.compile(
    r"\b(?:abus\w+|oppress\w+|repress\w+|violat\w+|illegal\w*|unlawful\w*|unethical|steal\w*|stole|theft|hijack\w*|spy\w*|espionage|genocide|"
    r"forced labou?r|atrocit\w*|misconduct|fraud|brib\w+|corrupt\w*|lying|lied|mislead\w*|misled|bully\w*|harass\w*|malign\w*|breach\w*|complicit|"
    r"surveil\w+ (?:and|of)|keep tabs|tracking|persecut\w+|censor\w*|blam\w+|leaning on|coerc\w+|hack\w*)\b",
    re.I,
)
_AGAINST = re.compile(
    r"\b(?:stem|prevent|combat|protect\w*|tackle|stop|counter|fight|address|against|deter|safeguard\w*)\b", re.I
)


_CONSIDERS_IT_SO = re.compile(
    r"\bconsider(?:s|ed|ing)?,? (?:that|it|this|themselves|itself|[\w’' -]{1,60} (?:to be|as)\b)|[”\"]"
)
"""Whoever only looks at a letter or a plan holds no view of it yet."""


class Decided(NamedTuple):
    """A standing with the words that decided it."""

    standing: Standing
    cue: str


def standing(sentence: str, own: Sequence[Report], *, quoted: bool, spoken: bool, law: bool) -> Decided:
    """The standing of a sentence.

    `own` are its reporting clauses, the governing one first. `quoted` tells that most of it is a speaker's own words,
    `spoken` that somebody other than the document says it, `law` that the document itself lays down law.
    """
    if own:
        found = _by_verb(sentence, own[0])
        if found is not None:
            return found
    if law:
        return Decided("law", "the document is a law")
    return _by_words(sentence, own, quoted=quoted, spoken=spoken)


def _by_verb(sentence: str, report: Report) -> Decided | None:
    verb = report.verb
    match report.act:
        case "ask":
            return None if verb == "seek" else Decided("request", verb)
        case "deny":
            refused = re.search(rf"\b(?:den|reject|dismiss)\w* (?:[\w’']+ ){{0,4}}?{_REFUSED}\b", sentence)
            return Decided("decision", refused.group()) if refused else Decided("denial", verb)
        case "allege":
            return Decided("allegation", verb)
        case "find":
            return Decided("finding", verb)
        case "decide":
            return Decided("decision", verb)
        case "respond":
            return Decided("response", verb)
        case "opine":
            if verb == "consider" and not _CONSIDERS_IT_SO.search(sentence):
                return None
            wrong = _ALLEGES.search(sentence)
            return (
                Decided("allegation", wrong.group()) if wrong and verb not in ("welcome",) else Decided("opinion", verb)
            )
    accuses = verb in ("claim", "cite") or verb in ONLY_PASSIVE
    wrong = _WRONG.search(sentence) if accuses else None
    if wrong:
        return Decided("allegation", f"{verb} … {wrong.group()}")
    return None


def _by_words(sentence: str, own: Sequence[Report], *, quoted: bool, spoken: bool) -> Decided:
    for name, pattern in _ORDER:
        match = pattern.search(sentence)
        mute = name == "denial" and pattern is not _NOT_SO and not spoken
        if match is None or (mute and "den" not in match.group().lower()):
            continue
        if name == "opinion" and not (quoted or spoken) and not _firmly(sentence):
            continue
        return Decided(name, match.group().strip())
    wrong = _WRONG.search(sentence) if spoken and not _AGAINST.search(sentence) else None
    if wrong is not None:
        return Decided("allegation", wrong.group())
    if quoted and not re.search(r"\d", sentence):
        return Decided("opinion", "own words")
    return Decided("statement_of_fact", own[0].verb if own else "")


_ORDER: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("statement_of_fact", _NOTHING_YET),
    ("denial", _NOT_SO),
    ("denial", _DISPUTES),
    ("allegation", _ALLEGES),
    ("response", _RESPONDS),
    ("decision", _TURNED_DOWN),
    ("denial", _DENIES),
    ("request", _WE_ASK),
    ("law", _LAW_SAYS),
    ("decision", _DECIDES),
    ("law", _LAWS),
    ("finding", _FINDS),
    ("request", _ASKS),
    ("opinion", _OPINES),
)

_FIRM = re.compile(
    r"\b(?:I (?:think|believe|suspect|fear)|in my (?:view|opinion)|should|ought|perhaps|unfortunately|clearly|inevitably|regrettably|surely|too (?:high|low|far|late|many|much)|unacceptable|victory|"
    r"myth|the new \w+|real reason|reinforces|critical of|it is (?:important|vital|clear|essential)|outrageous|ridiculous|best|worst)\b",
    re.I,
)


def _firmly(sentence: str) -> bool:
    """In a document's own voice only strong words make an opinion; its "could" and "concern" are reporting."""
    return _FIRM.search(sentence) is not None
