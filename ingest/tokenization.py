"""From texts to the numbers a model reads, and back to the characters they stand for.

Both engines go through here, so that they cut a text at the same token and give the same offsets. Uses the
`tokenizers` library on the model's own tokenizer.json; transformers is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from ingest.models import ModelFiles


@dataclass(frozen=True, slots=True)
class Piece:
    """One text cut to the model's window.

    `numbers` holds special tokens and those of a prompt too. `first` is where the text's own begin; `offsets` are
    theirs alone, and count characters from the beginning of the text.
    """

    numbers: list[int]
    offsets: NDArray[np.int32]
    first: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts padded to the longest among them. `places` are their positions in what was given.

    `prompt_length` is the number of tokens in front of the texts, leading special ones included; 0 without a prompt.
    """

    places: list[int]
    input_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    prompt_length: int


class Tokenization:
    """Cuts texts into the tokens of one model.

    Padding and truncation set in tokenizer.json are switched off: the window is applied here, after the special
    tokens are known, and a batch is padded to its longest text only.
    """

    def __init__(self, tokenizer: Tokenizer, files: ModelFiles) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        if files.lower_case:
            _lower_case(tokenizer)
        self._tokenizer = tokenizer
        self._pad = files.pad_token
        probe = tokenizer.encode("a")
        plain = len(tokenizer.encode("a", add_special_tokens=False).ids)
        leading = next((i for i, special in enumerate(probe.special_tokens_mask) if not special), 0)
        self.leading = probe.ids[:leading]
        self.trailing = probe.ids[leading + plain :]
        self._room = files.window - len(self.leading) - len(self.trailing)
        longest = max(files.document, files.query, key=len)
        self.window = self._room - len(tokenizer.encode(longest, add_special_tokens=False).ids)

    @classmethod
    def of(cls, files: ModelFiles) -> Tokenization:
        """Reads the model's tokenizer.json.

        Raises:
            ModelUnavailable: there is none, or it cannot be read.
        """
        from tokenizers import Tokenizer

        path = files.transformer / "tokenizer.json"
        try:
            return cls(Tokenizer.from_str(path.read_text(encoding="utf-8")), files)
        except Exception as error:  # the library raises bare Exception for a malformed file
            raise ModelUnavailable(
                f"The tokenizer of `{files.name}` cannot be read: {error}.",
                remedy="Use a copy of the model that has a sound tokenizer.json.",
            ) from error

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones left out and the window not applied."""
        readable = [_readable(text) for text in texts]
        return [len(one.ids) for one in self._tokenizer.encode_batch_fast(readable, add_special_tokens=False)]

    def cut(self, texts: Sequence[str], prompt: str = "") -> list[Piece]:
        """Each text, behind `prompt`, as far as the model reads it."""
        readable = [prompt + _readable(text) for text in texts]
        pieces = []
        for one in self._tokenizer.encode_batch(readable, add_special_tokens=False):
            offsets = np.array(one.offsets[: self._room], dtype=np.int32).reshape(-1, 2) - len(prompt)
            # A token that holds the end of the prompt and the beginning of the text is the text's.
            skipped = int((offsets[:, 1] <= 0).sum()) if prompt else 0
            # A model without special tokens still needs one token to read from an empty text.
            numbers = [*self.leading, *one.ids[: self._room], *self.trailing] or [self._pad]
            pieces.append(Piece(numbers, offsets[skipped:].clip(min=0), len(self.leading) + skipped))
        return pieces

    def batches(self, pieces: Sequence[Piece], size: int) -> Iterator[Batch]:
        """All pieces in batches of up to `size`, the longest first so that memory is highest at the start."""
        order = sorted(range(len(pieces)), key=lambda place: (-len(pieces[place].numbers), place))
        for first in range(0, len(order), size):
            places = order[first : first + size]
            shape = (len(places), len(pieces[places[0]].numbers))
            input_ids = np.full(shape, self._pad, dtype=np.int64)
            attention_mask = np.zeros(shape, dtype=np.int64)
            for row, place in enumerate(places):
                numbers = pieces[place].numbers
                input_ids[row, : len(numbers)] = numbers
                attention_mask[row, : len(numbers)] = 1
            first = pieces[places[0]].first
            yield Batch(places, input_ids, attention_mask, first if first > len(self.leading) else 0)


def _readable(text: str) -> str:
    """The text as UTF-8 can hold it, character for character; half of a surrogate pair becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _lower_case(tokenizer: Tokenizer) -> None:
    """As sentence-transformers applies `do_lower_case`: in front of the tokenizer's own normalizer."""
    from tokenizers.normalizers import Lowercase, Sequence

    own = tokenizer.normalizer
    tokenizer.normalizer = Sequence([Lowercase(), own] if own else [Lowercase()])
