"""A token of one issuer and the issuer's keys, made once with openssl."""

import base64
import dataclasses
import functools
import json
import subprocess
import tempfile
import time

ISSUER = "https://issuer.test"


@dataclasses.dataclass(frozen=True)
class Token:
    text: str
    keys: str  # a JWK Set (RFC 7517)


@functools.lru_cache(maxsize=1)
def make():
    """RS256, good for a day."""
    key = _openssl(["genrsa", "2048"], b"")
    modulus = bytes.fromhex(_openssl(["rsa", "-modulus", "-noout"], key).decode().strip().split("=")[1])
    head = _base64(json.dumps({"alg": "RS256", "typ": "JWT", "kid": "k1"}).encode())
    now = int(time.time())
    claims = _base64(json.dumps({"iss": ISSUER, "sub": "grace", "aud": "shop", "exp": now + 86_400, "iat": now}).encode())
    with tempfile.NamedTemporaryFile() as file:
        file.write(key)
        file.flush()
        signature = _openssl(["dgst", "-sha256", "-sign", file.name], f"{head}.{claims}".encode())
    keys = {"keys": [{"kty": "RSA", "kid": "k1", "use": "sig", "alg": "RS256", "n": _base64(modulus), "e": "AQAB"}]}
    return Token(f"{head}.{claims}.{_base64(signature)}", json.dumps(keys))


def _openssl(arguments, data):
    return subprocess.run(["openssl", *arguments], input=data, check=True, capture_output=True).stdout


def _base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
