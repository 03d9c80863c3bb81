"""What the window says where a language file, the model or a list of the analysis is damaged."""

import pytest

from reader.analysis.analyzer import Analyzer
from tests.support.damaged import DAMAGES, NOT_NEEDED, copy_resources, forget
from tests.support.news import BRIDGE, write
from tests.ui.support import open_article

SEEN = [name for name, (_, words) in DAMAGES.items() if not words.startswith(NOT_NEEDED)]


@pytest.fixture(params=SEEN)
def named(request, tmp_path, home, monkeypatch):
    """Damage something before the window opens; give the words that must name it."""
    damage, words = DAMAGES[request.param]
    damage(copy_resources(tmp_path, monkeypatch))
    forget()
    yield words
    forget()


@pytest.fixture
def analyzer():
    """The real analysis, loaded after the damage."""
    return Analyzer()


def test_the_window_names_what_is_damaged_and_shows_the_rest(named, qtbot, make_window, tmp_path):
    window = make_window()
    opened = open_article(qtbot, window, write(tmp_path / "news", "bridge.txt", BRIDGE))
    assert opened.analysis.quotes
    assert "Podul vechi" in window.reading.original.toPlainText()
    assert any(named in words for words in window.messages.words)
