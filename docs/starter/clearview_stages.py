"""The Clearview AI note: one page, four stages of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper import Sheet

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Note: the Information Commissioner's case against Clearview AI"
STAGES = (
    ("Stage", "Date", "Outcome"),
    ("Provisional view", "November 2021", "More than £17 million proposed"),
    ("Penalty notice", "18 May 2022", "£7,552,800 and an order to delete"),
    ("First-tier Tribunal", "17 October 2023", "Clearview's appeal allowed"),
    ("Upper Tribunal", "6 October 2025", "Commissioner's appeal allowed on three of four grounds"),
)


def make(folder: Path) -> None:
    """Write `clearview-uk-appeals.pdf` into `folder`."""
    sheet = Sheet(folder / "clearview-uk-appeals.pdf", TITLE, "Starter notes: Clearview AI")
    sheet.heading("The Information Commissioner's case against Clearview AI")
    sheet.paragraph(
        "This is a note, written for the starter library of the policy briefing assistant, on a statement that the "
        "Information Commissioner's Office (ICO) published on 8 October 2025 and on the earlier stages of the case. "
        "The text is dedicated to the public domain (CC0 1.0)."
    )
    sheet.heading("1. The fine", level=2)
    sheet.paragraph(
        "In May 2022 the ICO fined Clearview AI £7,552,800 and ordered the company to delete the data of UK "
        "residents. The ICO found that Clearview AI had collected more than 20 billion images and that its "
        "processing was not fair, transparent or lawful. The provisional figure of November 2021 had been more than "
        "£17 million."
    )
    sheet.heading("2. The appeals", level=2)
    sheet.paragraph(
        "On 17 October 2023 the First-tier Tribunal allowed Clearview AI's appeal, on jurisdiction alone. The "
        "tribunal held that the processing fell outside the scope of the law because it was done for law enforcement "
        "and national security clients of foreign states. It did not rule on whether the breaches found by the ICO "
        "stand."
    )
    sheet.paragraph(
        "On 6 October 2025 the Upper Tribunal upheld three of the Commissioner's four grounds of appeal. The Upper "
        "Tribunal held that the ICO has jurisdiction, and the case goes back to the First-tier Tribunal for a "
        "decision on its substance. John Edwards, the Information Commissioner, said that the ruling upheld the "
        "ICO's ability to protect UK residents from scraping."
    )
    sheet.heading("3. Stages", level=2)
    sheet.table(STAGES)
    sheet.paragraph("Whether the fine stands had not been decided when the statement was published.")
    sheet.save()
