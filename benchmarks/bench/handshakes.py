"""Connections over TLS 1.3 one after another, each with one request: `handshakes.py PORT SECONDS new|resumed`. Prints what came of
them as JSON. A session is that of the connection before; servers give one with their first response."""

import json
import socket
import ssl
import sys
import time

REQUEST = b"GET / HTTP/1.1\r\nHost: order.test\r\ntrace-branch: f-1\r\nConnection: close\r\n\r\n"


def main(port, seconds, resumed):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    session, done, bad, broken, again = None, 0, 0, 0, 0
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            with context.wrap_socket(socket.create_connection(("127.0.0.1", port), 5), session=session) as connection:
                connection.sendall(REQUEST)
                text = b""
                while received := connection.recv(65536):
                    text += received
                done += 1
                bad += not text.startswith(b"HTTP/1.1 200")
                again += connection.session_reused
                session = connection.session if resumed else None
        except OSError:
            broken += 1
    print(json.dumps({"requests": done, "bad": bad, "broken": broken, "resumed": again, "seconds": time.monotonic() - begun}))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "resumed")
