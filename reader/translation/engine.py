"""The translation engine: Argos tokenizers and CTranslate2, sentences in, sentences out. Runs in the worker only.

`argostranslate.translate` is not used: it joins the tokens of a paragraph's sentences before it decodes, so that
which sentence became which is lost, it lets CTranslate2 cut long sentences off at 256 tokens without a word, and
it loads a sentence splitter that fetches models from the network.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ctranslate2
from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

from reader.translation.clauses import split_clauses
from reader.translation.doubts import DoubtKind, find_doubts, worth_a_retry
from reader.translation.messages import Decoded
from reader.translation.package import read_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from argostranslate.tokenizer import Tokenizer

    from reader.translation.doubts import Doubt
    from reader.translation.messages import Decoding, Step

# Loaded packages kept at hand: the two of a chain through English, or those of two languages read in turn.
_KEPT_PACKAGES = 2
# Tokens that CTranslate2 decodes together; larger and smaller batches were slower on two cores.
_BATCH_TOKENS = 256
# The second try: of 17 looping sentences of news it mended 15, `no_repeat_ngram_size` alone 10.
_CAREFULLY = {"no_repeat_ngram_size": 3, "repetition_penalty": 1.2}


class LoadFailed(Exception):
    """A package can't be loaded; `path` is its folder."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of sentence `sentence`, short enough for the model."""

    sentence: int
    tokens: list[str]
    limit: int


class Engine:
    """Load chains of packages and translate lists of sentences; safe to call from several threads."""

    def __init__(self, decoding: Decoding, threads: int) -> None:
        self._decoding = decoding
        self._threads = threads
        self._models: OrderedDict[Step, _Model] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, chain: Sequence[Step]) -> list[_Model]:
        """Return the models of `chain`, loaded; those used least lately give way. Raise `LoadFailed`."""
        with self._lock:
            for step in chain:
                if step not in self._models:
                    while len(self._models) >= max(_KEPT_PACKAGES, len(chain)):
                        self._models.popitem(last=False)
                    self._models[step] = _Model(step, self._decoding, self._threads)
                self._models.move_to_end(step)
            return [self._models[step] for step in chain]

    def translate(
        self,
        chain: Sequence[Step],
        sentences: Sequence[str],
        names: Sequence[Sequence[str]] = (),
        before_batch: Callable[[], None] = lambda: None,
    ) -> list[Decoded]:
        """Translate each sentence; a doubtful one is tried once more, with care, and the better one kept.

        `names` are the people's names that stand in each sentence. `before_batch` may wait, or raise to give up.
        """
        models = self.load(chain)
        first = _through(models, sentences, before_batch)
        if not self._decoding.retry:
            return first

        def doubts(i: int, decoded: Decoded) -> tuple[Doubt, ...]:
            known = names[i] if names else ()
            return find_doubts(sentences[i], decoded.text, decoded.score, known, decoded.cut, chain[-1].to_code)

        def badness(i: int, decoded: Decoded) -> tuple[int, float]:
            """Fewer doubts that can be pointed at are better, then a better score is."""
            return sum(doubt.kind is not DoubtKind.SCORE for doubt in doubts(i, decoded)), -decoded.score

        doubtful = [i for i, decoded in enumerate(first) if worth_a_retry(doubts(i, decoded))]
        if not doubtful:
            return first
        second = _through(models, [sentences[i] for i in doubtful], before_batch, careful=True)
        for i, again in zip(doubtful, second, strict=True):
            first[i] = min(first[i], again, key=partial(badness, i))
        return first


class _Model:
    """One package, loaded."""

    def __init__(self, step: Step, decoding: Decoding, threads: int) -> None:
        self._decoding = decoding
        self._prefix = step.target_prefix
        folder = Path(step.path)
        try:
            self._tokenizer = _tokenizer(folder)
            self._tokenizer.encode("a")  # it loads on first use; a damaged file shows here, not in mid-text
            # One thread a batch and as many batches as there are threads: the fastest split on two cores by far.
            self._translator = ctranslate2.Translator(
                str(folder / "model"), device="cpu", inter_threads=threads, intra_threads=1
            )
        except (RuntimeError, ValueError, OSError, KeyError, IndexError, SystemExit) as exc:
            # BPE codes that can't be read end in SystemExit
            raise LoadFailed(step.path, str(exc) or type(exc).__name__) from exc

    def translate(
        self, sentences: Sequence[str], before_batch: Callable[[], None], *, careful: bool = False
    ) -> list[Decoded]:
        """Translate each sentence; over-long ones in clauses, joined again."""
        longest = self._decoding.longest_source // (2 if careful else 1)
        pieces = [piece for i, sentence in enumerate(sentences) for piece in self._pieces(i, sentence, longest)]
        parts: list[list[Decoded]] = [[] for _ in sentences]
        for piece, decoded in zip(pieces, self._decode(pieces, before_batch, careful=careful), strict=True):
            parts[piece.sentence].append(decoded)
        return [_joined(decoded) for decoded in parts]

    def _pieces(self, sentence: int, text: str, longest: int) -> list[_Piece]:
        """Tokenise; split at clause marks until each part is short enough."""
        clean = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate would stop the tokenizer
        parts = split_clauses(clean, lambda part: len(self._tokenizer.encode(part)), longest)
        tokens = [self._tokenizer.encode(part) for part in parts]
        return [_Piece(sentence, part, self._limit(len(part))) for part in tokens if part]

    def _limit(self, tokens: int) -> int:
        return math.ceil(tokens * self._decoding.length_factor) + self._decoding.length_margin

    def _decode(self, pieces: Sequence[_Piece], before_batch: Callable[[], None], *, careful: bool) -> list[Decoded]:
        """Run CTranslate2 over the pieces, those of like length together."""
        decoded: dict[int, Decoded] = {}
        for batch in _batches(pieces):
            before_batch()
            results = self._translator.translate_batch(
                [pieces[i].tokens for i in batch],
                target_prefix=[[self._prefix]] * len(batch) if self._prefix else None,
                replace_unknowns=True,
                beam_size=self._decoding.beam_size,
                length_penalty=self._decoding.length_penalty,
                max_input_length=0,
                # the limit holds for the whole batch; `_read` sees to each piece's own
                max_decoding_length=max(pieces[i].limit for i in batch),
                return_scores=True,
                **(_CAREFULLY if careful else {}),
            )
            for i, result in zip(batch, results, strict=True):
                decoded[i] = self._read(result.hypotheses[0], result.scores[0], pieces[i].limit)
        return [decoded[i] for i in range(len(pieces))]

    def _read(self, tokens: list[str], score: float, limit: int) -> Decoded:
        # CTranslate2 gives the sum of log probabilities over length ** penalty
        mean = score * len(tokens) ** (self._decoding.length_penalty - 1) if tokens else score
        cut = len(tokens) >= limit
        tokens = tokens[:limit]
        if self._prefix and tokens[:1] == [self._prefix]:
            tokens = tokens[1:]
        return Decoded(self._tokenizer.decode(tokens).strip(), mean, cut)


def _batches(pieces: Sequence[_Piece]) -> list[list[int]]:
    """Return the indices of the pieces in even batches of about `_BATCH_TOKENS`, like lengths together."""
    total = sum(len(piece.tokens) for piece in pieces)
    batches: list[list[int]] = [[] for _ in range(max(1, round(total / _BATCH_TOKENS)))]
    before = 0
    for i in sorted(range(len(pieces)), key=lambda i: -len(pieces[i].tokens)):
        batches[before * len(batches) // total].append(i)
        before += len(pieces[i].tokens)
    return [batch for batch in batches if batch]


def _tokenizer(folder: Path) -> Tokenizer:
    """Return the package's tokenizer, as `argostranslate.package.Package` would choose it.

    `Package` itself is not used: importing it makes folders in the user's home, and it reads metadata.json in the
    locale's encoding.
    """
    if (folder / "sentencepiece.model").exists():
        return SentencePieceTokenizer(folder / "sentencepiece.model")
    metadata = read_metadata(folder / "metadata.json")
    return BPETokenizer(folder / "bpe.model", metadata.from_code, metadata.to_code)


def _through(
    models: Sequence[_Model], sentences: Sequence[str], before_batch: Callable[[], None], *, careful: bool = False
) -> list[Decoded]:
    """Pass the sentences through each model in turn."""
    results = [Decoded(sentence, 0.0) for sentence in sentences]
    for model in models:
        translated = model.translate([result.text for result in results], before_batch, careful=careful)
        results = [
            replace(new, score=old.score + new.score, cut=old.cut or new.cut)
            for old, new in zip(results, translated, strict=True)
        ]
    return results


def _joined(parts: Sequence[Decoded]) -> Decoded:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Decoded("", 0.0)
    weight = sum(len(part.text) + 1 for part in parts)
    score = sum(part.score * (len(part.text) + 1) for part in parts) / weight
    return Decoded(" ".join(part.text for part in parts if part.text), score, any(part.cut for part in parts))
