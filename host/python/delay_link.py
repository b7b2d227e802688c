"""A device whose speed is divided among all requests under way, on a clock of nanoseconds.

`servers` requests go on at full speed; of n that are more each gets servers / n of it.
Python 2.7 to 3.15.
"""
import heapq


class Link(object):
    def __init__(self, servers):
        self._servers = float(servers)
        self._under_way = []  # heap of (work done when it ends, sequence, what)
        self._done = 0.0  # of one that was always under way, at self._at
        self._at = 0
        self._sequence = 0
        self._over = []  # what ended and has not been said

    def _share(self):
        return min(1.0, self._servers / len(self._under_way))

    def begin(self, at, nanoseconds, what):
        self._go_on_until(at)
        self._sequence += 1
        heapq.heappush(self._under_way, (self._done + nanoseconds, self._sequence, what))

    def next_end(self):
        """When the first one ends, if none begins; None: there are none."""
        if self._over:
            return self._at
        if not self._under_way:
            return None
        return self._first_end()

    def ended(self, at):
        """What ended up to then, in order."""
        self._go_on_until(at)
        over, self._over = self._over, []
        return over

    def _go_on_until(self, at):
        while self._under_way and self._first_end() <= at:
            self._at = self._first_end()
            self._done, _, what = heapq.heappop(self._under_way)
            self._over.append(what)
        if self._under_way:
            self._done += (at - self._at) * self._share()
        self._at = at

    def _first_end(self):
        return self._at + (self._under_way[0][0] - self._done) / self._share()
