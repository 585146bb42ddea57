"""Invented papers about an invented harbour."""

PAPERS = {
    "letter.md": """---
title: Letter to Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
---

The Harbour Commissioner asked Northgate Cameras to confirm by 1 March 2022 that it supplied 38 cameras to the harbour of
Felmouth.

The Commissioner, Ada Winslow, said: "We have not yet decided whether the cameras may stay."

Ms Winslow asked the company to say who may see the recordings.
""",
    "report.md": """---
title: Report on cameras at sea
publisher: Committee on Ports
published: 2022-05-09
source_type: report
---

The Committee on Ports alleged that Northgate Cameras had sent recordings of the harbour of Felmouth abroad.

Witnesses told the Committee that the harbour paid 412,000 pounds for the cameras in 2019.

The Committee recommended that the harbour should replace the cameras.
""",
    "statement.md": """---
title: Statement by Northgate Cameras
publisher: Northgate Cameras
published: 2022-05-20
source_type: statement
---

Northgate Cameras denied that it had sent recordings of the harbour of Felmouth abroad.

Northgate Cameras said that it supplied 38 cameras to the harbour of Felmouth in 2019.
""",
}

ASKED = "What did the Harbour Commissioner ask Northgate Cameras to confirm?"
ALLEGED = "What did the Committee on Ports allege about Northgate Cameras?"
SAID = "What did Ada Winslow say about the cameras?"
