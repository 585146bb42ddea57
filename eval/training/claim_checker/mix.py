"""Which sets the checker is trained on, how many pairs of each, and under which licence each stands.

Left out: sets without a stated licence or with one that is in doubt, sets for non-commercial use, sets from which
the measuring sets were drawn, and sets whose claim alone gives the answer away. `three_way` is False where
"unsupported" includes contradictions; the loss then asks for supported or not, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """One set. `most` caps pairs by label (0 leaves the label out); `per_group` caps pairs that share a text."""

    name: str
    licence: str
    three_way: bool = True
    most: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    per_group: int | None = None
    weight: float = 1.0


SOURCES = (
    Source("fever", "CC BY-SA 3.0", most={"supported": 16_000, "refuted": 18_000, "unsupported": 8_000}),
    Source("new-protocols", "CC BY-SA 3.0 / GFDL"),
    Source("wanli", "CC BY 4.0"),
    Source("mnli-dev", "OANC; fiction CC BY 3.0, CC BY-SA 3.0, public domain"),
    Source("taxinli-mnli", "C-UDA 1.0"),
    Source("defacto", "MIT", three_way=False, weight=1.5),
    Source("fib-xsum", "CC BY 4.0", three_way=False, per_group=4),
    Source("factcg-cg2c", "MIT", three_way=False),
    Source("fever-symmetric", "CC BY-SA 3.0", weight=1.5),
    Source("wikifactcheck-neg", "CC BY-SA 4.0", total=5_000),
    Source("summedits", "Apache-2.0", three_way=False, total=3_000),
    Source("factcheck-gpt", "Apache-2.0", most={"unsupported": 1_200}),
    Source("check-covid", "MIT", weight=1.5),
    Source("bump", "MIT", three_way=False),
    Source("conjnli", "MIT; text CC BY-SA", total=5_000),
    Source("evidence-inference", "MIT", total=4_000),
    Source("cad-nli", "Apache-2.0; text CC BY-SA 4.0", total=4_000),
    Source("hans-gen", "MIT", three_way=False, total=2_000),
    Source("breaking-nli", "CC BY-SA 4.0", most={"refuted": 1_200}),
    Source("med", "CC BY-SA 4.0", three_way=False, total=1_500),
    Source("begin", "CC BY 4.0; one part CDLA-Sharing 1.0", three_way=False),
    Source("dialogue-audit", "MIT", three_way=False),
    Source("scifact", "ODC-BY"),
)
"""The sets of the shipped weights, in the order of the model card."""

CHANGED = ("fever", "new-protocols", "defacto", "fib-xsum", "mnli-dev", "wikifactcheck-neg", "begin")
"""Sets whose supported pairs and evidence sentences changed claims are made from."""
