"""How fast this host runs bytecode right now, its disturbances included: countdown loops per second of
wall time on the main thread.

    probe_speed.py CHUNKS

The other probes leave out what disturbs them; a real run of some tenths of a second can't.
"""
import sys

import gilsim_work
from gilsim_clock import now
from probe_common import report

LOOPS = 1000000
SECOND = 1e9


def main():
    chunks = int(sys.argv[1])
    begin = now()
    for _ in range(chunks):
        gilsim_work.countdown(LOOPS)
    report({"speed": [chunks * LOOPS * SECOND / (now() - begin)]})


if __name__ == "__main__":
    main()
