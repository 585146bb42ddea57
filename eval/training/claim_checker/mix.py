"""Which sets the checker is trained on, how many pairs of each, and under which licence each stands.

Left out: sets without a stated licence or with one that is in doubt, sets for non-commercial use, sets from which
the measuring sets were drawn, and sets whose claim alone gives the answer away. `three_way` is False where
"unsupported" includes contradictions; the loss then asks for supported or not, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """One set. `most` caps pairs by label (0 leaves the label out); `per_group` caps pairs that share a text.

    In the second training pairs of the first are left out, unless they are to be read `again`.
    A set for `weighing` is not trained on at all: on it the model's verdict is weighed against the words.
    """

    name: str
    licence: str
    three_way: bool = True
    most: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    per_group: int | None = None
    weight: float = 1.0
    again: bool = False
    weighing: bool = False


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
"""The first training, in the order of the model card."""

SECOND = (
    Source("fever", "CC BY-SA 3.0", most={"supported": 20_000, "refuted": 9_000, "unsupported": 9_000}),
    Source("semiauto-wiki", "CC BY-SA 3.0 / GFDL", total=9_000, weighing=True),
    Source("conjnli", "MIT; text CC BY-SA", total=4_000),
    Source("wikifactcheck-neg", "CC BY-SA 4.0", total=3_000),
    Source("fib-xsum", "CC BY 4.0", three_way=False, per_group=6),
    Source("summedits", "Apache-2.0", three_way=False, again=True),
    Source("factcheck-gpt", "Apache-2.0", again=True, most={"unsupported": 1_500}),
    Source("evidence-inference", "MIT", total=2_000),
    Source("folio", "CC BY-SA 4.0", weighing=True),
    Source("propsegment-wiki", "CC BY-SA 3.0", weighing=True),
    Source("hans-gen", "MIT", three_way=False, total=800),
    Source("cad-nli", "Apache-2.0; text CC BY-SA 4.0", total=2_000),
    Source("new-protocols", "CC BY-SA 3.0 / GFDL", total=12_000, again=True),
    Source("wanli", "CC BY 4.0", total=7_500, again=True),
    Source("mnli-dev", "OANC; fiction CC BY 3.0, CC BY-SA 3.0, public domain", total=6_000, again=True),
    Source("taxinli-mnli", "C-UDA 1.0", total=3_500, again=True),
    Source("defacto", "MIT", three_way=False, weight=1.5, again=True),
    Source("factcg-cg2c", "MIT", three_way=False, again=True),
    Source("fever-symmetric", "CC BY-SA 3.0", weight=1.5, again=True),
    Source("check-covid", "MIT", weight=1.5, again=True),
    Source("bump", "MIT", three_way=False, again=True),
    Source("begin", "CC BY 4.0; one part CDLA-Sharing 1.0", three_way=False, again=True),
    Source("dialogue-audit", "MIT", three_way=False, again=True),
    Source("scifact", "ODC-BY", again=True),
    Source("infotabs", "Apache-2.0; text CC BY-SA", total=2_000, weighing=True),
    Source("drop-nli", "CC BY-SA 4.0; questions MIT", three_way=False, total=1_500, weighing=True),
    Source("liar-plus", "CC0 1.0", total=1_570, weighing=True),
)
"""The second training: what the first had not read, and again the sets nearest to claims about news and public affairs."""

ARTICLES = ("defacto", "fib-xsum", "bump", "summedits", "factcg-cg2c")
"""Sets whose evidence is an article of which sentences become claims."""

CHANGED = ("fever", "new-protocols", "defacto", "fib-xsum", "mnli-dev", "wikifactcheck-neg", "begin")
"""Sets whose supported pairs and evidence sentences changed claims are made from."""
