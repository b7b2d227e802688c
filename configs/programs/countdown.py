"""The talk's countdown: countdown.py COUNT [HOW [WORKERS]]

Twice half of COUNT; HOW: serial, threads, processes. Prints the seconds that both took, with making
and ending the pool.
"""
import sys
import time


def countdown(n):
    while n > 0:
        n -= 1


def work(count):
    countdown(count)


def run(how, workers, counts):
    if how == "serial":
        for count in counts:
            work(count)
    elif how == "threads":
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, counts))
    else:
        import multiprocessing
        with multiprocessing.Pool(workers) as pool:
            pool.map(work, counts, 1)
        pool.join()


def main():
    half = int(sys.argv[1]) // 2
    how = sys.argv[2] if len(sys.argv) > 2 else "serial"
    for _ in range(30):  # a function is specialised after some calls
        countdown(100)
    begin = time.perf_counter()
    run(how, int(sys.argv[3]) if len(sys.argv) > 3 else 1, [half, half])
    print("%.6f" % (time.perf_counter() - begin))


if __name__ == "__main__":
    main()
