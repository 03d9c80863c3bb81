from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.translation.service import TranslationService

SENTENCES = (
    "Primarul Radu Munteanu a spus că lucrările vor începe în luna aprilie.",
    "„Nu mai putem aștepta”, a declarat el în fața celor 250 de locuitori.",
    "Drumul va fi gata în doi ani.",
)


def test_sentences_come_out_one_by_one(service: TranslationService):
    found = dict(service.translate(service.route("ro", "en"), SENTENCES))
    assert sorted(found) == [0, 1, 2]
    assert len({translation.text for translation in found.values()}) == 3
    assert "250" in found[1].text
    assert not any(translation.from_cache for translation in found.values())
