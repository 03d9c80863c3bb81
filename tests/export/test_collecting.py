from __future__ import annotations

from dataclasses import replace

from reader.annotations.anchoring import make_target
from reader.annotations.annotation import Attribution, Translation
from reader.export.collecting import GAP, annotate
from reader.export.evidence import Evidence
from reader.export.passages import Order, Request, Selection, SentenceTranslation
from reader.export.wording import citation, facts
from tests.export.evidence import (
    ANALYSIS,
    ARTICLE,
    LONG_QUOTE,
    TEXT,
    TRANSLATIONS,
    annotation,
    article,
    article_of,
    collect,
    gathered,
    passages,
    placed,
    span_of,
    written,
)

QUOTES, HIGHLIGHTS = Selection(frozenset({"quote"})), Selection(frozenset({"highlight"}))


def the(words: str):
    (found,) = [passage for passage in passages() if passage.original == words]
    return found


def test_every_placed_passage_is_the_articles_text_to_the_code_point():
    found = [passage for passage in passages() if passage.span]
    assert len(found) == 6
    assert all(passage.original == passage.span.of(TEXT) for passage in found)


def test_passages_come_in_the_order_of_the_text_with_unplaced_ones_last():
    starts = [passage.span.start if passage.span else None for passage in passages()]
    assert starts[-1] is None
    assert starts[:-1] == sorted(starts[:-1])


def test_a_rejected_detection_is_left_out():
    assert not any(passage.kind == "person" and passage.person == "Ion Câmpeanu" for passage in passages())


def test_a_detection_nobody_touched_is_said_to_be_detected():
    term = the("minune")
    assert (term.status, term.term, term.person, term.person_how, term.id) == ("detected", True, None, "", None)


def test_a_stored_suggestion_is_a_detection_still_and_comes_once():
    found = the("Sânziana Țurcan")
    assert (found.status, found.person_how, found.confidence) == ("detected", "detected", 0.91)


def test_an_accepted_quote_is_marked_accepted_and_keeps_its_speaker():
    found = the("Nu mai puteam aștepta")
    assert (found.status, found.person, found.person_how) == ("accepted", "Ion Câmpeanu", "accepted")
    assert (found.confidence, found.evidence) == (0.875, "a spus")


def test_an_assigned_speaker_replaces_the_one_that_was_found():
    found = the(LONG_QUOTE)
    assert (found.person, found.person_how, found.confidence) == ("Sânziana Țurcan", "assigned", None)


def test_a_quote_that_a_person_said_nobody_spoke_has_no_speaker():
    nobody = annotation(2, "quote", LONG_QUOTE, attribution=Attribution(None, "manual"))
    (found,) = collect(ARTICLE, ANALYSIS, placed(annotations=(nobody,)), {}, wanted=QUOTES)[1:2]
    assert (found.person, found.person_how) == (None, "assigned")


def test_an_unplaced_annotation_is_exported_with_its_stored_words():
    found = passages()[-1]
    assert (found.original, found.span, found.placement) == ("Cuvinte care nu mai sunt în articol", None, "unplaced")
    assert found.translation is not None
    assert found.translation.text == "Words that are gone"


def test_a_passage_whose_words_changed_tells_how_it_was_marked():
    before = "Consiliul local a hotărât marți seara să redeschidă podul vechi din sat"
    stored = replace(annotation(1, "highlight", before), target=annotation(1, "highlight", before).target)
    article = article_of(f"Titlu\n\n{before.replace('marți', 'marți,')}, după ploi.")
    (found,) = collect(article, None, placed(article, (stored,)), {})
    assert found.placement in {"approximate", "unplaced"}
    assert found.marked == (before if found.placement == "approximate" else None)


def test_a_passage_carries_its_sentences_around_it():
    found = the("Nu mai puteam aștepta")
    assert (found.before, found.after) == ("„", "”, a spus primarul Ion Câmpeanu marți.")


def test_a_passage_tells_its_paragraphs_counted_from_one():
    assert the("Nu mai puteam aștepta").paragraphs == (2, 2)
    green = next(passage for passage in passages() if passage.colour == "green")
    assert green.paragraphs == (2, 3)


def test_the_translation_joins_the_sentences_a_passage_touches():
    green = next(passage for passage in passages() if passage.colour == "green")
    assert green.translation is not None
    assert green.translation.text == "Sentence 2 in *English*.\nSentence 3 in *English*."
    assert green.translation.doubts == ("a number differs: 12 against 4",)
    assert (green.translation.how, green.translation.engine) == ("machine", "argos ro-en 1.0")
    assert green.translation.by_sentence


def test_a_sentence_without_translation_leaves_a_visible_gap():
    blue = next(passage for passage in passages() if passage.colour == "blue")
    assert blue.translation is not None
    assert blue.translation.text.endswith(GAP)
    assert not blue.translation.complete


def test_corrections_and_machine_translations_together_are_said_to_be_mixed():
    wide = annotation(9, "highlight", TEXT[TEXT.index("„Nu") : TEXT.index("milioane")])
    (found,) = collect(ARTICLE, ANALYSIS, placed(annotations=(wide,)), TRANSLATIONS, wanted=HIGHLIGHTS)
    assert found.translation is not None
    assert found.translation.how == "mixed"


def test_a_stored_translation_serves_where_no_sentence_has_one():
    stored = annotation(9, "highlight", "muzică", translation=Translation("music", "en", "argos ro-en 1.0", "ab"))
    (found,) = collect(ARTICLE, ANALYSIS, placed(annotations=(stored,)), {}, wanted=HIGHLIGHTS)
    assert found.translation is not None
    assert (found.translation.text, found.translation.by_sentence) == ("music", False)


def test_a_persons_own_translation_of_a_passage_goes_before_the_machines():
    stored = annotation(9, "highlight", "minune", translation=Translation("wonder", "en", how="manual"))
    found = collect(ARTICLE, ANALYSIS, placed(annotations=(stored,)), TRANSLATIONS, wanted=HIGHLIGHTS)
    assert found[0].translation is not None
    assert (found[0].translation.text, found[0].translation.how) == ("wonder", "manual")


def test_without_an_analysis_the_annotations_alone_are_exported():
    found = collect(ARTICLE, None, placed(), {})
    assert {passage.kind for passage in found} == {"quote", "person", "highlight"}
    assert all(passage.source.language == "und" for passage in found)


def test_the_source_tells_title_translation_and_date():
    source = passages()[0].source
    assert (source.file, source.date, source.title) == ("pod.txt", "2026-02-11", "Podul din Valea Lungă se redeschide")
    assert source.translated_title == "Sentence 0 in *English*."


def test_a_selection_takes_kinds_persons_colours_and_tags():
    def originals(**wanted: object) -> list[str]:
        return [passage.original for passage in passages(Selection(**wanted))]  # type: ignore[arg-type]

    assert originals(persons=frozenset({"sânziana țurcan"})) == ["Sânziana Țurcan", LONG_QUOTE]
    assert len(originals(kinds=frozenset({"highlight"}))) == 3
    assert len(originals(colours=frozenset({"green", "blue"}))) == 2
    assert len(originals(tags=frozenset({"cost"}))) == 2
    assert "minune" not in originals(kinds=frozenset({"quote"}), terms=False)


def test_passages_of_several_articles_are_ordered_by_person_date_or_tag():
    source = replace(article().source, file="b.txt", date="2025-01-01")
    other = replace(
        article(), source=source, passages=tuple(replace(each, source=source) for each in article().passages)
    )
    with gathered(article(), other) as found:
        by = {order: list(Evidence(found, Request(order=order)).passages()) for order in Order}
    assert [each.source.date for each in by[Order.DATE]] == ["2025-01-01"] * 7 + ["2026-02-11"] * 7
    assert [each.person for each in by[Order.PERSON]] == ["Ion Câmpeanu"] * 2 + ["Sânziana Țurcan"] * 4 + [None] * 8
    assert [each.source.date for each in by[Order.PERSON]][:2] == ["2025-01-01", "2026-02-11"]
    assert by[Order.TAG][0].tags == ("bridge", "cost")
    assert by[Order.PLACE] == [*article().passages, *other.passages]


def test_a_find_that_is_nested_in_another_is_a_passage_of_its_own():
    inner = span_of("*zece*")
    nested = replace(ANALYSIS.quotes[1], span=inner, outer=inner, parent=1)
    analysis = replace(ANALYSIS, quotes=(*ANALYSIS.quotes, nested))
    found = collect(ARTICLE, analysis, (), {1: SentenceTranslation("x")})
    assert [passage.original for passage in found if passage.span == inner] == ["*zece*"]


def test_the_outlet_is_named_where_the_article_says_it_and_the_file_where_not():
    read = article_of("https://www.gazeta.ro/pod\n\nPodul se redeschide\n\nPrimarul spune că podul e gata de luni.")
    marked = annotation(1, "highlight", "podul e gata")
    marked = replace(marked, target=make_target(read.text, span_of("podul e gata", read.text)))
    made = annotate(read, None, placed(read, (marked,)), {})
    (found,) = made.passages
    assert (found.source.outlet, found.source.origin) == ("gazeta.ro", "gazeta.ro")
    assert "gazeta.ro" in citation(found)
    assert dict(facts(found))["Source"].startswith("gazeta.ro · pod.txt · ")
    assert "gazeta.ro" in written("csv", made).decode("utf-8-sig")
    assert '"outlet": "gazeta.ro"' in written("json", made).decode()
    assert "pod.txt" in citation(passages()[0])


def test_an_article_without_a_title_is_headed_by_how_it_begins():
    words = "Primarul spune că podul e gata de luni, după doi ani de lucrări, de ploi și de întârzieri de tot felul."
    made = annotate(article_of(words), None, [], {})
    assert made.source.title is None
    assert made.source.heading.endswith("…")
    assert words.startswith(made.source.heading[:-1])
    assert len(made.source.heading) <= 81
    assert annotate(article_of(""), None, [], {}).source.heading == "pod.txt"
