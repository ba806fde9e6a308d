"""Opening an encrypted message: RFC 8291 for the keys, RFC 8188 for the body. No transport here."""

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.push_receiver.keys import BrowserKeys

SALT, POINT, TAG = 16, 65, 16
LAST_RECORD, MORE_RECORDS = 2, 1


class Unreadable(Exception):
    """The body is not what the two RFCs say it must be."""


@dataclass(frozen=True)
class Header:
    """The block before the first record: salt, size of a record, and the sender's public point."""

    salt: bytes
    record_size: int
    sender_point: bytes
    length: int


def header_of(body: bytes) -> Header:
    if len(body) < SALT + 5:
        raise Unreadable("shorter than a header")
    record_size = int.from_bytes(body[SALT : SALT + 4], "big")
    key_length = body[SALT + 4]
    if record_size < TAG + 2:
        raise Unreadable(f"a record of {record_size} octets cannot hold anything")
    if key_length != POINT:
        raise Unreadable(f"the key id must be a point of {POINT} octets, not {key_length}")
    start = SALT + 5
    return Header(body[:SALT], record_size, body[start : start + POINT], start + POINT)


def derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def opened(body: bytes, keys: BrowserKeys) -> bytes:
    """The plain text, or Unreadable / InvalidTag when it was not meant for these keys."""
    header = header_of(body)
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), header.sender_point)
    shared = keys.private.exchange(ec.ECDH(), sender)
    info = b"WebPush: info\0" + keys.p256dh + header.sender_point
    input_key = derive(keys.auth, shared, info, 32)
    content_key = derive(header.salt, input_key, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derive(header.salt, input_key, b"Content-Encoding: nonce\0", 12)
    return _records(body[header.length :], header.record_size, content_key, nonce)


def _records(body: bytes, size: int, key: bytes, nonce: bytes) -> bytes:
    if not body:
        raise Unreadable("no record at all")
    plain = b""
    count = -(-len(body) // size)
    for number in range(count):
        record = body[number * size : (number + 1) * size]
        turned = int.from_bytes(nonce, "big") ^ number
        padded = AESGCM(key).decrypt(turned.to_bytes(12, "big"), record, None).rstrip(b"\0")
        expected = LAST_RECORD if number == count - 1 else MORE_RECORDS
        if not padded or padded[-1] != expected:
            raise Unreadable("the delimiter of a record is missing or wrong")
        plain += padded[:-1]
    return plain
