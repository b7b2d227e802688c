"""A crawler: pages fetched and counted through by a ThreadPoolExecutor of 6.

    crawler.py PORT [INTERVAL]     (the server is that of pages.py)

Prints the seconds that all pages took, and the median of one page in milliseconds.
"""
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import build_opener, install_opener, urlopen

PAGES = 60
WORKERS = 6
times = []


def crawl(url):
    begin = time.perf_counter()
    with urlopen(url) as answer:
        text = answer.read().decode()
    words = {}
    for _ in range(8):
        for letter in text:
            words[letter] = words.get(letter, 0) + 1
    times.append(time.perf_counter() - begin)
    return words


def main():
    if len(sys.argv) > 2:
        sys.setswitchinterval(float(sys.argv[2]))
    urls = ["http://127.0.0.1:%s/%d" % (sys.argv[1], page % 30) for page in range(PAGES)]
    install_opener(build_opener())  # it looks its proxies up
    begin = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(crawl, urls))
    print("%.6f %.3f" % (time.perf_counter() - begin, 1e3 * statistics.median(times)))


if __name__ == "__main__":
    main()
