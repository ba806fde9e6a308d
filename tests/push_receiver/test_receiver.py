"""The receiver must be right before it may judge: the example of RFC 8291, and every refusal."""

import json
import urllib.error
import urllib.request

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.push_receiver.keys import BrowserKeys, b64url, point, un_b64url
from tests.push_receiver.message import Unreadable, opened
from tests.push_receiver.server import Answer, PushReceiver
from tests.push_receiver.vapid import NotVouchedFor, vouched

RFC_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RFC_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
RFC_BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
AUDIENCE = "https://push.example.test"
NOW = 1_800_000_000.0


def rfc_keys() -> BrowserKeys:
    secret = int.from_bytes(un_b64url(RFC_PRIVATE), "big")
    return BrowserKeys(ec.derive_private_key(secret, ec.SECP256R1()), un_b64url(RFC_AUTH))


def token(claims: dict[str, object], key: ec.EllipticCurvePrivateKey, alg: str = "ES256") -> str:
    signed = ".".join(
        b64url(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": alg}, claims)
    )
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = b64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={b64url(point(key.public_key()))}"


def good_claims() -> dict[str, object]:
    return {"aud": AUDIENCE, "exp": int(NOW) + 3600, "sub": "mailto:a@example.test"}


def test_the_example_of_the_rfc_opens() -> None:
    assert opened(un_b64url(RFC_BODY), rfc_keys()) == b"When I grow up, I want to be a watermelon"


def test_a_message_for_someone_else_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        opened(un_b64url(RFC_BODY), BrowserKeys())


def test_a_changed_octet_does_not_open() -> None:
    body = bytearray(un_b64url(RFC_BODY))
    body[-1] ^= 1
    with pytest.raises(InvalidTag):
        opened(bytes(body), rfc_keys())


def test_a_body_shorter_than_a_header_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        opened(b"short", rfc_keys())


def test_an_honest_token_is_believed() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    proof = vouched(token(good_claims(), key), AUDIENCE, NOW)
    assert proof.claims["sub"] == "mailto:a@example.test"
    assert proof.public_key == point(key.public_key())


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://other.example.test"},
        {"aud": AUDIENCE + "/"},
        {"exp": int(NOW) - 1},
        {"exp": int(NOW) + 25 * 3600},
        {"exp": "soon"},
        {"sub": "somebody"},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_wrong_claim_is_not_believed(changed: dict[str, object]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(NotVouchedFor):
        vouched(token(good_claims() | changed, key), AUDIENCE, NOW)


def test_a_signature_by_another_key_is_not_believed() -> None:
    mine, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    honest = token(good_claims(), mine)
    forged = honest.rpartition("k=")[0] + "k=" + b64url(point(other.public_key()))
    with pytest.raises(NotVouchedFor):
        vouched(forged, AUDIENCE, NOW)


@pytest.mark.parametrize("header", [None, "", "Bearer abc", "vapid t=a.b.c", "WebPush abc"])
def test_another_kind_of_authorization_is_not_believed(header: str | None) -> None:
    with pytest.raises(NotVouchedFor):
        vouched(header, AUDIENCE, NOW)


def test_an_unsigned_algorithm_is_not_believed() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(NotVouchedFor):
        vouched(token(good_claims(), key, alg="none"), AUDIENCE, NOW)


def test_a_bare_post_is_refused_and_noted() -> None:
    with PushReceiver() as receiver:
        browser = receiver.browser()
        request = urllib.request.Request(browser.endpoint, data=b"x", method="POST")  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=5)  # noqa: S310
        refused.value.close()
        assert refused.value.code == 400
        assert browser.got == []
        assert browser.wrong == ["ValueError: Content-Encoding is not aes128gcm"]


def test_it_answers_as_it_is_told() -> None:
    with PushReceiver() as receiver:
        browser = receiver.browser(Answer(429, {"Retry-After": "7"}))
        request = urllib.request.Request(browser.endpoint, data=b"x", method="POST")  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=5)  # noqa: S310
        refused.value.close()
        assert (refused.value.code, refused.value.headers["Retry-After"]) == (429, "7")
