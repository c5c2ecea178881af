"""Slow readers read what they asked for, at their pace, and count what was cut."""

import socket
import threading
import unittest

from bench.slowreaders import PIECE, Reader

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n" + b"x" * 40_000


class SlowReaders(unittest.TestCase):
    def setUp(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.server.close)
        self.reader = Reader(self.server.getsockname()[1])
        self.addCleanup(self.reader.connection.close)
        self.connection, _ = self.server.accept()
        self.addCleanup(self.connection.close)

    def answer(self, text):
        """Sends a response while the reader reads, until that many bytes came."""
        sender = threading.Thread(target=self.connection.sendall, args=(text,))
        sender.start()
        read = 0
        while read < len(text):
            piece = self.reader.read()
            self.assertLessEqual(piece, PIECE)
            read += piece
        sender.join()
        return read

    def test_ask_again_when_a_response_is_read(self):
        for _ in range(2):
            self.assertIn(b"GET /1m", self.connection.recv(4096))
            self.assertEqual(len(RESPONSE), self.answer(RESPONSE))
        self.assertIn(b"GET /1m", self.connection.recv(4096))

    def test_a_response_without_a_length_is_refused(self):
        self.connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
        with self.assertRaisesRegex(OSError, "no response of known length"):
            while self.reader.read() == 0:
                pass


if __name__ == "__main__":
    unittest.main()
