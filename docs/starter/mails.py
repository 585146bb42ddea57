"""The two press-office mails, one with an attachment. Names and addresses of the desk are made up."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DESK = "Press desk <press.desk@briefing.example>"
_NOTES = "Starter notes <notes@briefing.example>"

_VISION = """\
Dear all,

This mail was composed for the starter library of the policy briefing assistant. It is a note on an open letter of
the CCTV User Group to its members, and the words are ours. The letter calls Thursday 17 March "yesterday", so it was
written on 18 March 2022.

The CCTV User Group says that Professor Fraser Sampson, the Biometrics and Surveillance Camera Commissioner, chose to
withdraw from Vision 2022. The conference was planned for 25 to 27 April 2022. The group puts the withdrawal down to a
continuing disagreement between the Commissioner and Hikvision UK.

The CCTV User Group says it had told the Commissioner that it would rather have him as a speaker and would ask
Hikvision not to attend. That is not how the Commissioner tells it: in his letter of 21 March 2022 he says that the
group first withdrew Hikvision and then reversed this without telling his office.

The CCTV User Group also says that Hikvision would have been an exhibitor and was not a sponsor.

Please do not present either account as settled. The two have not been reconciled in anything we have read.

Kind regards,
Starter notes

--
Starter notes for the policy briefing assistant. Text dedicated to the public domain (CC0 1.0).
Source: https://www.cctvusergroup.com/post/letter-to-our-members-re-bscc-vision-2022-conference

On Fri, 18 Mar 2022 at 09:12, Press desk <press.desk@briefing.example> wrote:
> Morning. A trade reporter asks whether the Commissioner was disinvited from a CCTV conference
> next month, or pulled out himself. What can we say, and on whose word?
>
> On Thu, 17 Mar 2022 at 17:45, Trade reporter <reporter@trade.example> wrote:
> > Can you confirm who cancelled? I file at noon.
"""

_DENIAL = """\
Dear all,

This mail was composed for the starter library of the policy briefing assistant. It is a note on press reports of
26 November 2022, and the words are ours. It collects what Hikvision said after the ministerial statement of
24 November 2022 on surveillance cameras at sensitive sites.

Hikvision denied that it is a threat. The company said that it makes equipment, that it cannot see the video data of
end users and that it cannot pass such data to third parties. According to Global Times, Hikvision added that it does
not manage databases for end users and does not sell cloud storage in the United Kingdom.

Mao Ning, a spokeswoman of the Chinese Foreign Ministry, objected to stretching the idea of national security in order
to hurt Chinese companies. Global Times is Chinese state media, and the report of 26 November is a copy of a report by
RT, which is Russian state media.

Dahua did not at once respond when Global Times asked it on 25 November 2022.

What Hikvision told its partners in December is in the attached file.

Kind regards,
Starter notes

--
Starter notes for the policy briefing assistant. Text dedicated to the public domain (CC0 1.0).
Source: https://www.knoxvilletimes.com/news/273132931/chinese-tech-giant-responds-to-espionage-claims

On Fri, 25 Nov 2022 at 16:30, Press desk <press.desk@briefing.example> wrote:
> Has either company answered yet? We need it on one page by Monday, with who said it.
"""

_PARTNERS = """\
Note: what Hikvision told its partners in December 2022

This is a note, written for the starter library of the policy briefing assistant, on a page of the CCTV User Group that
was last updated on 20 December 2022.

On 14 December 2022 Hikvision told its partners that the government's decision was no ban from wider public procurement
or from private sale. Hikvision said that it would go on supplying schools, the NHS and councils.

Lawyers for the Department of Health and Social Care told Hikvision that there was no current policy of excluding the
company. The lawyers confirmed a decision of March 2022 to buy no more Hikvision equipment on ethical grounds, and said
that this was no longer the current policy. Press reports had treated that decision as still in force.
"""


def _mail(subject: str, date: str, number: int, body: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = _NOTES
    message["To"] = _DESK
    message["Subject"] = subject
    message["Date"] = date
    message["Message-ID"] = f"<starter-{number}@briefing.example>"
    message.set_content(body)
    return message


def make(folder: Path) -> None:
    """Write both mails into `folder`."""
    vision = _mail("Note: CCTV User Group on Vision 2022", "Fri, 18 Mar 2022 11:05:00 +0000", 1, _VISION)
    (folder / "vision-2022-user-group.eml").write_bytes(vision.as_bytes())
    denial = _mail("Note: Hikvision's denial after the camera order", "Sat, 26 Nov 2022 10:20:00 +0000", 2, _DENIAL)
    denial.add_attachment(_PARTNERS, filename="hikvision-to-partners-december-2022.txt")
    denial.set_boundary("starter-note-2")
    (folder / "hikvision-denial.eml").write_bytes(denial.as_bytes())
