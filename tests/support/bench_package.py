"""Write a package with the dimensions of a real Argos model and seeded random weights, to measure speed and memory.

Transformer base: 6 + 6 layers, 512 dimensions, 2,048 in the feed-forward parts, 8 heads, 32,000 pieces, int8. What it
writes is noise and never ends by itself: whoever measures with it must cap the decoding length.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

LAYERS, DIMS, INNER, HEADS, PIECES = 6, 512, 2048, 8, 32_000
_SPECIAL = ("<unk>", "<s>", "</s>")


def write_bench_folder(top: Path, texts: Iterable[str], from_code: str = "ro", to_code: str = "en") -> Path:
    """Write an installed package whose tokenizer is trained on `texts`; takes some seconds. Return its folder."""
    (top / "model").mkdir(parents=True)
    (top / "sentencepiece.model").write_bytes(_tokenizer(texts))
    processor = sentencepiece.SentencePieceProcessor(model_file=str(top / "sentencepiece.model"))
    pieces = [processor.id_to_piece(i) for i in range(processor.vocab_size())]
    pieces += [f"<filler_{i}>" for i in range(PIECES - len(pieces))]
    spec = _noise(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(top / "model"))
    pair = {"from_code": from_code, "from_name": from_code, "to_code": to_code, "to_name": to_code}
    metadata = {"package_version": "0.0", "argos_version": "1.9.0", **pair, "links": []}
    (top / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return top


def _tokenizer(texts: Iterable[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text"
        file.write_text("\n".join(texts), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(file),
            model_prefix=str(Path(folder) / "pieces"),
            vocab_size=PIECES,
            hard_vocab_limit=False,
            character_coverage=0.9999,
            model_type="unigram",
            unk_id=0,
            bos_id=1,
            eos_id=2,
            pad_id=-1,
            num_threads=1,
            minloglevel=2,
        )
        return (Path(folder) / "pieces.model").read_bytes()


def _noise(pieces: list[str]) -> transformer_spec.TransformerSpec:
    """Return the model: Glorot's weights, sinusoids for positions, `</s>` out of reach."""
    rng = np.random.default_rng(1)

    def linear(part: object, outputs: int, inputs: int) -> None:
        scale = (2 / (outputs + inputs)) ** 0.5
        part.weight = (rng.standard_normal((outputs, inputs)) * scale).astype(np.float32)
        part.bias = np.zeros(outputs, np.float32)

    def norm(part: object) -> None:
        part.gamma = np.ones(DIMS, np.float32)
        part.beta = np.zeros(DIMS, np.float32)

    spec = transformer_spec.TransformerSpec.from_config(
        (LAYERS, LAYERS), HEADS, pre_norm=True, activation=common_spec.Activation.RELU
    )
    embeddings = (rng.standard_normal((len(pieces), DIMS)) * DIMS**-0.5).astype(np.float32)
    for part in (spec.encoder, spec.decoder):
        part.position_encodings.encodings = _sinusoids()
        part.scale_embeddings = True
        norm(part.layer_norm)
        for layer in part.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], 3 * DIMS, DIMS)
            linear(layer.self_attention.linear[1], DIMS, DIMS)
            if part is spec.decoder:
                norm(layer.attention.layer_norm)
                linear(layer.attention.linear[0], DIMS, DIMS)
                linear(layer.attention.linear[1], 2 * DIMS, DIMS)
                linear(layer.attention.linear[2], DIMS, DIMS)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, INNER, DIMS)
            linear(layer.ffn.linear_1, DIMS, INNER)
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = embeddings
    spec.decoder.projection.weight = embeddings
    spec.decoder.projection.bias = np.zeros(len(pieces), np.float32)
    spec.decoder.projection.bias[_SPECIAL.index("</s>")] = -1e4
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.config.add_source_bos = False
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = _SPECIAL
    spec.config.decoder_start_token = "<s>"
    return spec


def _sinusoids() -> np.ndarray:
    rates = np.exp(np.arange(DIMS // 2) * -(np.log(10_000) / (DIMS // 2 - 1)))
    angles = np.arange(512)[:, None] * rates
    return np.concatenate([np.sin(angles), np.cos(angles)], 1).astype(np.float32)
