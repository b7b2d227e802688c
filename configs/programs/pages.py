"""Pages fetched with urllib, as in the talk: pages.py PORT [HOW [WORKERS]]

HOW: serial, threads, or serve: answers at 127.0.0.1:PORT, each page after its own delay, until it
is ended. Prints the seconds that all pages took, with making and ending the pool.
"""
import random
import sys
import time

PAGES = 30


def delays():
    chance = random.Random(7)
    return [chance.uniform(0.05, 0.25) for _ in range(PAGES)]


def serve(port):
    import http.server
    page_delays = delays()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(page_delays[int(self.path[1:])])
            body = b"<p>" + b"x" * 20000
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer(("127.0.0.1", port), Page).serve_forever()


def fetch(url):
    from urllib.request import urlopen
    with urlopen(url) as answer:
        return len(answer.read())


def run(how, workers, urls):
    if how == "serial":
        return [fetch(url) for url in urls]
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, urls))


def main():
    port = int(sys.argv[1])
    how = sys.argv[2] if len(sys.argv) > 2 else "serial"
    if how == "serve":
        return serve(port)
    urls = ["http://127.0.0.1:%d/%d" % (port, page) for page in range(PAGES)]
    import urllib.request
    urllib.request.install_opener(urllib.request.build_opener())  # it looks its proxies up
    begin = time.perf_counter()
    run(how, int(sys.argv[3]) if len(sys.argv) > 3 else 1, urls)
    print("%.6f" % (time.perf_counter() - begin))


if __name__ == "__main__":
    main()
