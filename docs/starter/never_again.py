"""The committee report note: three pages with a running header, page numbers and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper import Sheet

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Note: Never Again, the Foreign Affairs Committee's report on Xinjiang"
ABOUT = (
    "This is a note, written for the starter library of the policy briefing assistant, on the report Never Again "
    "(HC 198) of the House of Commons Foreign Affairs Committee and on what followed it. It is not the report, and "
    "the words are ours. The text is dedicated to the public domain (CC0 1.0)."
)
DATES = (
    ("Date", "Event", "Whose act"),
    ("2 March 2021", "Oral evidence on the camps, questions 135 to 192", "Witnesses"),
    ("29 June 2021", "Report ordered to be printed", "Committee"),
    ("8 July 2021", "Report published as HC 198", "Committee"),
    ("16 July 2021", "First letter to Hikvision", "Commissioner"),
    ("11 August 2021", "Hikvision replies", "Hikvision"),
    ("1 November 2021", "Response received by the Committee", "Government"),
)


def make(folder: Path) -> None:
    """Write `never-again-report.pdf` into `folder`."""
    sheet = Sheet(folder / "never-again-report.pdf", TITLE, "Starter notes: Never Again")
    sheet.heading("Never Again: the Foreign Affairs Committee's report on Xinjiang")
    sheet.paragraph(ABOUT)
    sheet.heading("1. The report", level=2)
    sheet.paragraph(
        "The Foreign Affairs Committee published Never Again: The UK's Responsibility to Act on Atrocities in "
        "Xinjiang and Beyond on 8 July 2021. It is the Committee's second report of the session 2021-22 and has the "
        "number HC 198. The House had ordered it to be printed on 29 June 2021."
    )
    sheet.heading("2. What the Committee found", level=2)
    sheet.paragraph(
        "The Committee found that cameras made by Hikvision were in use all over Xinjiang. It found that Hikvision "
        "supplied the main camera technology of the internment camps. Both findings are given here as the BBC and "
        "The Register reported them."
    )
    sheet.paragraph(
        "The Biometrics and Surveillance Camera Commissioner says, in his letter of 11 April 2022, that Dahua is "
        "named in the report as well."
    )
    sheet.next_page()
    sheet.heading("3. What the Committee recommended", level=2)
    sheet.paragraph(
        "The Committee recommended that Hikvision should not be allowed to operate in the United Kingdom. It also "
        "recommended that makers of equipment linked to the abuses be kept out. A recommendation of a select "
        "committee does not bind the government."
    )
    sheet.heading("4. Who gave evidence", level=2)
    sheet.paragraph(
        "Four witnesses spoke on 2 March 2021: Samantha Hoffman of the Australian Strategic Policy Institute, "
        "Radomir Tylecote of Civitas, Chloe Cranston of Anti-Slavery International and Sophie Richardson of Human "
        "Rights Watch. Hoffman and Tylecote feared that facial data gathered in the United Kingdom could be used by "
        "the Chinese government. That fear is an allegation of the two witnesses."
    )
    sheet.heading("5. Dates", level=2)
    sheet.table(DATES)
    sheet.next_page()
    sheet.heading("6. What Hikvision said", level=2)
    sheet.paragraph(
        "Hikvision denied wrongdoing. In August 2021 Hikvision told its partners that the Committee's accusations "
        "were unsubstantiated and not backed by evidence. Hikvision called the idea of a ban a knee-jerk and "
        "disproportionate response."
    )
    sheet.heading("7. What the government answered", level=2)
    sheet.paragraph(
        "The Committee received the government's response on 1 November 2021. The response takes up 36 "
        "recommendations. In it the government says that the evidence of the scale and severity of violations "
        "against Uyghurs is far-reaching."
    )
    sheet.paragraph(
        "The part of the response that was read does not contain the answer on Hikvision. A later press report, of "
        "July 2022, says that the government had not followed that recommendation."
    )
    sheet.save()
