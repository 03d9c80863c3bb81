"""Reading corpora and training sentences, cleaning them, and that training repeats byte for byte."""

from __future__ import annotations

import gzip

import pytest

from reader.analysis.people import PersonFinder
from reader.analysis.training import Sample, clean, main, read_corpus, read_sentences
from reader.text.span import Span

SENTENCES = [
    "Primarul [Vasile Trăsnea] a deschis podul din Brașov.",
    "[Trăsnea] a vorbit cu [Ana Cojoc] despre strada Mihai Viteazul.",
    "Potrivit [Anei Cojoc], lucrările din Iași încep luni.",
    "Guvernul a aprobat bugetul, anunță ministra [Ilinca Vrâncu].",
]


@pytest.fixture
def corpora(tmp_path):
    folder = tmp_path / "corpora"
    folder.mkdir()
    rows = "# own\nPrimarul\tO\nVasile\tB\nTrăsnea\tI\na\tO\nvenit\tO\n.\tO\n\n# own\nAzi\tO\nplouă\tO\n.\tO\n\n"
    (folder / "ro.tsv.gz").write_bytes(gzip.compress((rows * 12).encode(), mtime=0))
    return folder


@pytest.fixture
def sentences(tmp_path):
    folder = tmp_path / "sentences"
    folder.mkdir()
    (folder / "ro.txt").write_text("# our own\n" + "\n".join(SENTENCES * 6), "utf-8")
    (folder / "given_names.txt").write_text("# names\nro: Vasile Ana Ilinca\n", "utf-8")
    (folder / "surnames.txt").write_text("ro: Popescu\n", "utf-8")
    (folder / "places.txt").write_text("ro: Brașov Iași\n", "utf-8")
    return folder


def test_a_corpus_becomes_sentences_with_the_spans_of_persons(corpora):
    first, second = read_corpus(corpora / "ro.tsv.gz")[:2]
    assert first == Sample("Primarul Vasile Trăsnea a venit .", (Span(9, 23),), "ro")
    assert second.people == ()


def test_brackets_mark_the_persons_of_our_own_sentences(sentences):
    first = read_sentences(sentences / "ro.txt")[0]
    assert first.text == "Primarul Vasile Trăsnea a deschis podul din Brașov."
    assert [span.of(first.text) for span in first.people] == ["Vasile Trăsnea"]


def test_cleaning_takes_titles_off_and_drops_common_nouns():
    text = "Domnul Ion Albu și Polițiștii"
    samples = [
        Sample(text, (Span(0, 15), Span(19, 29)), "ro"),
        Sample("polițiștii și polițiștii", (), "ro"),
    ]
    assert [span.of(text) for span in clean(samples)[0].people] == ["Ion Albu"]


def test_training_twice_gives_the_same_bytes_and_a_model_that_loads(corpora, sentences, tmp_path):
    outputs = [tmp_path / "one", tmp_path / "two"]
    for output in outputs:
        assert main([str(corpora), "--sentences", str(sentences), "--output", str(output)]) == 0
    files = [{path.name: path.read_bytes() for path in output.iterdir()} for output in outputs]
    assert files[0] == files[1]
    assert PersonFinder.load(folder=outputs[0])


def test_a_check_prints_scores_by_file(corpora, sentences, tmp_path, capsys):
    main([str(corpora), "--sentences", str(sentences), "--output", str(tmp_path / "model"), "--check", "--hold", "2"])
    assert "ro.txt" in capsys.readouterr().out
