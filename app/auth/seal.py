"""Encrypts and authenticates secrets that are stored elsewhere, with a key derived from the app's own."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes


class Seal:
    """AES-256-GCM. `label` names the purpose: a sealed text opens only under its own label."""

    def __init__(self, key: EllipticCurvePrivateKey) -> None:
        secret = key.private_numbers().private_value.to_bytes(32, "big")
        self.cipher = AESGCM(HKDF(SHA256(), 32, None, b"easel seal 1").derive(secret))

    def close(self, text: str, label: str) -> str:
        nonce = os.urandom(NONCE)
        return base64.urlsafe_b64encode(nonce + self.cipher.encrypt(nonce, text.encode(), label.encode())).decode()

    def open(self, sealed: str, label: str) -> str | None:
        """None if this key did not seal the text under this label."""
        try:
            data = base64.urlsafe_b64decode(sealed)
            return self.cipher.decrypt(data[:NONCE], data[NONCE:], label.encode()).decode()
        except (ValueError, InvalidTag):
            return None
