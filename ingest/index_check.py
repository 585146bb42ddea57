"""Does an index folder hold what the ledger says? Asked in a child process, because a damaged one can kill it.

The child is told the keys and one number for each vector (its projection on a fixed direction), opens the folder and
reports. Three faults hide from each other and are all looked for: a key that is missing, a vector that is not the one
stored, and vectors that are there but that no search reaches (a lost index file leaves nine tenths of them so, without
an error; some are so in any graph whose vectors lie close together, and are searched one by one). Keys that the ledger
does not know are counted, and no fault: nobody who searches heeds them.

Run as `python -c "... main()"`; input on standard input, a JSON report on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ingest.vector_index import VectorIndex

_SEED = 11
_PAGE = 2_000
_PROBES = 200
_SAME = 1e-3
_REACHED_AT_LEAST = 0.25
_SECONDS_AT_LEAST = 60.0
_VECTORS_A_SECOND = 500.0
_LARGEST_FILE_BYTES = 2 * 2**30
_FILE_BYTES_PER_VECTOR = 100_000


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: keys that are missing, keys that no live passage has.

    `fault` is why the index cannot be used at all, in words; None when it can.
    """

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    fault: str | None = None

    @property
    def sound(self) -> bool:
        """True when there is nothing to repair."""
        return not (self.missing or self.fault)


def projections(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """One number per row that any change of the row would change."""
    direction = np.random.default_rng(_SEED).standard_normal(vectors.shape[1])
    return (vectors @ (direction / np.linalg.norm(direction))).astype(np.float32)


def check_folder(folder: Path, collection: str, keys: Sequence[str], projected: NDArray[np.float32]) -> Findings:
    """Check a folder in a child process. The child's death, silence or refusal is a finding, not an exception."""
    header = json.dumps({"folder": str(folder), "collection": collection, "keys": list(keys)})
    given = header.encode() + b"\n" + np.asarray(projected, "<f4").tobytes()
    path = json.dumps([entry for entry in sys.path if entry] or [str(Path.cwd())])
    program = f"import sys; sys.path[:] = {path}; from ingest.index_check import main; main()"
    seconds = _SECONDS_AT_LEAST + len(keys) / _VECTORS_A_SECOND
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", program], input=given, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Findings(fault=f"it was not read within {seconds:.0f} s")
    if child.returncode != 0:
        said = child.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
        return Findings(fault=f"the process that read it ended with {child.returncode} {said[0]}".strip())
    report = json.loads(child.stdout)
    return Findings(tuple(report["missing"]), tuple(report["unknown"]), report["fault"])


def main() -> None:
    """The child's part."""
    header = json.loads(sys.stdin.buffer.readline())
    _cap_files(_LARGEST_FILE_BYTES + _FILE_BYTES_PER_VECTOR * len(header["keys"]))
    projected = np.frombuffer(sys.stdin.buffer.read(), "<f4")
    from ingest.chroma_index import open_folder
    from ingest.errors import IndexUnavailable

    try:
        index = open_folder(Path(header["folder"]), header["collection"])
        findings = compare(index, header["keys"], projected)
    except IndexUnavailable as error:
        findings = Findings(fault=error.message)
    sys.stdout.write(json.dumps(asdict(findings)))


def compare(index: VectorIndex, keys: Sequence[str], projected: NDArray[np.float32]) -> Findings:
    """Compare an open index with the keys and projections the ledger holds."""
    expected = dict(zip(keys, projected.tolist(), strict=True))
    held = index.keys()
    missing, unknown = sorted(expected.keys() - held), sorted(held - expected.keys())
    if index.count() != len(held):
        return Findings(fault=f"it counts {index.count()} vectors and lists {len(held)}")
    shared = sorted(expected.keys() & held)
    sample: list[NDArray[np.float32]] = []
    for start in range(0, len(shared), _PAGE):
        page = shared[start : start + _PAGE]
        found = index.vectors(page)
        if len(found) != len(page):
            return Findings(fault=f"{len(page) - len(found)} vectors cannot be read")
        rows = np.stack([found[key] for key in page])
        rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        wrong = np.abs(projections(rows) - [expected[key] for key in page]) > _SAME
        if wrong.any():
            return Findings(fault=f"{int(wrong.sum())} vectors are not those of the ledger")
        sample.extend(rows[:: max(1, len(shared) // _PROBES)])
    if shared and (fault := _unreached(index, np.stack(sample), len(held))):
        return Findings(fault=fault)
    return Findings(tuple(missing), tuple(unknown))


def _unreached(index: VectorIndex, sample: NDArray[np.float32], held: int) -> str | None:
    reached = held - len(index.unreached())
    if reached < held * _REACHED_AT_LEAST:
        return f"a search reaches {reached} of {held} vectors"
    hits = index.nearest(sample, 1)
    lost = sum(not keys for keys in hits)
    if not lost:
        found = index.vectors(sorted({keys[0] for keys in hits}))
        near = [float(row @ found[keys[0]]) for row, keys in zip(sample, hits, strict=True)]
        # Graph search is approximate: a probe or two in a hundred may miss, a damaged graph loses many.
        lost = sum(value < 1 - _SAME for value in near)
    return f"{lost} of {len(hits)} probes do not find themselves" if lost > max(1, len(hits) // 20) else None


def _cap_files(largest: int) -> None:
    """A torn record can make a file grow without end; better that the child is stopped."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    cap = largest if hard == resource.RLIM_INFINITY else min(hard, largest)
    resource.setrlimit(resource.RLIMIT_FSIZE, (cap, hard))
