"""Small words that decide what a sentence claims, and verbs under which a sentence is not said as a fact.

Three tables: phrases that turn, hedge, count or order what stands next to them, each with its class; verbs and nouns
of saying, asking, alleging and planning, each with the standing it gives to what depends on it; and words that say
the same beside the families of `assistant.families`. A word of no table that a source lacks is not taken as said.
"""

from __future__ import annotations

from functools import cache

from assistant.families import family, lemma

OPERATORS: dict[str, str] = {
    "negation": "not|never|no|none|nobody|nothing|neither|nor|without|cannot|failed to|fails to|fail to|failing to|"
    "failure to|no longer|has yet to|have yet to|had yet to|is yet to|are yet to|not yet|unable to|lacks|lacked|lack of|absence of|hardly|barely|nowhere",
    "may": "may|might|could|possibly|perhaps|potentially|maybe|potential|possible|possibility of",
    "likely": "probably|likely|apparently|seemingly|seems to|seemed to|appears to|appeared to|appear to|seem to|likely to|"
    "unlikely to|presumably|arguably|supposedly|expected to|set to|due to be|thought to|believed to|understood to|in part",
    "can": "can|able to|capable of|ability to",
    "will": "will|would|shall|going to|is to be|are to be",
    "should": "should|ought to",
    "must": "must|has to|have to|had to|need to|needs to|required to|obliged to|obligation to",
    "allegedly": "allegedly|reportedly|purportedly|alleged|purported|so-called|suspected|supposed|claimed to|alleged to|"
    "said to|reported to|accused of|suspected of",
    "planned": "proposed|planned|draft|attempted|intended|prospective|would-be",
    "all": "all|every|each|both|always|entire|entirely|wholly|everyone|everybody|completely|fully|in full",
    "most": "most|mostly|mainly|largely|majority|primarily|chiefly|generally|usually|typically|predominantly|normally",
    "some": "some|certain|sometimes|partly|partially|occasionally|someone",
    "several": "several|various|a number of|multiple",
    "many": "many|numerous|often|frequently|widely|much|a lot of|regularly",
    "few": "few|a few|rarely|seldom|little|a handful of|minority of|a minority of",
    "only": "only|solely|exclusively|merely|alone|just|purely|nothing but",
    "almost": "almost|nearly|virtually|practically",
    "more": "more|greater|higher|larger|bigger|longer|faster|better|older|above|over|stronger|wider|beyond",
    "less": "less|fewer|lower|smaller|shorter|slower|worse|younger|below|under|weaker|narrower",
    "same": "same|equal|equally|identical|as much as|as many as",
    "greatest": "largest|biggest|highest|greatest|longest|oldest|best|strongest|maximum",
    "least": "smallest|lowest|least|shortest|youngest|worst|weakest|minimum",
    "before": "before|prior to|earlier than|ahead of|preceding|previously|earlier",
    "after": "after|following|subsequent to|later than|in the wake of|once|later|subsequently|afterwards",
    "since": "since",
    "until": "until|till|up until",
    "during": "during|while|whilst|throughout",
    "from": "from",
    "to": "to|into|toward|towards",
    "against": "against|versus",
    "if": "if|provided that|on condition that|subject to|in the event that|assuming|so long as|"
    "as long as|to the extent that|to the extent",
    "unless": "unless|except|except for|except where|other than|apart from|excluding|save for|with the exception of",
    "although": "despite|in spite of|notwithstanding",
    "because": "because|because of|due to|owing to|as a result of",
    "or": "or|either",
    "than": "than",
    "still": "still|yet|already|continues to|continued to|continue to|again",
    "try": "tried to|tries to|attempted to|seeks to|sought to|attempt to|trying to|seeking to|hopes to|hoped to|wants to|"
    "wanted to|aims to|aimed to|plans to|planned to|intends to|intended to|plan to|preparing to|prepared to|"
    "planning to|threatened to|refused to|refuses to|declined to|considering whether to|considering whether|consider whether to|consider whether|considered whether to|considered whether|considering|consider|considered|considers|"
    "expects to|hoping to|proposing to",
}
"""Class -> its words and phrases; a longer phrase wins over a shorter one."""

DROPPABLE = frozenset(
    (
        "all",
        "aloft",
        "beneath",
        "facing",
        "during",
        "to",
        "from",
        "because",
        "although",
        "still",
        "or",
        "same",
        "several",
        "since",
        "than",
    )
)
"""Classes a claim may leave out with a word it keeps: the claim becomes no stronger."""

FREE = frozenset(
    (
        "a an the any this that these those which who whom whose what it its itself he him his she her they them their "
        "theirs we us our i my you your there here and but also as at by for in of on with about upon within through "
        "between among amongst per via is are was were be been being am do does did done has have had having s t so "
        "then thus hence however moreover furthermore meanwhile too very such other another when how why where out off "
        "into own while whilst therefore indeed now both one ones themselves himself herself e.g i.e eg ie etc ’s 's "
        "according although though mr mrs ms dr sir dame lord professor prof rt hon said says say saying"
    ).split()
)
"""Words that a rewording may add or leave out."""

PHRASES = {
    "make sure": "ensure", "makes sure": "ensures", "made sure": "ensured", "look into": "investigate", "looked into": "investigated",
    "looking into": "investigating", "set up": "establish", "sets up": "establishes", "ask for": "request", "asks for": "requests",
    "asked for": "requested", "asking for": "requesting", "get rid of": "remove", "got rid of": "removed", "give up": "abandon",
    "gave up": "abandoned", "take out": "remove", "took out": "removed", "bring in": "introduce", "brought in": "introduced",
    "hand over": "give", "handed over": "gave", "put off": "postpone", "call off": "cancel", "called off": "cancelled",
    "speed up": "accelerate", "sped up": "accelerated", "find out": "discover", "found out": "discovered", "deal with": "handle",
    "dealt with": "handled", "in writing": "", "take place": "", "takes place": "", "took place": "", "taken place": "", "taking place": "", "in all": "", "in total": "", "step down": "resign", "stepped down": "resigned",
}  # fmt: skip
"""Words that say together what one word says; nothing for those that add nothing."""

LIGHT = frozenset(map(lemma, "carry make give hold occur happen conduct undertake perform do have".split()))
"""Verbs that carry little by themselves: "the inspection took place", "was carried out"."""

STANDING: dict[str, str] = {
    "say": "say said state tell told write wrote add note remark comment explain announce reveal disclose reply respond "
    "report mention describe statement observe point record express answer emphasise emphasize stress quote tweet",
    "opinion": "argue contend submit maintain insist assert believe think feel view opine consider opinion belief",
    "admit": "admit acknowledge concede confess accept recognise recognize agree",
    "confirm": "confirm verify",
    "allegation": "allege accuse claim accusation allegation suspect suspicion complain",
    "request": "ask request urge call demand seek sought invite press petition appeal",
    "denial": "deny denied dispute refute repudiate denial doubt reject dismiss",
    "finding": "find found conclude determine rule judge finding conclusion",
    "proposal": "propose suggest recommend advise proposal recommendation suggestion plan hope want threaten aim intend",
    "promise": "promise pledge commit vow undertake pledge commitment",
    "warning": "warn caution fear worry concern",
    "question": "question wonder query enquire inquire",
    "estimate": "estimate predict forecast expect project",
    "order": "order instruct direct",
}
"""Standing that a verb or noun of saying gives to what depends on it."""

WEAKER = {
    "say": {"opinion", "admit", "confirm", "finding", "warning", "estimate"},
    "allegation": {"accuse"},
}
"""Standing in a claim -> standings of the source that it words no stronger than they are."""

_SAME = """
inspect examine check scrutinise audit review
purchase buy acquire
firm company business corporation
manufacturer maker producer
camera cctv
council authority municipality
police force forces constabulary
officer official
start begin commence launch
end finish conclude terminate
help assist aid support
need require
show demonstrate indicate
use utilise utilize employ
purchase acquisition
near close
big large
quick rapid fast
attempt try effort
obtain get receive gain
choose select pick
permit allow authorise authorize let
forbid ban prohibit bar
answer reply respond response
letter correspondence
government administration
country nation state
law legislation statute act
worker employee staff
people persons individuals
child minor
customer client consumer
house home dwelling
doctor physician
lawyer attorney solicitor
car vehicle automobile
road street
money funds funding
danger risk hazard threat
error mistake fault
plan scheme programme program
rule regulation
duty obligation responsibility
right entitlement
goal aim objective purpose
method approach way
result outcome consequence
cause lead bring
important significant major key
main principal chief primary
whole entire
yearly annual annually
monthly month
daily day
present current
new recent
old former previous past
correct right accurate
wrong incorrect mistaken
happen occur
build construct erect
destroy demolish
repair mend fix
show display
hide conceal
keep retain store preserve
delete erase
collect gather
send transmit dispatch
receive obtain
visit attend
live reside dwell
die death
birth born
sick ill
illness disease
film movie picture
song track
author writer
found establish set create
head lead chair
join enter
leave quit depart exit
speed pace velocity
part portion section
area region zone district
near close
amount sum quantity
number figure total
price cost
profit earning
loss deficit
rise increase grow climb
fall drop decrease decline reduce
change alter modify amend
problem issue difficulty
meeting session gathering
discuss debate talk
decide resolve determine
appoint name designate nominate
resign step quit
dismiss sack fire
criticise criticize censure condemn
praise commend applaud
agreement deal contract accord
partner ally
enemy foe
war conflict
weapon arm
soldier troop
ship vessel
aircraft plane aeroplane airplane
student pupil learner
teacher instructor tutor
school college academy
university college
test exam examination assessment
study research investigation
scientist researcher
evidence proof
witness testify
jail prison imprison
murder kill
theft steal rob
guilty convict
court tribunal
judge justice
trial hearing
sentence punish
rapidly quickly swiftly
often frequently regularly
mainly mostly largely chiefly
about approximately roughly around
almost nearly
begin start
also additionally
because since
ensure guarantee secure
provide supply furnish give
contain include comprise
consist comprise
based located situated
called named known titled entitled
made produced manufactured
written authored penned
released issued published
held staged
shut close closed
open opened
require oblige need
submit file lodge
notify inform tell advise
monitor watch oversee supervise observe surveil
maintain keep
apply relevant
individual person
applicant candidate
expose reveal leak disclose
switch turn
"""


@cache
def _same() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _SAME.strip().split("\n"):
        kin = {lemma(word) for word in line.split()}
        for one in kin:
            found.setdefault(one, set()).update(kin)
    return {one: frozenset(kin) for one, kin in found.items()}


@cache
def kin(word: str) -> frozenset[str]:
    """Lemmas of the words that may stand for `word`, itself included."""
    own = lemma(word)
    return family(word) | _same().get(own, frozenset()) | {own}


@cache
def standings() -> dict[str, str]:
    """Lemma -> the standing it gives."""
    return {lemma(word): name for name, line in STANDING.items() for word in line.split()}
