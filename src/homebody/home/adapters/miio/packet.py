"""miIO on the wire, the lowest of three layers: framing and encryption of datagrams.

A datagram is 16 bytes of head (``>HHQI``: 0x2131, its whole length, the device's number, its stamp), 16 bytes
of checksum, and AES-128-CBC ciphertext. The stamp is in seconds of the device's own clock, which begins at
its start. The checksum is md5 over head, token and ciphertext, the key md5(token), its vector
md5(key + token): fixed by the protocol, and no better than the token is kept. The greeting is 32 bytes
without any of it, and so is its answer: whoever hears a device may greet it.
"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass
from hashlib import md5

from cryptography.hazmat.primitives.ciphers import Cipher as Aes
from cryptography.hazmat.primitives.ciphers import algorithms, modes

MAGIC = 0x2131
HEAD = struct.Struct(">HHQI")
HEAD_BYTES = 32  # with the checksum
BLOCK = 16
MAX_DATAGRAM = 16 * 1024
"""Devices send a few hundred bytes; what is longer than this is not a device."""
TOKEN_BYTES = 16
_GREETING = HEAD.pack(MAGIC, HEAD_BYTES, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF) + b"\xff" * 16
_SUBSCRIBER = b"MDID"  # marks a greeting that carries the number of a subscriber


class PacketError(ValueError):
    """A datagram that is not miIO, not whole, or not sealed with our token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """``length`` is of the whole datagram; ``did`` is the device's number, ``stamp`` its clock in seconds."""

    length: int
    did: int
    stamp: int

    @property
    def greeting(self) -> bool:
        return self.length == HEAD_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    head: Head
    payload: bytes


def greeting(subscriber: int | None = None) -> bytes:
    """What every device answers; ``subscriber`` (64 bits) says who will ask it to push."""
    if subscriber is None:
        return _GREETING
    return _GREETING[:16] + _SUBSCRIBER + subscriber.to_bytes(8, "big") + bytes(4)


def greeting_answer(did: int, stamp: int) -> bytes:
    """What a device answers to a greeting. Its checksum is empty: a device that is set up hides its token."""
    return HEAD.pack(MAGIC, HEAD_BYTES, did, stamp) + b"\xff" * 16


def subscriber_of(datagram: bytes) -> int | None:
    """The number of the subscriber in a greeting, if it carries one."""
    if len(datagram) == HEAD_BYTES and datagram[16:20] == _SUBSCRIBER:
        return int.from_bytes(datagram[20:28], "big")
    return None


def head_of(datagram: bytes) -> Head:
    """The head of a datagram that claims to be miIO and is as long as it says. Raises ``PacketError``."""
    if not HEAD_BYTES <= len(datagram) <= MAX_DATAGRAM:
        raise PacketError(f"{len(datagram)} bytes are no miIO datagram")
    magic, length, did, stamp = HEAD.unpack_from(datagram)
    if magic != MAGIC or length != len(datagram):
        raise PacketError("not miIO, or cut")
    return Head(length=length, did=did, stamp=stamp)


class Seal:
    """Seals and opens datagrams with one token of 16 bytes."""

    def __init__(self, token: bytes) -> None:
        if len(token) != TOKEN_BYTES:
            raise ValueError(f"a token has {TOKEN_BYTES} bytes")
        self._token = token
        key = md5(token, usedforsecurity=False).digest()
        vector = md5(key + token, usedforsecurity=False).digest()
        self._aes = Aes(algorithms.AES(key), modes.CBC(vector))

    def seal(self, did: int, stamp: int, payload: bytes) -> bytes:
        """The datagram for ``payload``. ``ValueError`` if it would be longer than any device takes."""
        padding = BLOCK - len(payload) % BLOCK
        encryptor = self._aes.encryptor()
        secret = encryptor.update(payload + bytes([padding]) * padding) + encryptor.finalize()
        if (length := HEAD_BYTES + len(secret)) > MAX_DATAGRAM:
            raise ValueError("the message is too long")
        head = HEAD.pack(MAGIC, length, did, stamp & 0xFFFFFFFF)
        return head + self._checksum(head, secret) + secret

    def open(self, datagram: bytes) -> Packet:
        """Head and payload of a datagram. Raises ``PacketError`` unless it was sealed with this token."""
        head = head_of(datagram)
        secret = datagram[HEAD_BYTES:]
        if not secret or len(secret) % BLOCK:
            raise PacketError("its length is that of no ciphertext")
        if not hmac.compare_digest(self._checksum(datagram[:16], secret), datagram[16:HEAD_BYTES]):
            raise PacketError("sealed with another token, or changed on the way")
        decryptor = self._aes.decryptor()
        plain = decryptor.update(secret) + decryptor.finalize()
        padding = plain[-1]
        if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise PacketError("its padding is wrong")
        return Packet(head=head, payload=plain[:-padding])

    def _checksum(self, head: bytes, secret: bytes) -> bytes:
        return md5(head + self._token + secret, usedforsecurity=False).digest()


def token_of(text: str) -> bytes:
    """The 16 bytes of a token as people copy it: 32 hexadecimal digits. Raises ``ValueError``."""
    digits = text.strip().lower()
    if len(digits) != 2 * TOKEN_BYTES or set(digits) - set("0123456789abcdef"):
        raise ValueError("a token has 32 hexadecimal digits (0-9, a-f)")
    return bytes.fromhex(digits)
