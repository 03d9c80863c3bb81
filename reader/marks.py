"""The highlight layer's marks: made from what is stored, and from what the analysis found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis.results import CERTAIN, Quote, QuoteKind
from reader.annotations.annotation import COLOURS, HIGHLIGHT, PERSON, QUOTE
from reader.page import Layer, Mark

if TYPE_CHECKING:
    from reader.analysis.results import Mention
    from reader.annotations.annotation import Annotation, Detection
    from reader.text.span import Span

SPEAKER_CERTAIN = 0.6
"""The same for a speaker: of those between .5 and .6 only a third are right (docs/accuracy.md)."""


def stored_mark(annotation: Annotation, span: Span, kind: QuoteKind | None) -> Mark:
    """Return the mark of an annotation that stands at `span`; `kind` is that of the quote found there."""
    layers = {HIGHLIGHT: Layer.HIGHLIGHT, PERSON: Layer.PERSON, QUOTE: Layer.QUOTE}
    layer = layers.get(annotation.kind, Layer.HIGHLIGHT)
    if layer is Layer.QUOTE and kind is QuoteKind.TERM:
        layer = Layer.TERM
    person = annotation.attribution.person if annotation.attribution else None
    said = {Layer.QUOTE: "Quote", Layer.TERM: "Term", Layer.PERSON: "Person"}.get(layer, "Highlight")
    words = f"{said}, confirmed by you" if annotation.creator.confirmed_by else f"{said}, marked by you"
    lines = [f"{words}: {person}" if person else words, annotation.note]
    known = annotation.colour if annotation.colour in COLOURS else COLOURS[0]  # a newer reader may have others
    colour = known if layer is Layer.HIGHLIGHT else None
    return Mark(span, layer, annotation.id, person, colour, True, True, annotation.note, "\n".join(filter(None, lines)))


def found_mark(detection: Detection, find: Quote | Mention) -> Mark:
    """Return the mark of a find that nobody has decided on."""
    key = f"{detection.kind}:{detection.span.start}-{detection.span.end}"
    certain = find.confidence >= CERTAIN
    if not isinstance(find, Quote):
        words = _evidence(find.person, find.confidence, find.evidence)
        return Mark(find.span, Layer.PERSON, key, find.person, certain=certain, words=words)
    layer = Layer.TERM if find.kind is QuoteKind.TERM else Layer.QUOTE
    speaker = find.speaker
    if speaker is None:
        words = "Quote, no named speaker" if layer is Layer.QUOTE else "Term in quote marks"
        return Mark(find.span, layer, key, None, certain=certain, words=words)
    sure = speaker.confidence >= SPEAKER_CERTAIN
    words = _evidence(speaker.person if sure else f"perhaps {speaker.person}", speaker.confidence, speaker.evidence)
    return Mark(find.span, layer, key, speaker.person, certain=certain, words=words, name_certain=sure)


def _evidence(name: str, confidence: float, why: str) -> str:
    return f"{name} · {confidence:.0%}\n{why}".strip()
