"""Values survive the way through JSON, and mean what the official package means by them."""

import json
import math
import struct
from typing import Any

import convex
import pytest
from convex import ConvexInt64
from hypothesis import given
from hypothesis import strategies as st

from app.convex.deployment.values import decode, decode_ts, dumps, encode_args, encode_ts, loads, same

names = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=8).filter(
    lambda n: not n.startswith("$")
)
int64 = st.integers(-(2**63), 2**63 - 1)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    st.binary(max_size=10),
    int64.map(ConvexInt64),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=20
)


def plain(value: Any) -> Any:
    """What a value becomes on the way: an int64 is an int afterwards."""
    if isinstance(value, ConvexInt64):
        return value.value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


@given(values)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    # repr tells -0.0 from 0.0, 1 from 1.0 and True, and finds NaN equal to itself.
    assert repr(decode(loads(encode_args({"value": value})))) == repr({"value": plain(value)})


@given(values)
def test_the_official_package_reads_the_same(value: Any) -> None:
    text = encode_args({"value": value})
    ours, theirs = decode(loads(text)), convex.json_to_convex(json.loads(text))
    assert repr(ours) == repr(plain(theirs))


@given(values)
def test_the_package_writes_what_we_read(value: Any) -> None:
    assert repr(decode(loads(json.dumps(convex.convex_to_json(value))))) == repr(plain(value))


@given(values, values)
def test_same_is_equality_of_value_and_type(one: Any, other: Any) -> None:
    one, other = plain(one), plain(other)
    assert not same(one, other) or repr(one) == repr(other)


def test_same_tells_apart_what_python_does_not() -> None:
    assert same({"a": [1.0, None]}, {"a": [1.0, None]})
    for one, other in ((True, 1.0), (1, 1.0), (0.0, -0.0), ([False], [0.0])):
        assert not same(one, other)


def test_a_number_is_a_float_however_it_is_written() -> None:
    for text in ("1", "1.0", "[1]", '{"a":1}', "123456789012345678901234567890"):
        assert "int" not in repr(decode(loads(text)))
    assert repr(decode(loads('{"a":[1,{"b":2}]}'))) == "{'a': [1.0, {'b': 2.0}]}"


def test_special_floats_are_read_exactly() -> None:
    def read(number: float) -> float:
        encoded = convex.convex_to_json(number)
        result = decode(encoded)
        assert isinstance(result, float)
        return result

    assert math.isnan(read(math.nan))
    assert read(-math.inf) == -math.inf
    assert struct.pack("<d", read(-0.0)) == struct.pack("<d", -0.0)


@pytest.mark.parametrize(
    "text", ['{"$integer":1}', '{"$integer":"AA=="}', '{"$bytes":"?"}', '{"$map":[]}', '{"a":[{"$set":null}]}']
)
def test_what_is_no_value_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a Convex value|base64|padding"):
        decode(loads(text))


def test_text_that_is_not_unicode_is_an_error() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        dumps(["\ud800"])


@given(st.integers(0, 2**64 - 1))
def test_a_timestamp_comes_back(ts: int) -> None:
    assert decode_ts(encode_ts(ts)) == ts
    assert encode_ts(0) == "AAAAAAAAAAA="
