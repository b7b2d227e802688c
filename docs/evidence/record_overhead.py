"""What recording costs: pairs of runs, recorded and not, in turns.

    python3 docs/evidence/record_overhead.py GILSIM PAIRS PYTHON...

Prints, as a Markdown table, the median of the recorded run over the one beside it and the interval
that holds it with 95 % (by the order of the pairs), for programs that compute, and the nanoseconds that a
release and take of the lock costs more.
"""
import os
import statistics
import subprocess
import sys
import tempfile

COMPUTE = """
import time
def main():
    %s
    begin = time.perf_counter()
    %s
    print(time.perf_counter() - begin)
main()
"""
PROGRAMS = {
    "countdown": ("def work(n):\n        while n > 0: n -= 1\n    for _ in range(30): work(100)",
                  "work(8000000)"),
    "json": ("import json\n    data = {str(i): [i, str(i)] for i in range(20000)}",
             "for _ in range(12): json.loads(json.dumps(data))"),
    "two threads": ("import threading\n    def work(n):\n        while n > 0: n -= 1\n"
                    "    pair = [threading.Thread(target=work, args=(4000000,)) for _ in '12']",
                    "[one.start() for one in pair]; [one.join() for one in pair]"),
    "lseek (100 000 cycles)": ("import os\n    file = os.open('/dev/null', os.O_RDONLY)\n    seek = os.lseek",
                               "for _ in range(100000): seek(file, 0, 0)"),
}


def seconds(command):
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL).stdout)


def middle(ratios):
    """The median, and the order statistics that hold it with 95 %."""
    ordered, count = sorted(ratios), len(ratios)
    skip = max(0, int(count / 2 - 0.98 * count ** 0.5))
    return statistics.median(ordered), ordered[skip], ordered[count - 1 - skip]


def main():
    gilsim, pairs = sys.argv[1], int(sys.argv[2])
    print("| Python | program | recorded / not | 95 % | |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for python in sys.argv[3:]:
            for name, text in PROGRAMS.items():
                path = os.path.join(folder, "program.py")
                with open(path, "w") as file:
                    file.write(COMPUTE % text)
                plain, recorded = [], []
                for _ in range(pairs):
                    plain.append(seconds([python, path]))
                    recorded.append(seconds([gilsim, "record", "-o", os.path.join(folder, "t"), "--",
                                             python, path]))
                ratio = middle([after / before for before, after in zip(plain, recorded)])
                more = ""
                if "cycles" in name:
                    more = "%.0f ns a cycle" % (
                        1e9 / 1e5 * statistics.median(b - a for a, b in zip(plain, recorded)))
                print("| %s | %s | %.3f | %.3f, %.3f | %s |" % ((os.path.basename(python), name) + ratio
                                                               + (more,)))


if __name__ == "__main__":
    main()
