"""The app's ES256 private key: APP_SIGNING_KEY, or a key generated once in DATA_DIR."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.settings import Settings, SettingsError

FILE = "signing-key.pem"


def signing_key(settings: Settings) -> EllipticCurvePrivateKey:
    """The key of these settings, generated if it is missing. Raises SettingsError."""
    if settings.app_signing_key:
        # A .env file or a dashboard often holds the PEM on one line.
        return parse(settings.app_signing_key.get_secret_value().replace("\\n", "\n"), "APP_SIGNING_KEY")
    path = settings.data_dir / FILE
    try:
        if not path.exists():
            create(path)
        return parse(path.read_text(), str(path))
    except OSError as error:
        raise SettingsError(f"DATA_DIR {settings.data_dir} cannot hold the signing key: {error.strerror}.") from None


def create(path: Path) -> None:
    """Writes a new key if there is none. Two processes that start together get the same key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = generate_private_key(SECP256R1())
    draft = path.with_name(f"{FILE}.{secrets.token_hex(4)}.tmp")
    try:
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, path)  # atomic, and fails if another process was first
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def parse(text: str, where: str) -> EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise SettingsError(f"{where} is not an ES256 private key: a PEM of an elliptic-curve key on P-256 is needed.")
    return key
