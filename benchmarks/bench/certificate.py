"""A self-signed certificate for the TLS cases, made with openssl: P-256, or RSA of 2048 bits."""

import dataclasses
import pathlib
import subprocess


@dataclasses.dataclass(frozen=True)
class Certificate:
    pem: pathlib.Path
    key: pathlib.Path
    both: pathlib.Path  # key and certificate in one file, as HAProxy wants it


KINDS = {"ec": ("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"), "rsa": ("rsa:2048",)}


def make(folder, kind="ec"):
    certificate = Certificate(folder / "server.pem", folder / "server.key", folder / "both.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", *KINDS[kind], "-nodes", "-days", "30",
         "-subj", "/CN=order.test", "-addext", "subjectAltName=DNS:order.test,DNS:localhost,IP:127.0.0.1",
         "-keyout", certificate.key, "-out", certificate.pem],
        check=True, capture_output=True)
    certificate.both.write_text(certificate.key.read_text() + certificate.pem.read_text())
    return certificate
