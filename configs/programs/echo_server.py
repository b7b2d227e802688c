"""An asyncio server that echoes lines, beside a thread that computes: echo_server.py SECONDS [INTERVAL]

A process of its own asks, one line after the other, 2 ms after each answer. Prints how many answers
a second it got, and the median time of one in milliseconds.
"""
import asyncio
import socket
import statistics
import subprocess
import sys
import threading
import time

THINK = 0.002


def ask(port, seconds):
    times = []
    with socket.create_connection(("127.0.0.1", port)) as line:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            time.sleep(THINK)
            begin = time.perf_counter()
            line.sendall(b"hello\n")
            line.recv(100)
            times.append(time.perf_counter() - begin)
    print("%.3f %.4f" % (len(times) / seconds, 1e3 * statistics.median(times)))


def compute(stop):
    while not stop:
        n = 20000
        while n > 0:
            n -= 1


async def echo(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(line)
        await writer.drain()
    writer.close()


async def serve(seconds):
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "ask", str(port), str(seconds), stdout=subprocess.PIPE)
    print((await client.communicate())[0].decode().strip())
    server.close()


def main():
    if sys.argv[1] == "ask":
        return ask(int(sys.argv[2]), float(sys.argv[3]))
    if len(sys.argv) > 2:
        sys.setswitchinterval(float(sys.argv[2]))
    stop = []
    thread = threading.Thread(target=compute, args=(stop,))
    thread.start()
    asyncio.run(serve(float(sys.argv[1])))
    stop.append(True)
    thread.join()


if __name__ == "__main__":
    main()
