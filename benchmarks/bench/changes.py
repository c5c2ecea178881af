"""What happens at a fixed pace while a load runs: table changes."""

import http.client
import threading
import time


class Paced:
    """Does something to a contestant so many times a second, on a thread of its own, as long as it is entered."""

    def __init__(self, pace, act):
        self._pace, self._act = pace, act
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.done = self.failed = 0

    def __enter__(self):
        if self._pace:
            self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        if self._pace:
            self._thread.join(10)

    def _work(self):
        due = time.monotonic()
        number = 0
        while not self._over.wait(max(0, due - time.monotonic())):
            try:
                self._act(number)
                self.done += 1
            except (OSError, http.client.HTTPException):
                self.failed += 1
            number += 1
            due += 1 / self._pace


class Changing(Paced):
    """Changes the table as the variant says."""

    def __init__(self, contestant):
        super().__init__(contestant.variant.changes,
                         lambda number: contestant.peer.change(contestant.setup, number))
