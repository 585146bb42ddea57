"""Texts as officials, courts, newspapers and regulators write them; `⏐` stands where a sentence ends and the next begins."""

from __future__ import annotations

OFFICIAL = """
The Rt. Hon. Michael Gove MP replied on 3 May.⏐The letter was published.
I wrote to the Rt Hon. Sir Iain Duncan Smith MP.⏐He has not replied.
Mr. J. R. Okafor met Dr. A. Reid and Prof. L. M. Chen on Monday.⏐No minutes were kept.
The Commissioner, Prof. Sampson, wrote to No. 10 in April.⏐No. 10 did not reply.
See No. 12 of the list.⏐It was replaced by No. 14.
The answer was no.⏐He left the room.
Under s. 889 of the Act, agencies may not buy such equipment.⏐The ban began in 2019.
Part B of sec. 889(a)(1) took effect on Aug. 13, 2020.⏐Contractors had asked for a delay.
Pub. L. No. 115-232 contains the ban.⏐It was signed on Aug. 13, 2018.
See 44 U.S.C. § 3301 et seq. for the definition.⏐It is a wide one.
The duty is set out in para. 14 et seq.⏐The commissioner relied on it.
The fine was £7.5 m. and was paid in full.
It is the U.S. Government that decides.⏐The U.K. Government follows.
The firm is based in the U.S.⏐The regulator is not.
He moved to Washington, D.C. in 2019.⏐She stayed in London.
The meeting began at 9 a.m. and ended at 4 p.m.⏐Nobody asked for a vote.
The committee reported (HC 198, paras. 12-14).⏐The government replied in November.
The Code has twelve principles (see Annex A.)⏐The first is purpose.
The trial (which ended in March.) was not announced.
(The figures exclude Scotland.)⏐They were checked twice.
Cameras made by e.g. Hikvision or Dahua are listed.⏐Others, i.e. those made elsewhere, are not.
The company, viz. Dahua Technology Co., Ltd., did not answer.⏐It was asked twice.
Hangzhou Hikvision Digital Technology Co., Ltd. denied the claim.⏐It said so on 4 May.
Clearview AI Inc. appealed.⏐The tribunal allowed the appeal.
In Bridges v. South Wales Police the court said so.⏐See [2020] EWCA Civ 1058 at [91].
Lt. Col. Smith and Gen. Jones gave evidence.⏐They disagreed.
The cost was approx. 12 per cent.⏐It fell to 9.5 per cent. in 2022.
Figures are given in fig. 3 and tab. 4.⏐They come from the police.
It took effect on 1 Jan. 2021.⏐On 31 Dec. it ended.
The notice says: “Do not enter.”⏐It is dated 3 March.
The Tribunal sat in June, Sept. and Dec. 2021.⏐Judgment came on 9 December.
Cllr. Patel asked why.⏐Cllr. Wood said that costs had risen.
The St. Albans office closed.⏐St. Helens stayed open.
Yours sincerely, J. Okafor
Art. 5(1)(a) applies; so does Reg. 14.⏐Sch. 2 does not.
The director wrote ‘No further action.’⏐The file was closed.
Is there a policy?⏐There is not!⏐Why?
What is the cost, and who pays it?⏐The department does.
The Act received Royal Assent in 2018 (c. 12).⏐It has been amended since.
Vol. II, pp. 12-19, and n. 4 are relied on.⏐The rest is not.
""".strip().split("\n")

COURTS_AND_PRESS = """
“We did not keep the images,” Mr Reid said.⏐“The supplier may have.”
“Why did you not ask?” she said.⏐“Nobody told me to,” he replied.
“It is wrong.” Mr Sampson said.⏐He would write again.
“It is wrong.”⏐Mr Sampson said he would write again in the autumn.
“We are concerned about the camps.⏐We expect an answer by May.⏐We will publish it,” the letter said.
He said: “The company must answer.⏐It has not done so yet.”⏐The company declined to comment.
“No,” he said.⏐“Never again.”
The minister called it “a scandal.”⏐The opposition agreed.
She asked, “Who signed it?” and got no answer.⏐The board was silent.
He told MPs: ‘I did not know.⏐I should have asked more questions.’
"This is not a ban," the spokesman said.⏐"It is a pause."
"The evidence is compelling.⏐The company cannot ignore it," said the commissioner.
Q. Did you keep the images?⏐A. We did not.
Q135. Who asked for the trial?⏐A. The board did, in March.
The judge said that “... the duty is plain ...” and went on.⏐No appeal followed.
He began: “The cameras ... were never switched on.”⏐They were.
“The duty [under s. 149] is continuing.⏐It cannot be delegated [to the supplier],” the court held.
The claimant relied on R. (Bridges) v. Chief Constable.⏐The court followed it.
[1] This is an appeal.⏐[2] It is brought with leave.
The appeal is dismissed.[12]⏐The costs follow.
It was adopted under the Act.12⏐The later Act repealed it.
The commissioner found no breach.¹⁴⏐The company was told.
Smith J.⏐The claim fails.
The Court of Appeal (Sir Terence Etherton M.R., Dame Victoria Sharp P. and Singh L.J.) allowed the appeal.
The price rose to $1.5 billion.⏐Shares fell 3.2 per cent.
The Washington-based group, Inc. magazine reported, had paid.
Yahoo! said it would appeal.⏐Jeopardy! fans were unmoved.
The report by Big Brother Watch et al. was cited.⏐Privacy International et al. did not join.
By Jane Okafor
LONDON, March 3 (Reuters) - The regulator opened an inquiry.⏐Northline shares fell.
The BBC's Panorama asked: could it be hacked?⏐It could.
The firm said it “respects human rights” — a claim that campaigners reject.⏐No court has ruled.
He wrote on X: “Wrong!”⏐The post was deleted.
“Is this lawful?”⏐That was the question before the tribunal in October.
The vote was 36 to 24, with six abstentions.⏐Three M.P.s left.
The memo, marked ‘Secret’, said: “Delete.”⏐Nobody did.
It said “it had no choice”.⏐The regulator disagreed.
The company (“Dahua”) is listed.⏐“Listed” has the meaning given in s. 2.
After 2 p.m. Mr Reid left.⏐Mrs. Wood stayed.
He works for the FBI.⏐She for the C.I.A. in Langley.
The chair asked about “facial recognition.”⏐‘It is not in use,’ the chief constable said.
""".strip().split("\n")

LETTERS_AND_NOTICES = """
The Hon. Mr Justice Swift gave judgment.⏐Permission was refused.
Rep. Chris Smith (R-N.J.) and Sen. Marco Rubio (R-Fla.) wrote to the S.E.C. in May.⏐It replied in June.
Dahua told IPVM: “We do not sell to camps.”⏐IPVM published its report anyway.
The notice, dated Feb. 23, 2022, was served by post.⏐It was ignored.
A spokesperson for Hikvision U.K. Ltd. said it would “engage constructively.”⏐It has not.
The Order was made under reg. 3(2)(b) of S.I. 2021/999.⏐It came into force at midnight.
Q12 Chair: Thank you.⏐Can you tell us who paid?⏐Mr Reid: We did.
HL9192: Lord Alton asked His Majesty’s Government whether it had removed the cameras.⏐Baroness Neville-Rolfe: We have.
“I am asking you to confirm (i) that you accept the findings; and (ii) the extent of your involvement.”⏐The letter ended there.
The Committee’s conclusions, at paras 12 to 19, are plain.⏐We agree.
It cost £1.2m.⏐That was paid in two parts.
It employs 40,000 people in 150 countries, incl. the U.K.⏐Its head office is in Hangzhou.
“This is, in the words of the Tribunal, ‘torture’.⏐It must stop,” she said.
The ICO fined Clearview AI £7,552,800.⏐The First-tier Tribunal (General Regulatory Chamber) set the fine aside.
See ICO v. Clearview AI Inc. [2025] UKUT 319 (AAC).⏐Leave to appeal was refused.
The Commissioner asked four questions: 1. Who?⏐2. When?⏐3. Where?⏐4. Why?
On 14 Feb. the firm said: “We will co-operate fully.”⏐On 15 Feb. it sued.
The measure applies to cameras at sensitive sites (e.g. ministries, embassies, etc.).⏐Schools are exempt.
She chairs the A.P.P.G. on Uyghurs.⏐Its report is due.
Section 889(f)(3)(B) names Hikvision, Dahua and Hytera.⏐Sections 889(a) and (b) set out the ban.
The reply came from Ms. A. B. C. Chen, Gen. Counsel.⏐She gave no date.
‘We were never told,’ said one officer.⏐‘Nobody asked us.’
The press office said: “No comment.”⏐The matter rests.
“Do you sell to the police in Xinjiang?” the M.P. asked.⏐“No,” the director answered.
The database held approx. 3 bn. images.⏐It was, it said, lawful.
Mr. Justice Jay et al. sat as a Divisional Court.⏐They reserved judgment.
Dear Mr Okafor, I write further to my letter of 21 March.⏐You have not replied.
The evidence (Tab. 4, pp. 12 ff.) is thin.⏐The inference is not.
Its U.S. arm, Dahua Technology USA Inc., was sold in Jan. 2024.⏐The buyer was Central Motion Picture.
Is it true that “the system was switched off”?⏐We asked twice.
""".strip().split("\n")

LISTS_AND_LAYOUT = (
    "The operator must:\n\n⏐(a) publish a policy;\n\n⏐(b) name an officer; and\n\n⏐(c) report each year.",
    "1. The Commissioner notes the reply.⏐2. He asks for more.",
    "Findings:\n⏐1. No sign was shown.\n⏐2. No assessment was made.",
    "Findings:\n⏐- No sign was shown\n⏐- No assessment was made",
    "The duty in section 149 of the Equality\nAct. The court said so.".replace(" The court", "⏐The court"),
    "The letter was sent to the company on\n3 May and answered on\n12 June.⏐It was published.",
    "The policy is set out on page\n12. It was agreed in May.".replace(" It was", "⏐It was"),
    "First paragraph.\r\n\r\n⏐Second paragraph,\r\nwrapped here.⏐Third sentence.",
    "One line.\n\n\n⏐   Another line.",
    "1.1 The purpose is plain.⏐1.2 The means are not.",
    "4.2.1. Scope. This part applies to cameras.⏐It does not apply to doors.",
    "Recommendation 3. The ministry should publish the list.",
    "Header | Value",
    "Dahua Technology Co., Ltd. | 2022-11-25 | FCC",
    "委員会は報告書を公表した。⏐政府は回答していない。",
    "公司否认了指控。⏐委员会没有回应！⏐为什么？",
    "Комиссар написал компании.⏐Она не ответила.",
    "Le commissaire a écrit à la société.⏐Elle n’a pas répondu.",
    "Der Beauftragte schrieb an die Firma.⏐Sie antwortete nicht.",
    "आयुक्त ने कंपनी को लिखा।⏐कंपनी ने उत्तर नहीं दिया।",
    "كتب المفوض إلى الشركة.⏐لم ترد الشركة؟",
    "The end...",
    "And then?...⏐Nothing was said for a week.",
    "We shall see…⏐The committee will meet in May.",
    "He paused... and went on.",
    "Visit www.example.org.uk for details.⏐Write to press@example.org.",
    "Version 2.0.1 was released.⏐It fixed CVE-2021-33044.",
    "See https://example.org/a.b?c=d. The page is old.".replace(" The page", "⏐The page"),
    "",
    " \n ",
    "...",
)
