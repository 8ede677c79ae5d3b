"""A certificate authority for one home, made on first use and kept on this machine.

It may vouch for private addresses and ``.local`` names only (RFC 5280, 4.2.1.10): whoever trusts it on a
phone trusts it with nothing of the web, even if its key were stolen. Server certificates live for 397 days,
which is what browsers take, and are made anew a month before their end or when the machine has other
addresses.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from homebody.core.clock import Clock
from homebody.core.errors import RecordError
from homebody.core.private_file import write_private

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
        "fc00::/7", "fe80::/10", "::1/128",
    )
)  # fmt: skip
"""Addresses that it may vouch for: private, link-local, shared (RFC 6598) and loopback."""
DOMAIN = "local"
LIVES = timedelta(days=3650)
SERVER_LIVES = timedelta(days=397)
RENEW_BEFORE = timedelta(days=30)
_SKEW = timedelta(days=1)  # a phone's clock may be behind


def vouches_for(address: Address) -> bool:
    """Whether the authority may name this address."""
    return any(address in network for network in NETWORKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCertificate:
    """Files for a TLS server: the certificate, and its key that only its owner may read."""

    certificate: Path
    key: Path


class Authority:
    """The authority in ``folder``: ``ca.crt`` and ``ca.key``.

    Raises RecordError where they cannot be used.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        kept = self._read()
        self._certificate, self._key = kept if kept is not None else self._make()

    @property
    def certificate(self) -> bytes:
        """What a phone installs: the authority's certificate, DER."""
        return self._certificate.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in pairs of digits, as phones show it."""
        return self._certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    def serve(self, names: Sequence[str], addresses: Sequence[Address]) -> ServerCertificate:
        """A certificate for these names under ``.local`` and these addresses; the kept one if it still does.

        Raises ValueError for an address that it may not vouch for, RecordError where it cannot be kept.
        """
        if strangers := [str(each) for each in addresses if not vouches_for(each)]:
            raise ValueError(f"not a private address: {', '.join(strangers)}")
        files = ServerCertificate(certificate=self._folder / "server.crt", key=self._folder / "server.key")
        wanted = x509.SubjectAlternativeName(
            [x509.DNSName(name) for name in sorted(set(names))]
            + [x509.IPAddress(address) for address in sorted(set(addresses), key=lambda each: each.packed)]
        )
        if not self._still_does(files, wanted):
            self._issue(files, wanted)
        return files

    def _still_does(self, files: ServerCertificate, wanted: x509.SubjectAlternativeName) -> bool:
        try:
            kept = x509.load_pem_x509_certificate(files.certificate.read_bytes())
            key = _load_key(files.key)
            kept.verify_directly_issued_by(self._certificate)
            names = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (OSError, ValueError, TypeError, x509.ExtensionNotFound, InvalidSignature):
            return False
        return (
            kept.public_key() == key.public_key()
            and names == wanted
            and self._clock.now() < kept.not_valid_after_utc - RENEW_BEFORE
        )

    def _issue(self, files: ServerCertificate, wanted: x509.SubjectAlternativeName) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        now = self._clock.now()
        certificate = (
            _begin("Homebody", key.public_key(), now, min(now + SERVER_LIVES, self._ends))
            .issuer_name(self._certificate.subject)
            .add_extension(wanted, critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(_usage(digital_signature=True), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
            .sign(self._key, hashes.SHA256())
        )
        write_private(files.key, _key_bytes(key))
        write_private(files.certificate, certificate.public_bytes(serialization.Encoding.PEM))

    @property
    def _ends(self) -> datetime:
        return self._certificate.not_valid_after_utc

    def _read(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
        """The kept authority; None where there is none yet, or it is about to end."""
        try:
            certificate = x509.load_pem_x509_certificate((self._folder / "ca.crt").read_bytes())
            key = _load_key(self._folder / "ca.key")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise self._unusable(str(error)) from error
        if certificate.public_key() != key.public_key():
            raise self._unusable("certificate and key do not belong together")
        ended = certificate.not_valid_after_utc - SERVER_LIVES < self._clock.now()
        return None if ended else (certificate, key)

    def _unusable(self, reason: str) -> RecordError:
        return RecordError(
            f"The home's certificate authority in {self._folder} cannot be used: {reason}",
            hint="Remove that folder to have a new one made; phones then have to trust the new one.",
        )

    def _make(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        key = ec.generate_private_key(ec.SECP256R1())
        now = self._clock.now()
        permitted: list[x509.GeneralName] = [x509.DNSName(DOMAIN), *map(x509.IPAddress, NETWORKS)]
        certificate = (
            _begin("Homebody 宅家", key.public_key(), now, now + LIVES)
            .issuer_name(_name("Homebody 宅家"))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(
                x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True
            )
            .sign(key, hashes.SHA256())
        )
        write_private(self._folder / "ca.key", _key_bytes(key))
        write_private(self._folder / "ca.crt", certificate.public_bytes(serialization.Encoding.PEM))
        return certificate, key


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _begin(
    common: str, key: ec.EllipticCurvePublicKey, now: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key is of another kind")
    return key


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
