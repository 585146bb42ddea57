"""What a full stop may follow without ending a sentence, in English official, legal and news writing.

All words are written without their last full stop. Lower case entries match any case; capitalised ones match as
they stand ("Gen. Smith", but "the next gen. It").
"""

from __future__ import annotations

NEVER_LAST = frozenset(
    """
    Mr Mrs Ms Mx Messrs Mme Mlle Dr Prof Rev Fr Hon Rt Sen Sens Rep Reps Gov Govs Gen Brig Col Lt Capt Sgt Maj
    Cmdr Cdr Adm Insp Supt Cllr Amb Atty Pres St Ss Mt Ft Pub Rt.Hon Maj.Gen Lt.Gen Lt.Col
    v vs e.g i.e eg ie cf viz ca resp
    """.split()  # noqa: SIM905 - reads as the list of words it is
)
"""Something always follows: a name, the other party, the example."""

NUMBERED = frozenset(
    """
    no nos s ss art arts sec secs sect para paras par p pp cl cls reg regs r rr sch schs ch chs chap vol vols fig
    figs tab app apps annex ann ex exh q qs item pt pts n nn fn c col cols l ll ed
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    """.split()  # noqa: SIM905
)
"""The sentence goes on when a number follows; "no. 10", but "the answer was no. He left"."""

SELDOM_LAST = frozenset(
    """
    inc ltd co corp plc llc llp l.p bros cie gmbh s.a n.v a.g u.s u.k e.u u.n u.s.a u.s.c u.a.e d.c n.y l.a
    a.m p.m am pm ad bc b.c a.d jr sr esq phd ph.d m.p m.e.p k.c q.c b.a m.a m.sc ll.b ll.m
    etc et.seq seq al et.al ibid id op cit loc supra infra approx est max min avg dept depts div assn univ inst
    govt gov't int'l nat'l comm cttee admin auth bd mgmt ctr ct cir dist supp stat fed cong sess subsec subpara
    para paras art arts sec secs reg regs jan feb mar apr jun jul aug sept sep oct nov dec
    ext tel dob misc incl excl temp orig trans edn repr rev dir asst attn
    """.split()  # noqa: SIM905
)
"""The sentence goes on, unless a word follows that begins sentences; "the U.S. Government", "the U.S. The"."""

BEGINS_SENTENCES = frozenset(
    """
    The A An This That These Those It Its He She They We You I His Her Their Our My There Here
    In On At By For From With Without As If When While Where After Before Since Until Although Though Because
    But And Or So Yet However Moreover Furthermore Therefore Thus Hence Instead Meanwhile Nevertheless
    Nonetheless Also Additionally Similarly Finally Then What Who Why How Which Both Each Every Some Many Most
    Several Not Such According During Despite Unlike Once Even Now Today Yesterday Earlier Later Speaking Asked
    Mr Mrs Ms Dr Yes No Nobody None Nothing Never Neither Either Nor Everyone Everybody Someone Somebody Anyone
    Another All Any Few One Two Three Under Between Among Following Given
    """.split()  # noqa: SIM905
)
"""After an abbreviation these words begin a new sentence; a name after one hardly ever is one of them."""
