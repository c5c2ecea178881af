"""Table changes at a fixed pace while a load runs."""

import threading
import time


class Changing:
    """Applies a contestant's changes on a thread of its own as long as it is entered."""

    def __init__(self, contestant):
        self._contestant = contestant
        self._pace = contestant.variant.changes
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
                self._contestant.peer.change(self._contestant.setup, number)
                self.done += 1
            except OSError:
                self.failed += 1
            number += 1
            due += 1 / self._pace
