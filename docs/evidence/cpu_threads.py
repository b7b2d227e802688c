"""Threads that only compute, for a time: cpu_threads.py THREADS SECONDS SWITCH_INTERVAL"""
import sys
import threading
import time

WARM_UP = 30  # calls after which a countdown is specialised


def countdown(n):
    while n > 0:
        n -= 1


def compute(go, stop):
    for _ in range(WARM_UP):
        countdown(100)
    go.wait()
    while not stop:
        countdown(30000)


def main():
    count, seconds, interval = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    sys.setswitchinterval(interval)
    go, stop = threading.Event(), []
    threads = [threading.Thread(target=compute, args=(go, stop)) for _ in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    go.set()
    time.sleep(seconds)
    stop.append(True)
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
