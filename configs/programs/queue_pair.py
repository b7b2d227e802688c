"""A producer and a consumer over a queue of ten: queue_pair.py SECONDS [INTERVAL]

Both compute for each item. Prints the items a second, and the median milliseconds from one to the next.
"""
import queue
import statistics
import sys
import threading
import time


def countdown(n):
    while n > 0:
        n -= 1


def produce(box, stop):
    while not stop:
        countdown(20000)
        time.sleep(0.0002)
        box.put(time.perf_counter())
    box.put(None)


def consume(box, moments):
    while True:
        item = box.get()
        if item is None:
            return
        countdown(30000)
        moments.append(time.perf_counter())


def main():
    if len(sys.argv) > 2:
        sys.setswitchinterval(float(sys.argv[2]))
    box, stop, moments = queue.Queue(10), [], []
    threads = [threading.Thread(target=produce, args=(box, stop)),
               threading.Thread(target=consume, args=(box, moments))]
    for thread in threads:
        thread.start()
    time.sleep(float(sys.argv[1]))
    stop.append(True)
    for thread in threads:
        thread.join()
    gaps = [after - before for before, after in zip(moments, moments[1:])]
    print("%.3f %.4f" % (len(moments) / float(sys.argv[1]), 1e3 * statistics.median(gaps)))


if __name__ == "__main__":
    main()
