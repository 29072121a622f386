from bench.beside import longest, most_held, ratios
from bench.table import Table


def test_a_ratio_is_of_medians() -> None:
    table = ratios(
        "latency", "peer", [{"p50": 2.0}, {"p50": 9.0}, {"p50": 4.0}], [{"p50": 1.0}, {"p50": 2.0}, {"p50": 3.0}]
    )
    assert table.rows == [["p50", 4.0, 2.0, 2.0, "2.00 4.50 1.33"]]


def test_of_the_worst_the_worst_counts() -> None:
    table = ratios("latency", "peer", [{"worst": 2.0}, {"worst": 9.0}], [{"worst": 1.0}, {"worst": 3.0}])
    assert table.rows == [["worst", 9.0, 3.0, 3.0, "2.00 3.00"]]


def test_only_what_both_have_is_compared() -> None:
    table = ratios("latency", "peer", [{"p50": 2.0, "p99": 3.0}], [{"p50": 1.0, "p95": 1.0}])
    assert [row[0] for row in table.rows] == ["p50"]


def test_the_most_strokes_are_those_that_were_held() -> None:
    table = Table("saturation", "", ["reached /s", "held"], [[100.0, "yes"], [130.0, "yes"], [169.0, "no"]])
    assert most_held(table) == {"most strokes/s held": 130.0}


def test_the_longest_pause_is_of_any_loop() -> None:
    columns = ["viewers", "strokes/s", "longest", "longest with a core"]
    table = Table("pauses", "", columns, [[50, 20, 3.0, 3.0], [50, 20, 8.0, 2.0]])
    assert longest(table) == {
        "50 viewers, 20 strokes/s, worst pause": 8.0,
        "50 viewers, 20 strokes/s, worst pause with a core": 3.0,
    }
