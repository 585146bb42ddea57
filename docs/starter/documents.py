"""The two word-processor notes: the letter to Hikvision, and two accounts of the Facewatch decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from word import Word

if TYPE_CHECKING:
    from pathlib import Path


def letter_to_hikvision(folder: Path) -> None:
    """Write `commissioner-letter-hikvision.docx` into `folder`."""
    note = Word("Note: the Commissioner's letter to Hikvision of 21 March 2022")
    note.heading("The Commissioner's letter to Hikvision of 21 March 2022")
    note.paragraph(
        "This is a note, written for the starter library of the policy briefing assistant, on a letter of the "
        "Biometrics and Surveillance Camera Commissioner that is published on GOV.UK. It is not the letter itself."
    )
    note.heading("To whom", level=2)
    note.paragraph(
        "Professor Fraser Sampson, the Commissioner, wrote on 21 March 2022 to Justin Hollis, marketing director of "
        "Hikvision UK and Ireland."
    )
    note.heading("The Vision 2022 conference", level=2)
    note.paragraph(
        "The Commissioner says that the CCTV User Group first told him in writing that Hikvision had been withdrawn "
        "from its conference in April. He says that the CCTV User Group then reversed this without telling his "
        "office. The Commissioner therefore told the organisers that he would not attend."
    )
    note.paragraph("The CCTV User Group gives a different account of the same events.")
    note.heading("What the letter says besides", level=2)
    note.bullets(
        (
            "The Commissioner notes a letter that Hikvision sent on 16 March 2022; what it said is not known here.",
            "The Commissioner welcomes assurances from ministers that a Public Procurement Bill would deal with "
            "some of the issues.",
            "The Commissioner announces ethical guidance under the Surveillance Camera Code.",
        )
    )
    note.heading("The correspondence so far", level=2)
    note.table(
        (
            ("Date", "From", "What"),
            (
                "16 July 2021",
                "Commissioner",
                "Asked Hikvision whether it accepts that crimes are being committed against Uyghurs",
            ),
            ("11 August 2021", "Hikvision", "Said that answering narrow questions on paper was very difficult"),
            ("21 March 2022", "Commissioner", "The letter described here"),
        )
    )
    note.paragraph(
        "In August 2021 Justin Hollis had answered for Hikvision that to judge the matter was beyond the company's "
        "capability."
    )
    note.save(folder / "commissioner-letter-hikvision.docx")


def facewatch(folder: Path) -> None:
    """Write `facewatch-two-accounts.docx` into `folder`."""
    note = Word("Note: two accounts of the ICO's decision on Facewatch")
    note.heading("Two accounts of the ICO's decision on Facewatch")
    note.paragraph(
        "This is a note, written for the starter library of the policy briefing assistant, on a statement that Big "
        "Brother Watch published on 28 June 2023. It sets the statement beside the earlier press report in Asian "
        "Trader."
    )
    note.heading("The decision as reported in the press", level=2)
    note.paragraph(
        "According to Asian Trader the Information Commissioner's Office (ICO) found, in spring 2023, that Facewatch "
        "has a legitimate purpose in using live facial recognition to detect and prevent crime. The ICO said that no "
        "further regulatory action was needed. Facewatch had agreed to changes:"
    )
    note.bullets(
        (
            "Facewatch agreed to reduce the personal data it collects.",
            "Facewatch agreed to concentrate on repeat offenders and on those who commit serious offences.",
            "Facewatch agreed to appoint a data protection officer.",
            "Facewatch agreed to protect people who are vulnerable.",
        )
    )
    note.paragraph("Southern Co-op, whose shops used the system, welcomed the decision.")
    note.heading("The account of Big Brother Watch", level=2)
    note.paragraph(
        "Big Brother Watch says that letters from the ICO to Facewatch, released under freedom of information, state "
        "that the company had broken data protection law on several points. Among them are Articles 5(1)(a) and "
        "5(1)(b). Big Brother Watch regards this as vindicating the complaint it made in July 2022."
    )
    note.heading("Side by side", level=2)
    note.table(
        (
            ("Question", "Press report", "Big Brother Watch"),
            ("Was the law broken?", "Not said in the part read", "Yes, on several points, by the ICO's letters"),
            ("Was Facewatch punished?", "No further action", "No penalty is mentioned"),
        )
    )
    note.paragraph("Southern Co-op is a society of its own and is not the Co-op Group.")
    note.save(folder / "facewatch-two-accounts.docx")
