"""The certificate of a node's pages: one of its own making, whose fingerprint officers compare another way.

1. ECDSA P-256, no authority, for the names and addresses given; a browser trusts it once the fingerprint is
   confirmed or the certificate is given to it. A certificate of the state's own authority serves as well:
   the settings name its files.
2. The private key is for its owner alone; where the node's secrets are under a passphrase, it is locked with
   a word derived from them.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path, PosixPath
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct

from tansiq.node.settings import write_private

CERTIFICATE: Final = "tls/certificate.pem"
KEY: Final = "tls/key.pem"


class Made(Struct, frozen=True):
    """A certificate and its key, in PEM, and the SHA-256 fingerprint in pairs of figures."""

    certificate: bytes
    key: bytes
    fingerprint: str


def self_signed(names: tuple[str, ...], *, days: int, now: datetime, passphrase: str | None = None) -> Made:
    """Return a certificate for these host names and addresses, good for so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([_name(each) for each in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Made(
        certificate.public_bytes(serialization.Encoding.PEM),
        _pem(key, passphrase),
        spelled(certificate.fingerprint(hashes.SHA256())),
    )


def key_word(secret: bytes) -> str:
    """Return the word that locks the key of a node's certificate (rule 2)."""
    return hmac.new(secret, b"tansiq.tls/1", hashlib.sha256).hexdigest()


def opened_key(path: Path, word: str) -> Path:
    """Return where the server reads a key: its own file, or for a locked one memory that no disk holds."""
    raw = path.read_bytes()
    if b"ENCRYPTED" not in raw[:200]:
        return path
    key = serialization.load_pem_private_key(raw, word.encode())
    plain = serialization.NoEncryption()
    memory = os.memfd_create("tansiq-tls", os.MFD_CLOEXEC)
    os.write(memory, key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return _Memory(f"/proc/self/fd/{memory}")


class _Memory(PosixPath):
    """A place in memory; the server follows links to their end, and this one's end has no name."""

    def resolve(self, strict: bool = False) -> Self:  # noqa: ARG002 (pathlib names it)
        return self


def write_certificate(folder: Path, made: Made) -> None:
    """Write a node's certificate and key, each for its owner alone."""
    write_private(folder / CERTIFICATE, made.certificate)
    write_private(folder / KEY, made.key)


def fingerprint_of(certificate: bytes) -> str:
    """Return the fingerprint of a certificate in PEM."""
    return spelled(x509.load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256()))


def spelled(digest: bytes) -> str:
    """Return a fingerprint as browsers show it."""
    return ":".join(f"{byte:02X}" for byte in digest)


def _name(said: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(said))
    except ValueError:
        return x509.DNSName(said)


def _pem(key: ec.EllipticCurvePrivateKey, passphrase: str | None) -> bytes:
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase is not None:
        lock = serialization.BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
