"""Framing and messages of miIO: what is whole is read, and whatever else arrives is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.home.adapters.miio import lenient, packet
from homebody.home.adapters.miio.message import (
    ACCEPTED,
    MessageError,
    Point,
    Reply,
    Said,
    code_of,
    event_results,
    meaning,
    parse,
    property_results,
    raw_of,
    request,
)
from homebody.home.adapters.miio.packet import MAX_DATAGRAM, PacketError, Seal, head_of, token_of

TOKEN = bytes(range(16))
SEAL = Seal(TOKEN)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

# --- framing


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1), st.binary(max_size=2000))
def test_what_is_sealed_is_opened(did: int, stamp: int, payload: bytes) -> None:
    sealed = SEAL.seal(did, stamp, payload)
    opened = SEAL.open(sealed)
    assert opened.payload == payload
    assert (opened.head.did, opened.head.stamp, opened.head.length) == (did, stamp, len(sealed))


@given(st.binary(max_size=200))
def test_any_datagram_is_read_or_refused(data: bytes) -> None:
    for open_ in (head_of, SEAL.open):
        try:
            open_(data)
        except PacketError:
            continue


@given(st.binary(max_size=60), st.data())
def test_a_changed_or_cut_datagram_is_refused(payload: bytes, data: st.DataObject) -> None:
    sealed = bytearray(SEAL.seal(7, 100, payload))
    place = data.draw(st.integers(0, len(sealed) - 1))
    cut = bytes(sealed[:place])
    sealed[place] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(sealed), cut, bytes(sealed) + b"\x00"):
        with pytest.raises(PacketError):
            SEAL.open(wrong)


def test_another_token_opens_nothing() -> None:
    with pytest.raises(PacketError, match="another token"):
        Seal(bytes(16)).open(SEAL.seal(7, 100, b"{}"))


def test_a_datagram_as_the_protocol_is_known() -> None:
    """Head and checksum by hand; that others read it the same way is shown in tests/peers."""
    sealed = SEAL.seal(0x11223344, 0x55, b"{}")
    assert sealed[:16].hex() == "21310030" + "00000000" + "11223344" + "00000055"
    assert packet.greeting().hex() == "21310020" + "ff" * 28
    assert packet.greeting(5)[16:].hex() == b"MDID".hex() + "0000000000000005" + "00000000"
    assert packet.subscriber_of(packet.greeting(2**64 - 1)) == 2**64 - 1
    assert packet.subscriber_of(packet.greeting()) is None
    assert head_of(packet.greeting_answer(9, 8)).greeting


def test_what_is_too_long_is_neither_sent_nor_read() -> None:
    with pytest.raises(ValueError, match="too long"):
        SEAL.seal(1, 1, bytes(MAX_DATAGRAM))
    with pytest.raises(PacketError):
        head_of(packet.HEAD.pack(packet.MAGIC, 0xFFFF, 1, 1) + bytes(0xFFFF - 16))


@pytest.mark.parametrize("text", ["", "1" * 31, "1" * 33, "g" * 32, "١" * 32, "0x" + "1" * 30, "é" * 16])
def test_a_token_has_32_hexadecimal_digits(text: str) -> None:
    with pytest.raises(ValueError, match="32 hexadecimal digits"):
        token_of(text)
    assert token_of(" 000102030405060708090A0B0C0D0E0F\n") == TOKEN


# --- JSON as devices write it


@given(JSON)
def test_right_json_is_read_as_it_is(value: Any) -> None:
    text = json.dumps(value)
    try:
        assert lenient.loads(text.encode() + b"\0\0") == json.loads(text)
    except ValueError:
        assert text.count("[") + text.count("{") > lenient.MAX_DEPTH


@given(st.binary(max_size=300) | st.text(alphabet='{}[]:,"\\ n0-+.eatrufls').map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = lenient.loads(data)
    except ValueError:
        return
    json.dumps(value, allow_nan=False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b'{"id":1,"result":["ok"]}\x00', {"id": 1, "result": ["ok"]}),
        (b'{"id":1,"result":["ok"]}\x00garbage{', {"id": 1, "result": ["ok"]}),
        (b'{"id":1,"result":["ok"]}}]', {"id": 1, "result": ["ok"]}),
        (b'{"id":1,"result":[{"siid":2,"value":,"piid":1}]}',
         {"id": 1, "result": [{"siid": 2, "value": None, "piid": 1}]}),
        (b'{"id":1,"result":[{"siid":2,"value":}]}', {"id": 1, "result": [{"siid": 2, "value": None}]}),
        (b'{"id":1,,"result":[1,,2,]}', {"id": 1, "result": [1, 2]}),
        (b'{"id":0012,"result":-007.50}', {"id": 12, "result": -7.5}),
        (b'{"value":nan,"other":-inf}', {"value": None, "other": None}),
        (b'{"value":NaN,"other":-Infinity}', {"value": None, "other": None}),
        (b'{"text":"a\nb\tc"}', {"text": "a\nb\tc"}),
        (b'{"text":"\xff\xfe"}', {"text": "\ufffd\ufffd"}),
        ('{"text":"名,字:{}","on":True}'.encode(), {"text": "名,字:{}", "on": True}),
    ],
)  # fmt: skip
def test_what_firmware_gets_wrong_is_mended(written: bytes, meant: Any) -> None:
    assert lenient.loads(written) == meant


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" * 10_000,
        b'{"a":' * 3000,
        b'"' + b'\\"' * 7000,
        b"0" * 16_000 + b"x",
        b"1" * 16_000,
        b"",
        b"\0",
        b'"',
    ],
)
def test_hostile_json_is_refused(hostile: bytes) -> None:
    with pytest.raises((ValueError, MessageError)):
        parse(hostile)


# --- messages


@given(JSON)
def test_any_message_is_understood_or_refused(value: Any) -> None:
    try:
        said = parse(json.dumps(value).encode())
    except MessageError:
        return
    assert isinstance(said, Reply | Said)


@given(JSON)
def test_any_result_is_read_without_harm(value: Any) -> None:
    for found in (*property_results(value), *event_results(value)):
        assert found.value is None or isinstance(found.value, str) or math.isfinite(found.value)
    code_of(value)


def test_answers_and_errors() -> None:
    assert parse(b'{"id":"7","result":[]}') == Reply(id=7, result=[])
    assert parse(b'{"id":1,"error":{"code":-9999,"message":"user ack timeout"}}') == Reply(
        id=1, code=-9999, error="user ack timeout"
    )
    assert parse(b'{"id":1,"error":"no"}') == Reply(id=1, code=-1, error="no")
    assert parse(b'{"id":1,"error":{}}').code != 0  # type: ignore[union-attr]
    assert parse(b'{"id":1,"method":"props","params":{}}') == Said(id=1, method="props", params={})
    assert parse(request(5, "get_properties", [])) == Said(id=5, method="get_properties", params=[])
    for wrong in (b"[]", b"{}", b'{"id":1}', b'{"id":true,"result":1}', b'{"id":1e999,"result":1}'):
        with pytest.raises(MessageError):
            parse(wrong)


def test_results_of_properties() -> None:
    at = Point(siid=2, piid=1)
    [read] = property_results([{"did": "x", "siid": 2, "piid": "1", "code": 0, "value": True}])
    assert (read.point, read.code, read.value) == (at, 0, True)
    [event] = event_results({"siid": 2, "eiid": 1, "arguments": [{"piid": 1, "value": 3}]})
    assert (event.point, event.value) == (at, 3)
    assert property_results([{"siid": 2}, 5, None, {"siid": 2, "piid": 1, "code": -4001}])[0].code == -4001
    assert code_of({"code": 1}) == ACCEPTED and code_of([{"code": -4004}]) == -4004 and code_of([]) == 0
    assert meaning(-4002) == "it cannot be written" and "-7" in meaning(-7)


@pytest.mark.parametrize("value", [None, [], {}, 2**70, 1e400, math.nan])
def test_what_is_no_value(value: Any) -> None:
    assert raw_of(value) is None
