"""One client and one upstream that send the same bytes each time, one request after another, and count what they get."""

import socket
import ssl
import struct
import threading

BODY = b"x" * 100
RESPONSE = (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCache-Control: no-cache\r\nContent-Length: %d\r\n\r\n" % len(BODY)) + BODY
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS, HEADERS, WINDOW_UPDATE, ACK, END_STREAM, END_HEADERS = 4, 1, 8, 1, 1, 4
WIDE = 2**31 - 1 - 65_535


class Upstream:
    """Answers each request of HTTP/1.1 with the same 100 bytes; counts what it reads."""

    def __init__(self):
        self.read = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            connection, _ = self._server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        pending = b""
        while True:
            got = connection.recv(65_536)
            if not got:
                return
            self.read += len(got)
            pending += got
            while (end := pending.find(b"\r\n\r\n")) >= 0:
                head = pending[:end].lower()
                at = head.find(b"\r\ncontent-length:")
                length = int(head[at + 17:].split(b"\r\n", 1)[0]) if at >= 0 else 0
                if len(pending) < end + 4 + length:
                    break
                pending = pending[end + 4 + length:]
                connection.sendall(RESPONSE)

    def close(self):
        self._server.close()


class Http1:
    """Requests of HTTP/1.1 on one connection, each after the response to the one before."""

    def __init__(self, port, request, tls=False):
        self.read = 0
        self._request = request
        self._socket = socket.create_connection(("127.0.0.1", port), 10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self._socket = ssl._create_unverified_context().wrap_socket(self._socket, server_hostname="order.test")

    def ask(self):
        self._socket.sendall(self._request)
        got = b""
        while not got.endswith(BODY):
            piece = self._socket.recv(65_536)
            if not piece:
                raise OSError(f"the gateway closed the connection after {got!r}")
            got += piece
        if not got.startswith(b"HTTP/1.1 200"):
            raise OSError(f"{got!r} (expected: 200)")
        self.read += len(got)

    def close(self):
        self._socket.close()


class Http2:
    """Requests of HTTP/2 with prior knowledge on one connection, each after the response to the one before."""

    def __init__(self, port, fields):
        self.read = 0
        # Literal fields without indexing (RFC 7541, 6.2.2): the same bytes each time.
        self._block = b"".join(b"\0" + _text(name) + _text(value) for name, value in fields)
        self._stream = -1
        self._pending = b""
        self._socket = socket.create_connection(("127.0.0.1", port), 10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(PREFACE + _frame(SETTINGS, 0, 0, b"") + _frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", WIDE)))

    def ask(self):
        self._stream += 2
        self._socket.sendall(_frame(HEADERS, END_HEADERS | END_STREAM, self._stream, self._block))
        while True:
            kind, flags, stream, _ = self._next()
            if kind == SETTINGS and not flags & ACK:
                self._socket.sendall(_frame(SETTINGS, ACK, 0, b""))
            if kind in (3, 7):
                raise OSError(f"the gateway sent a frame of kind {kind} (expected: a response)")
            if stream == self._stream and flags & END_STREAM:
                return

    def _next(self):
        while len(self._pending) < 9 or len(self._pending) < 9 + int.from_bytes(self._pending[:3], "big"):
            piece = self._socket.recv(65_536)
            if not piece:
                raise OSError("the gateway closed the connection")
            self.read += len(piece)
            self._pending += piece
        length = int.from_bytes(self._pending[:3], "big")
        kind, flags, stream = struct.unpack(">BBI", self._pending[3:9])
        payload, self._pending = self._pending[9:9 + length], self._pending[9 + length:]
        return kind, flags, stream, payload

    def close(self):
        self._socket.close()


def _text(text):
    """A string of fewer than 127 bytes, not Huffman coded (RFC 7541, 5.2)."""
    return bytes([len(text)]) + text


def _frame(kind, flags, stream, payload):
    return len(payload).to_bytes(3, "big") + struct.pack(">BBI", kind, flags, stream) + payload
