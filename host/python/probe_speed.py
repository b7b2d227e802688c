"""How fast this host runs bytecode right now: countdown loops per second on the main thread.

    probe_speed.py CHUNKS
"""
import sys

import gilsim_work
from probe_common import report, undisturbed

LOOPS = 1000000
SECOND = 1e9


def main():
    chunks = int(sys.argv[1])
    report({"speed": [LOOPS * SECOND / undisturbed(lambda: gilsim_work.countdown(LOOPS))
                      for _ in range(chunks)]})


if __name__ == "__main__":
    main()
