import threading

import pytest

from reader.text.errors import ArticleUnreadable
from reader.ui.jobs import JobRunner


@pytest.fixture
def jobs(qapp):
    runner = JobRunner()
    yield runner
    runner.close()


def finished(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.busy)


def test_a_job_runs_in_another_thread_and_its_result_arrives_on_the_main_thread(qtbot, jobs):
    arrived = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start(
            lambda job, report: threading.get_ident(), done=lambda value: arrived.append((value, threading.get_ident()))
        )
    ((worked, delivered),) = arrived
    assert delivered == threading.main_thread().ident != worked


def test_intermediate_values_arrive_in_order_before_the_result(qtbot, jobs):
    arrived = []

    def work(job, report):
        for n in range(5):
            report(n)
        return "end"

    jobs.start(work, done=arrived.append, progressed=arrived.append)
    finished(qtbot, jobs)
    assert arrived == [0, 1, 2, 3, 4, "end"]


def test_a_cancelled_job_delivers_nothing_more(qtbot, jobs):
    arrived, go = [], threading.Event()

    def work(job, report):
        go.wait(10)
        report("late")
        return "late"

    job = jobs.start(work, done=arrived.append, failed=arrived.append, progressed=arrived.append)
    job.cancel()
    go.set()
    finished(qtbot, jobs)
    assert arrived == []


def test_an_error_for_the_user_arrives_as_it_is(qtbot, jobs):
    arrived, error = [], ArticleUnreadable("gone.txt is no longer there.")

    def work(job, report):
        raise error

    jobs.start(work, failed=arrived.append)
    finished(qtbot, jobs)
    assert arrived == [error]


def test_a_defect_arrives_as_an_error_for_the_user_and_is_logged(qtbot, jobs, caplog):
    arrived = []
    jobs.start(lambda job, report: 1 / 0, failed=arrived.append)
    finished(qtbot, jobs)
    assert "ZeroDivisionError" in str(arrived[0])
    assert "a background job failed" in caplog.text


def test_after_a_failure_the_lane_goes_on(qtbot, jobs):
    arrived = []
    jobs.start(lambda job, report: 1 / 0)
    jobs.start(lambda job, report: "next", done=arrived.append)
    finished(qtbot, jobs)
    assert arrived == ["next"]


def test_jobs_of_one_lane_run_one_after_the_other_and_lanes_beside_each_other(qtbot, jobs):
    first_may_end, order = threading.Event(), []
    jobs.start(lambda job, report: first_may_end.wait(10), done=lambda _: order.append("first"), lane="a")
    jobs.start(lambda job, report: None, done=lambda _: order.append("second"), lane="a")
    with qtbot.waitSignal(jobs.idle):
        jobs.start(lambda job, report: first_may_end.set(), done=lambda _: order.append("other lane"), lane="b")
    assert sorted(order) == ["first", "other lane", "second"]
    assert order.index("first") < order.index("second")


def test_closing_waits_for_what_runs_and_forgets_what_is_queued(qapp):
    runner, ran, go = JobRunner(), [], threading.Event()

    def work(job, report):
        go.wait(10)
        ran.append("running")

    runner.start(work)
    runner.start(lambda job, report: ran.append("queued"))
    threading.Timer(0.01, go.set).start()
    runner.close()
    assert ran == ["running"]
