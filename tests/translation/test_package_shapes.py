"""Packages in every shape that the indexes of Argos and LibreTranslate hold are installed and translate."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from reader.translation.cache import TranslationCache
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService
from tests.support.argos_package import build_package

if TYPE_CHECKING:
    from pathlib import Path

    from reader.translation.folders import PackageDirs

SENTENCES = (
    "Primarul Radu Munteanu a spus că lucrările vor începe în luna aprilie.",
    "„Nu mai putem aștepta”, a declarat el în fața celor 250 de locuitori.",
)
LONG = ", ".join(f"drumul {i} din Valea Plopilor" for i in range(110)) + "."
TRAP = "raise SystemExit('code of a package was run')\n"
SPLITTERS = {
    "stanza": {
        "stanza/__init__.py": TRAP,
        "stanza/resources.json": '{"ro": {"mwt": true}}',
        "stanza/ro/tokenize/rrt.pt": "no model",
        "stanza/ro/mwt/rrt.pt": "no model",
    },
    "minisbd": {"minisbd/__init__.py": TRAP, "minisbd/ro.onnx": "no model"},
    "neither": {},
}
TOKENIZERS = {
    "sentencepiece": {},
    "bpe": {"tokenizer": "bpe"},
    "prefix": {"target_prefix": ">>eng<<"},
    "bpe and prefix": {"tokenizer": "bpe", "target_prefix": ">>eng<<"},
}


def add(file: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in members.items():
            archive.writestr(f"{file.stem}/{name}", content)
    return file


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
@pytest.mark.parametrize("splitter", SPLITTERS)
def test_a_package_of_any_shape_is_installed_and_translates_every_sentence(
    dirs: PackageDirs, tmp_path: Path, splitter: str, tokenizer: str
):
    file = add(build_package(tmp_path, **TOKENIZERS[tokenizer]), SPLITTERS[splitter])
    store = PackageStore(dirs)
    package = store.install(file)
    assert package.problem is None
    assert all((package.path / name).is_file() for name in SPLITTERS[splitter])
    service = TranslationService(store, TranslationCache(tmp_path / "cache.sqlite"), 1)
    found = dict(service.translate(service.route("ro", "en"), (*SENTENCES, LONG)))
    service.close()
    assert "250" in found[1].text
    assert not any(">>" in translation.text for translation in found.values())
    assert all(str(i) in found[2].text for i in range(110))


@pytest.mark.parametrize("splitter", ["stanza", "minisbd"])
def test_nothing_of_a_packages_sentence_splitter_is_opened_or_imported(tmp_path: Path, splitter: str):
    file = add(build_package(tmp_path), SPLITTERS[splitter])
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    code = (
        "import sys\n"
        "def watch(event, arguments):\n"
        f"    if event == 'open' and '/{splitter}' in str(arguments[0]).replace('\\\\', '/'):\n"
        "        raise AssertionError(arguments)\n"
        "sys.addaudithook(watch)\n"
        "from reader.translation.engine import Engine\n"
        "from reader.translation.messages import Decoding, Step\n"
        f"(found,) = Engine(Decoding(), 1).translate([Step({str(file.with_suffix(''))!r})], ['Da, bine.'])\n"
        "assert found.text\n"
        f"assert not {{'stanza', 'minisbd', 'onnxruntime', 'spacy', 'torch'}} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_package_with_the_fields_of_the_index_works(dirs: PackageDirs, tmp_path: Path):
    """Real metadata.json files hold more fields than the reader needs."""
    file = build_package(tmp_path)
    folder = tmp_path / file.stem
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    fields = json.loads((folder / "metadata.json").read_text("utf-8"))
    fields |= {
        "type": "translate",
        "code": "translate-ro_en",
        "dependencies": [{"type": "sbd", "code": "sbd-ro"}],
        "links": ["https://example.org/translate-ro_en-1_0.argosmodel", "ipfs://example"],
        "source_languages": [{"code": "ro", "name": "Romanian"}],
        "target_languages": [{"code": "en", "name": "English"}],
    }
    (folder / "metadata.json").write_text(json.dumps(fields), "utf-8")
    with zipfile.ZipFile(file, "w") as archive:
        for member in sorted(folder.rglob("*")):  # the root folder itself is a member too, as some tools write it
            archive.write(member, member.relative_to(tmp_path))
        archive.write(folder, folder.name)
    package = PackageStore(dirs).install(file)
    assert (package.from_code, package.to_code, package.problem) == ("ro", "en", None)


@pytest.mark.parametrize("prefixed", ["first", "second"])
def test_a_pivot_may_hold_a_package_for_several_target_languages(dirs: PackageDirs, tmp_path: Path, prefixed: str):
    prefixes = {"first": (">>eng<<", ""), "second": ("", ">>ita<<")}[prefixed]
    store = PackageStore(dirs)
    store.install(build_package(tmp_path, "ro", "en", target_prefix=prefixes[0]))
    store.install(build_package(tmp_path, "en", "it", seed=2, target_prefix=prefixes[1]))
    service = TranslationService(store, TranslationCache(tmp_path / "cache.sqlite"), 1)
    route = service.route("ro", "it")
    found = dict(service.translate(route, SENTENCES))
    service.close()
    assert route.via == "en"
    assert "250" in found[1].text
    assert not any(">>" in translation.text for translation in found.values())
