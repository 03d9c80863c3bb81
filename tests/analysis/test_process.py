import os
import signal
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from reader.analysis import process
from reader.analysis.analyzer import Analyzer
from reader.analysis.process import AnalyzerProcess
from reader.articles.reading import read_article
from reader.resources import resources_dir
from reader.text.errors import AnalysisFailed


@pytest.fixture(scope="module")
def article():
    return read_article(resources_dir() / "samples" / "ro-night-library.txt")


@pytest.fixture(scope="module")
def analyzer():
    analyzer = AnalyzerProcess()
    yield analyzer
    analyzer.close()


def test_the_process_finds_what_the_analyzer_finds(analyzer, article):
    assert analyzer.analyze(article) == Analyzer().analyze(article)


def test_a_process_that_is_killed_is_started_again(analyzer, article):
    analyzer.gaps()
    os.kill(analyzer._usual._process.pid, signal.SIGKILL)
    analyzer._usual._process.join()
    assert analyzer.analyze(article).quotes


def test_a_long_article_gets_a_process_for_itself_which_ends_with_the_work(analyzer, article, monkeypatch):
    monkeypatch.setattr(process, "LONG", 10)
    assert analyzer.analyze(article).quotes
    assert not analyzer._others


def test_work_that_fails_says_so_and_the_next_article_is_analysed(analyzer, article):
    with pytest.raises(AnalysisFailed, match="AttributeError"):
        analyzer.analyze(SimpleNamespace(text="no article"))
    assert analyzer.analyze(article).quotes


def test_closing_ends_the_call_that_waits(article):
    analyzer = AnalyzerProcess()
    analyzer.gaps()
    os.kill(analyzer._usual._process.pid, signal.SIGSTOP)  # it will never answer
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(analyzer.analyze, article)
        while not analyzer._usual._lock.locked():
            pass
        os.kill(analyzer._usual._process.pid, signal.SIGCONT)
        analyzer.close()
        error = waiting.exception()
    assert error is None or isinstance(error, AnalysisFailed)
    assert not analyzer._usual._process.is_alive()


def test_what_was_closed_starts_no_other_process(article):
    analyzer = AnalyzerProcess()
    analyzer.close()
    with pytest.raises(AnalysisFailed):
        analyzer.analyze(article)
    assert analyzer._usual._process is None
