"""The words by which English official, legal and news writing says who says what, and in what standing."""

from __future__ import annotations

from typing import Literal

Act = Literal["say", "opine", "ask", "deny", "allege", "find", "decide", "respond"]

_VERBS: dict[Act, str] = {
    "say": """
        say|says|said|saying tell|tells|told|telling state|states|stated|stating add|adds|added|adding
        write|writes|wrote|written|writing note|notes|noted|noting explain|explains|explained|explaining
        report|reports|reported|reporting reveal|reveals|revealed|revealing disclose|discloses|disclosed
        announce|announces|announced|announcing observe|observes|observed remark|remarks|remarked
        comment|comments|commented mention|mentions|mentioned declare|declares|declared describe|describes|described
        confirm|confirms|confirmed|confirming acknowledge|acknowledges|acknowledged admit|admits|admitted|admitting
        concede|concedes|conceded tweet|tweets|tweeted testify|testified point|points|pointed emphasise|emphasised
        emphasize|emphasized stress|stresses|stressed outline|outlines|outlined reiterate|reiterates|reiterated
        cite|cites|cited highlight|highlights|highlighted quote|quotes|quoted inform|informed promise|promised
        pledge|pledged vow|vowed assure|assured maintain|maintained|maintains indicate|indicated|indicates
        claim|claims|claimed|claiming recall|recalled|recalls continue|continued remind|reminded
        named identified listed designated
        apologise|apologised apologize|apologized reassure|reassured publish|published
    """,
    "opine": """
        believe|believes|believed|believing think|thinks|thought argue|argues|argued|arguing
        warn|warns|warned|warning caution|cautions|cautioned criticise|criticises|criticised|criticising
        criticize|criticizes|criticized condemn|condemns|condemned welcome|welcomes|welcomed fear|fears|feared
        suggest|suggests|suggested suspect|suspects|suspected hope|hopes|hoped praise|praised predict|predicted
        contend|contends|contended insist|insists|insisted complain|complains|complained express|expressed|expresses
        slam|slammed blast|blasted lambast|lambasted question|questioned|questions doubt|doubts|doubted
        regard|regards|regarded consider|considers|considered object|objects|objected denounce|denounced
        assert|asserts|asserted submit|submitted opine|opined
    """,
    "ask": """
        ask|asks|asked|asking urge|urges|urged|urging request|requests|requested|requesting
        demand|demands|demanded|demanding recommend|recommends|recommended|recommending call|calls|called|calling
        appeal|appeals|appealed invite|invites|invited propose|proposes|proposed advise|advises|advised seek|sought
        challenge|challenged press|pressed
    """,
    "deny": "deny|denies|denied|denying reject|rejects|rejected refute|refutes|refuted dismiss|dismisses|dismissed "
    "dispute|disputes|disputed rebut|rebutted repudiate|repudiated",
    "allege": "allege|alleges|alleged|alleging accuse|accuses|accused|accusing",
    "find": """
        find|finds|found determine|determines|determined conclude|concludes|concluded|concluding
        discover|discovered uncover|uncovered establish|established hold|holds|held assess|assesses|assessed
        estimate|estimates|estimated
    """,
    "decide": "rule|rules|ruled|ruling decide|decides|decided order|orders|ordered agree|agreed instruct|instructed",
    "respond": "reply|replies|replied|replying respond|responds|responded|responding answer|answered retort|retorted",
}

FORMS: dict[str, tuple[str, Act]] = {
    form: (group.split("|")[0], act)
    for act, groups in _VERBS.items()
    for group in groups.split()
    for form in group.split("|")
}
"""Every form of a reporting verb, with its base form and what it does."""

ALSO_NOUNS = frozenset(
    "report reports claim claims request requests note notes state states comment comments quote quotes demand demands "
    "appeal appeals question questions call calls hope hopes fear fears doubt doubts estimate estimates order orders "
    "rule rules ruling finding answer challenge press stress highlight highlights object objects think find finds hold "
    "holds point points mention tweet warning promise pledge vow address addresses writing saying thought regard regards "
    "complaint submission outline".split()
)
"""Forms that are more often something else: they count only when what follows, or a name before them, says so."""

NEEDS_CLAUSE = frozenset(
    "add find hold establish maintain consider continue point regard discover agree publish".split()
)
"""Verbs that report only with "that", a colon, a quotation or at the end of one: “added that”, not “added a firm”."""

ONLY_PASSIVE = frozenset("named identified listed designated".split())
"""They report only with "by": “was named by the committee”, not “a firm named Orvell”."""

TAKES_ADDRESSEE = frozenset(
    "tell ask urge inform advise invite warn assure remind accuse instruct order challenge press reassure".split()
)

SPEAKERS = frozenset(
    """
    company companies firm firms business businesses vendor vendors supplier suppliers manufacturer manufacturers maker
    giant developer operator startup start-up retailer group groups organisation organization organisations
    organizations charity charities union association coalition campaign campaigners campaigner advocates advocate
    activist activists critics critic opponents experts expert researchers researcher analysts analyst academics
    scholars lawyers lawyer attorney attorneys barrister counsel judge judges justices official officials authorities
    authority government ministers minister ministry department departments agency agencies regulator regulators
    watchdog watchdogs commissioner commissioners commission committee committees panel board council councils councillors
    parliament lawmakers legislators senators senator congressman congresswoman mps peers lords politicians tribunal
    court courts police force forces prosecutors investigators inspectors auditors auditor secretary spokesperson
    spokesman spokeswoman spokespeople president chair chairman chairwoman chairperson director executive executives
    chief founder head representative representatives leader leaders ambassador embassy delegation source sources
    insiders people residents employees workers staff witnesses witness claimant claimants plaintiff plaintiffs
    defendant appellant respondent applicant family relatives report study survey audit review investigation inquiry
    assessment letter statement filing lawsuit suit complaint notice document documents paper memo guidance judgment
    ruling determination decision opinion submission notification press-release release post article story newspaper
    outlet site website blog bureau office institute centre center foundation university college newsroom platform
    service team unit administration cabinet state party consortium alliance body bodies institution institutions
    professor scientist scientists engineers engineer historian consultant senior ombudsman rapporteur prosecutor
    """.split()
)
"""Nouns that can say something: people, bodies, and what they write."""

WRITINGS = frozenset(
    "report study survey audit review investigation inquiry assessment letter statement filing lawsuit suit complaint "
    "notice document documents paper memo guidance judgment ruling determination decision opinion submission release "
    "post article story blog notification".split()
)
"""Those that are written: their author speaks through them."""

ROLES = frozenset(
    """
    commissioner minister secretary chair chairman chairwoman chairperson president director chief officer spokesman
    spokeswoman spokesperson head judge ombudsman founder co-founder executive counsel solicitor manager lawyer barrister
    attorney senator representative ambassador governor mayor leader editor analyst researcher ceo cto cfo ciso advisor
    adviser professor fellow associate partner principal author chancellor superintendent inspector constable member
    undersecretary rapporteur coordinator engineer scientist activist campaigner mp peer baroness congressman
    congresswoman republican democrat general colonel prosecutor auditor controller vp historian consultant
    """.split()
)

TITLES = frozenset(
    "professor prof dr mr mrs ms miss mx sir dame lord lady baroness baron judge justice rt hon rev gen maj col lt capt "
    "sgt sen rep gov president".split()
)

HE, SHE = frozenset("mr sir lord baron".split()), frozenset("mrs ms miss dame lady baroness".split())

BODY_WORDS = frozenset(
    """
    committee commission council court tribunal ministry department office agency authority board parliament government
    congress senate house company corporation corp inc ltd limited plc llc co group technology technologies digital
    association institute university college center centre foundation union bank bureau service services force police
    party network media news times post university press embassy administration federation society trust alliance
    coalition league watch project campaign research systems international global reuters commons lords assembly
    secretariat organisation organization treasury army navy labs lab club department's
    """.split()
)
"""A name with one of these is a body's, not a person's."""

NOT_NAMES = frozenset(
    """
    in on at the a an but and as if when while this that these those it he she they we i there last after before however
    meanwhile also since by for from with according under following january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday its his her their our
    my you your what who which where why how then now so yet or not no yes both all some many most several one two three
    four five six seven eight nine ten other others such each every another earlier later recently yesterday today
    tomorrow despite although though because until unlike during through over within without between among even only
    still just here once again additionally furthermore moreover separately similarly instead indeed finally first
    second third critics article section chapter part annex schedule unfortunately note see figure table
    """.split()
)

AUXILIARIES = frozenset("has have had having do does did".split())
BE = frozenset("is are was were be been being 's".split())
MODALS = frozenset("will would can could shall should may might must to cannot won't".split())
NEGATIONS = frozenset(
    "not never no neither nor didn't doesn't don't hasn't haven't didn’t doesn’t don’t hasn’t".split()
)
ADVERBS = frozenset(
    """
    also then later further subsequently publicly previously repeatedly now since already recently reportedly explicitly
    today yesterday himself herself itself themselves formally initially first again always often once only still
    separately simply rightly wrongly specifically consistently correctly directly earlier clearly strongly firmly
    jointly privately openly briefly quickly both all even just too however therefore thus categorically flatly
    unanimously officially allegedly rather long
    """.split()
)
TIME_WORDS = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec week month year morning afternoon
    evening night last this next
    """.split()
)
PREPOSITIONS = frozenset(
    "of in on for to at by with from about into over under against between among after before during since until "
    "through within without than as per via toward towards upon including like despite amid around regarding".split()
)
DETERMINERS = frozenset(
    "the a an this that these those some many several two three four five both other another its their his her our my "
    "one most all few any".split()
)
PRONOUNS = frozenset("he she they it we i who which you".split())
