"""The channel's keys and tokens, good ones and every kind of bad one."""

import base64
import functools
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from jwt.api_jws import PyJWS

ISSUER = "https://api.botframework.com"


@functools.cache
def rsa_key(number: int) -> rsa.RSAPrivateKey:
    """The same few keys for the whole test run: making one takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Signer:
    """Signs as the Bot Connector does. `keys` maps key id → number of the key; `endorsements` as in the key set."""

    def __init__(self, app_id: str, service_url: str, *, now: Callable[[], float] = time.time) -> None:
        self.app_id = app_id
        self.service_url = service_url
        self.now = now
        self.keys = {"key-1": 1}
        self.key_id = "key-1"
        self.endorsements: dict[str, Sequence[object] | None] = {"key-1": ["msteams", "webchat"]}

    def rotate(self, key_id: str) -> None:
        """From now on signs with a new key and publishes only that one."""
        number = max(self.keys.values()) + 1
        self.keys, self.key_id = {key_id: number}, key_id
        self.endorsements = {key_id: ["msteams"]}

    def key_set(self) -> dict[str, object]:
        """What the keys' address answers."""
        published = []
        for key_id, number in self.keys.items():
            entry = json.loads(RSAAlgorithm.to_jwk(rsa_key(number).public_key()))
            entry |= {"use": "sig", "kid": key_id, "x5t": key_id}
            if self.endorsements.get(key_id) is not None:
                entry["endorsements"] = self.endorsements[key_id]
            published.append(entry)
        return {"keys": published}

    def claims(self, **changes: object) -> dict[str, object]:
        """The claims of a good token with `changes`; a change to None leaves the claim out."""
        now = int(self.now())
        good: dict[str, object] = {
            "iss": ISSUER,
            "aud": self.app_id,
            "serviceurl": self.service_url,
            "nbf": now - 60,
            "exp": now + 3600,
        }
        return {name: value for name, value in (good | changes).items() if value is not None}

    def token(
        self, *, key_id: str | None = None, key_number: int | None = None, algorithm: str = "RS256", **changes: object
    ) -> str:
        """A token; without arguments a good one. `key_number` signs with another key than `key_id` says."""
        signed_as = key_id or self.key_id
        number = key_number or self.keys.get(signed_as, 1)
        return signed(self.claims(**changes), number, {"kid": signed_as}, algorithm)

    def token_without_key_id(self) -> str:
        """A good token whose header names no key."""
        return signed(self.claims(), self.keys[self.key_id], {})

    def unsigned_token(self) -> str:
        """`alg: none`."""
        return f"{_segment({'alg': 'none', 'typ': 'JWT', 'kid': self.key_id})}.{_segment(self.claims())}."

    def confused_token(self) -> str:
        """HS256 with the public key as the shared secret, made by hand because libraries refuse to."""
        public = rsa_key(self.keys[self.key_id]).public_key()
        pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        head = _segment({"alg": "HS256", "typ": "JWT", "kid": self.key_id})
        body = f"{head}.{_segment(self.claims())}"
        return f"{body}.{_base64(hmac.digest(pem, body.encode(), 'sha256'))}"


def signed(claims: Mapping[str, object], key_number: int, headers: dict[str, Any], algorithm: str = "RS256") -> str:
    """Any claims under a genuine signature: the library's own encoder refuses the stranger ones."""
    return PyJWS().encode(json.dumps(claims).encode(), rsa_key(key_number), algorithm=algorithm, headers=headers)


def _segment(value: object) -> str:
    return _base64(json.dumps(value).encode())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
