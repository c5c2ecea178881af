"""The slow readers: `slowreaders.py PORT COUNT`. Each asks for one MiB and reads 16 KiB of it four times a second, through a
small receive buffer; then it asks again. Five times a second it says how much was read so far, until it is ended."""

import json
import socket
import sys
import time

REQUEST = b"GET /1m HTTP/1.1\r\nHost: order.test\r\ntrace-branch: f-1\r\n\r\n"
PIECE = 16 * 1024
PERIOD = 0.25


class Reader:
    """One connection. A response that is none ends it, and it is counted as cut."""

    def __init__(self, port):
        self.left = 0
        self.connection = socket.socket()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
        self.connection.connect(("127.0.0.1", port))
        self.connection.setblocking(False)
        self.ask()

    def ask(self):
        self.connection.sendall(REQUEST)
        self.head, self.left = b"", None

    def read(self):
        """Bytes that were there; raises OSError when the connection is of no use any more."""
        try:
            received = self.connection.recv(PIECE if self.left is None else min(PIECE, self.left))
        except BlockingIOError:
            return 0
        if not received:
            raise OSError("ended")
        body = len(received)
        if self.left is None:
            self.head += received
            head, end, rest = self.head.partition(b"\r\n\r\n")
            if not end:
                return len(received)
            fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
            if b" 200 " not in head.split(b"\r\n")[0] or b"content-length" not in fields:
                raise OSError(f"no response of known length: {head[:100]!r}")
            self.left, body = int(fields[b"content-length"]), len(rest)
        self.left -= body
        if self.left == 0:
            self.ask()
        return len(received)


def main(port, count):
    readers, read, cut, said, begun = [], 0, 0, 0, time.monotonic()
    while True:
        due = time.monotonic()
        # A tenth of them each time, so that they do not all read at once; within two seconds all are there.
        for part in range(10):
            if len(readers) + cut < count:
                readers += [Reader(port) for _ in range(min(20, count - len(readers) - cut))]
            for reader in readers[part::10]:
                try:
                    read += reader.read()
                except OSError:
                    readers.remove(reader)
                    reader.connection.close()
                    cut += 1
            now = time.monotonic()
            if now - said >= 0.2:
                said = now
                print(json.dumps({"at": now - begun, "read": read, "open": len(readers), "cut": cut}), flush=True)
            time.sleep(max(0, due + (part + 1) * PERIOD / 10 - now))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
