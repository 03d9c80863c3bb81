"""Notes on articles: what they say, where they stand, and how they are kept.

==============  ====================================================================================
annotation.py   the values: annotation, target, correction, person edit, all notes of one sidecar
session.py      the notes of one open article: every edit, undo, save; what windows and commands use
anchoring.py    find a passage again in an article that changed (folding.py, fuzzy.py)
decisions.py    match what the analysis finds with what a person decided
edits.py        the changes an edit makes (people.py: those about names); history.py: undo and redo
merging.py      the difference between two states of the notes, and its application to a third
sidecar.py      bytes ↔ notes (entries.py: one entry; patching.py: unknown fields; strict_json.py)
store.py        which file holds an article's notes (places.py), on top of loading.py and saving.py
durable.py      replace a file so that the old or the new one stands there whole
copies.py       conflict copies of a synchronised folder; moved.py: notes of renamed articles
report.py       the objects of `annotations --json`
==============  ====================================================================================
"""
