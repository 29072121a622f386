from bench.garbage import Collection
from bench.pauses import cause
from bench.probe import Answer


def test_a_collection_that_took_most_of_a_pause_is_its_cause() -> None:
    collections = [Collection(1, 99.0, 1020.0, "major"), Collection(1, 100.025, 4.0, "minor")]
    assert cause(Answer(100.0, 30.0, ran=29.0), collections) == "garbage collection, major (20 ms)"


def test_a_thread_that_ran_without_collecting_worked() -> None:
    assert cause(Answer(100.0, 30.0, ran=29.0), []) == "its own work (29 ms)"


def test_a_thread_may_wait_for_a_core() -> None:
    assert cause(Answer(100.0, 30.0, ran=1.0, waited=28.0), []) == "no core was free (28 ms)"


def test_a_thread_that_neither_ran_nor_waited_slept() -> None:
    assert cause(Answer(100.0, 30.0, ran=2.0), []) == "it slept: the disk, or another process (28 ms)"
