"""Build a tiny Argos package that goes through the real zip, the real tokenizer and CTranslate2.

Its weights are written by hand instead of trained: the decoder's only attention looks at the source token of its
own position, and each source piece stands for one target piece. So it is a *cipher*: a sentence of n pieces
becomes n other pieces, and since `</s>` stands for itself, decoding ends by itself, exactly where the source does.
Word lengths, digits and punctuation stay as they are. What a sentence becomes depends on `seed` alone, never on its
neighbours.

Variants, for the failures that a reader must live through:

- `endless=True`: `</s>` is never written, so decoding runs into whatever limit the caller sets.
- `mute=True`: `</s>` is all that is ever written.
- `tokenizer="bpe"`: Moses and BPE, as in older Argos packages.
- `target_prefix`: as in packages for several target languages.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

_SPECIAL = ("<unk>", "<s>", "</s>")
_TOKEN_DIMS = 64
_POSITION_DIMS = 32
_DIMS = _TOKEN_DIMS + _POSITION_DIMS
_POSITIONS = 512

LANGUAGE_NAMES = {"ro": "Romanian", "uk": "Ukrainian", "it": "Italian", "bg": "Bulgarian", "en": "English"}

TEXT = """
Consiliul local din Valea Plopilor a votat marți un buget nou pentru drumuri și pentru școala veche.
Primarul Radu Munteanu a spus că lucrările vor începe în luna aprilie și vor dura doi ani.
„Nu mai putem aștepta”, a declarat el în fața locuitorilor adunați în piață.
Potrivit companiei de apă, rețeaua a fost construită în urmă cu patruzeci de ani.
Un purtător de cuvânt al ministerului a refuzat să comenteze această informație.
Міська рада Вербівки ухвалила у вівторок новий бюджет на ремонт доріг і старої школи.
«Ми більше не можемо чекати», — сказала депутатка Олена Ткачук перед мешканцями міста.
За словами речника, роботи почнуться у квітні та триватимуть два роки.
Мережу збудували сорок років тому, повідомляє компанія, що постачає воду.
Il consiglio comunale di Borgo Sereno ha approvato martedì un nuovo bilancio per le strade e la scuola.
«Non possiamo più aspettare», ha detto la consigliera Marta Bellini davanti agli abitanti riuniti in piazza.
Secondo la società che fornisce l'acqua, la rete fu costruita quarant'anni fa.
I lavori cominceranno ad aprile e dureranno due anni, ha aggiunto un portavoce del ministero.
Общинският съвет на Върбово прие във вторник нов бюджет за пътищата и за старото училище.
„Не можем повече да чакаме“, каза съветничката Елена Драгиева пред жителите на града.
По думите на говорителя работата ще започне през април и ще продължи две години.
The town council of Willow Bend voted on Tuesday for a new budget for the roads and the old school.
“We can't wait any longer,” councillor Ellen Marsh told the people who had gathered in the square.
The work will begin in April and last for two years, a spokesman for the ministry added.
According to the company that supplies the water, the network was built forty years ago.
"""


def build_package(
    path: Path,
    from_code: str = "ro",
    to_code: str = "en",
    *,
    seed: int = 1,
    version: str = "1.0",
    tokenizer: str = "sentencepiece",
    target_prefix: str = "",
    endless: bool = False,
    mute: bool = False,
    root: str | None = None,
) -> Path:
    """Write a package to `path` (a file, or a folder to put `translate-ro_en-1_0.argosmodel` into); return the file."""
    root = root or f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"
    file = path / f"{root}.argosmodel" if path.is_dir() else path
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder) / root
        write_package_folder(
            top,
            from_code,
            to_code,
            seed=seed,
            version=version,
            tokenizer=tokenizer,
            target_prefix=target_prefix,
            endless=endless,
            mute=mute,
        )
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in sorted(top.rglob("*")):
                archive.write(member, member.relative_to(folder))
    return file


def write_package_folder(
    top: Path,
    from_code: str = "ro",
    to_code: str = "en",
    *,
    seed: int = 1,
    version: str = "1.0",
    tokenizer: str = "sentencepiece",
    target_prefix: str = "",
    endless: bool = False,
    mute: bool = False,
) -> Path:
    """Write an installed package, as a folder; return it."""
    (top / "model").mkdir(parents=True)
    if tokenizer == "bpe":
        codes, pieces = _bpe()
        (top / "bpe.model").write_text(codes, encoding="utf-8")
    else:
        model, pieces = _sentencepiece()
        (top / "sentencepiece.model").write_bytes(model)
    if target_prefix:
        pieces = (*pieces, target_prefix)
    ends = -1e4 if endless else 1e4 if mute else 0.0
    _cipher(pieces, seed=seed, end_bias=ends).save(str(top / "model"))
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": from_code,
        "from_name": LANGUAGE_NAMES.get(from_code, from_code),
        "to_code": to_code,
        "to_name": LANGUAGE_NAMES.get(to_code, to_code),
        "links": [],
    }
    if target_prefix:
        metadata["target_prefix"] = target_prefix
    (top / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    (top / "README.md").write_text("A cipher for tests, no translation.\n", encoding="utf-8")
    return top


@cache
def _sentencepiece() -> tuple[bytes, tuple[str, ...]]:
    """Train SentencePiece on `TEXT`; return the model file and its pieces, ids 0–2 the special ones."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        text.write_text(TEXT, encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(text),
            model_prefix=str(Path(folder) / "pieces"),
            vocab_size=700,
            hard_vocab_limit=False,
            character_coverage=1.0,
            model_type="unigram",
            user_defined_symbols=list("0123456789"),
            unk_id=0,
            bos_id=1,
            eos_id=2,
            pad_id=-1,
            num_threads=1,
            minloglevel=2,
        )
        model = (Path(folder) / "pieces.model").read_bytes()
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    return model, tuple(processor.id_to_piece(i) for i in range(processor.vocab_size()))


def _bpe() -> tuple[str, tuple[str, ...]]:
    """Return BPE codes (letters only, and Moses' entities in one piece) and the pieces they make."""
    merges = []
    for entity in ("&quot;", "&apos;", "&amp;"):
        merges += [f"{entity[:i]} {entity[i]}" for i in range(1, len(entity) - 1)]
        merges.append(f"{entity[:-1]} ;</w>")
    letters = sorted(set(TEXT + "0123456789&;") - {" ", "\n"})
    entities = ["&quot;", "&apos;", "&amp;"]
    pieces = (*_SPECIAL, *letters, *(f"{letter}@@" for letter in letters), *entities)
    return "#version: 0.2\n" + "\n".join(merges) + "\n", pieces


def _substitution(pieces: tuple[str, ...], seed: int) -> list[int]:
    """Return what each piece stands for: another of its length and place in a word; what has no letter stays."""
    rng = np.random.default_rng(seed)
    stands_for = list(range(len(pieces)))
    kinds: dict[tuple[bool, bool, int], list[int]] = {}
    for i, piece in enumerate(pieces[len(_SPECIAL) :], len(_SPECIAL)):
        if piece.strip("▁@").isalpha():
            kinds.setdefault((piece.startswith("▁"), piece.endswith("@@"), len(piece)), []).append(i)
    for kind in kinds.values():
        for i, j in zip(kind, rng.permutation(kind), strict=True):
            stands_for[i] = int(j)
    return stands_for


def _cipher(pieces: tuple[str, ...], *, seed: int, end_bias: float) -> transformer_spec.TransformerSpec:
    """Return a model of one encoder and one decoder layer that writes what each piece stands for.

    A vector is [token code of ±1 | position, as sines and cosines]. All that the layers add is zero, but for the
    decoder's attention to the source: it asks for its own position and adds that token's code.
    """
    rng = np.random.default_rng(seed)
    size = len(pieces)
    codes = np.zeros((size, _DIMS), np.float32)
    codes[:, :_TOKEN_DIMS] = rng.choice((-1.0, 1.0), (size, _TOKEN_DIMS))
    targets = np.zeros_like(codes)
    for piece, stands_for in enumerate(_substitution(pieces, seed)):
        targets[stands_for] = codes[piece]
    angles = np.arange(_POSITIONS)[:, None] * rng.uniform(0.2, 3.0, _POSITION_DIMS // 2)
    positions = np.zeros((_POSITIONS, _DIMS), np.float32)
    positions[:, _TOKEN_DIMS:] = np.concatenate([np.sin(angles), np.cos(angles)], 1)

    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), 1, pre_norm=True, activation=common_spec.Activation.RELU
    )
    for part in (spec.encoder, spec.decoder):
        part.position_encodings.encodings = positions
        part.scale_embeddings = False
        _norm(part.layer_norm)
        layer = part.layer[0]
        for block, inner in ((layer.self_attention, 3 * _DIMS), (layer.ffn, _DIMS)):
            _norm(block.layer_norm)
            first, second = block.linear if inner > _DIMS else (block.linear_0, block.linear_1)
            _linear(first, np.zeros((inner, _DIMS)))
            _linear(second, np.zeros((_DIMS, _DIMS)))
    _attend_to_own_position(spec.decoder.layer[0].attention)
    spec.encoder.embeddings[0].weight = codes
    spec.decoder.embeddings.weight = np.zeros_like(codes)
    _linear(spec.decoder.projection, targets)
    spec.decoder.projection.bias[_SPECIAL.index("</s>")] = end_bias
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.config.add_source_eos = True
    spec.config.add_source_bos = False
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = _SPECIAL
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    return spec


def _attend_to_own_position(attention: object) -> None:
    """Set query and key to the position, sharply, and the value to the token's code."""
    token = np.diag([1.0] * _TOKEN_DIMS + [0.0] * _POSITION_DIMS)
    position = np.diag([0.0] * _TOKEN_DIMS + [1.0] * _POSITION_DIMS)
    _norm(attention.layer_norm)
    _linear(attention.linear[0], 10 * position)
    _linear(attention.linear[1], np.concatenate([10 * position, token]))
    _linear(attention.linear[2], 4 * token)


def _linear(linear: object, weight: np.ndarray) -> None:
    linear.weight = weight.astype(np.float32)
    linear.bias = np.zeros(len(weight), np.float32)


def _norm(norm: object) -> None:
    norm.gamma = np.ones(_DIMS, np.float32)
    norm.beta = np.zeros(_DIMS, np.float32)
