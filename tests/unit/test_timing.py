from app import timing


def test_what_is_measured_is_told_in_milliseconds_once_each() -> None:
    spent = timing.begin()
    for _ in range(2):
        with timing.measured("deployment"):
            pass
    assert list(spent) == ["deployment"]
    spent["total"] = 0.0034
    assert timing.header(spent).endswith(", total;dur=3.40")


def test_what_is_measured_outside_of_a_request_goes_nowhere() -> None:
    spent = timing.begin()
    timing.begin()
    with timing.measured("deployment"):
        pass
    assert spent == {}
