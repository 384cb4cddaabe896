"""Certificates by their hash."""

import hashlib


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a DER certificate, in hexadecimal."""
    return hashlib.sha256(certificate).hexdigest()
