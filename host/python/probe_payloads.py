"""What carrying large payloads costs, by size.

    probe_payloads.py pickle MIB...     pickling, both ends of a pipe, unpickling
    probe_payloads.py share MIB...      a block of shared memory

One thread does everything by itself, so nobody waits and nobody is woken: it fills the pipe and
empties it again, as far as it goes, with the reading loop of multiprocessing's own connections.
"""
import os
import sys

import gilsim_payload
from probe_common import report, thread_cpu

MIB = 1 << 20
ROUNDS = 5
NEXT_TO_NOTHING = 16.0 / MIB  # a payload that costs only what every message does
PIPE = 65536


def took(samples, work):
    before = thread_cpu()
    result = work()
    samples.append(thread_cpu() - before)
    return result


def pickler():
    try:
        from multiprocessing.reduction import ForkingPickler
        return ForkingPickler
    except (ImportError, AttributeError):
        import pickle
        return pickle


def cross(connection, writer, payload, samples):
    """Writes and reads a payload piece by piece; times of writing, reading and of all the rest."""
    written, read = [], []
    position = [0]

    def fill_and_read(handle, remaining):
        piece = payload[position[0]:position[0] + PIPE]
        position[0] += len(piece)
        took(written, lambda: os.write(writer.fileno(), piece))
        return took(read, lambda: os.read(handle, remaining))

    before = thread_cpu()
    got = connection._recv(len(payload), fill_and_read)
    everything = thread_cpu() - before
    samples["write"].append(sum(written))
    samples["read"].append(sum(read))
    return got, everything


def empty_loop(payload):
    """The part of cross() that is the probe's own: slicing and clocks."""
    unused, position = [], 0
    before = thread_cpu()
    while position < len(payload):
        piece = payload[position:position + PIPE]
        position += len(piece)
        took(unused, lambda: None)
        took(unused, lambda: None)
    return thread_cpu() - before


def probe_pickle(sizes, results):
    from multiprocessing import Pipe
    from probe_common import median
    tools, pipe = pickler(), Pipe(False)
    nothing = pickle_once(tools, pipe, NEXT_TO_NOTHING)
    for size in sizes:
        for name, values in pickle_once(tools, pipe, float(size)).items():
            results["payload.%s.%s" % (size, name)] = [
                max(0, value - median(nothing[name])) for value in values]


def pickle_once(tools, pipe, size):
    reader, writer = pipe
    payload = gilsim_payload.bytes_of(int(size * MIB))
    samples = dict((name, []) for name in ("pickle", "unpickle", "write", "read", "keep"))
    for _ in range(ROUNDS + 1):
        pickled = took(samples["pickle"], lambda: tools.dumps(payload))
        view = memoryview(pickled)
        got, everything = cross(reader, writer, view, samples)
        rest = everything - samples["write"][-1] - samples["read"][-1] - empty_loop(view)
        samples["keep"].append(max(0, rest))
        del view, pickled
        took(samples["unpickle"], lambda: tools.loads(got.getvalue()))
        del got
    return dict((name, values[1:]) for name, values in samples.items())


def probe_share(sizes, results):
    try:
        from multiprocessing import shared_memory
    except ImportError:
        return
    for size in sizes:
        count = int(float(size) * MIB)
        payload = gilsim_payload.bytes_of(count)
        samples = dict((name, []) for name in ("create", "copy_in", "attach", "touch", "unlink"))

        def fill(block):
            block.buf[:count] = payload

        def end(block):
            block.close()
            block.unlink()

        for _ in range(ROUNDS + 1):
            block = took(samples["create"],
                         lambda: shared_memory.SharedMemory(create=True, size=count))
            took(samples["copy_in"], lambda: fill(block))
            other = took(samples["attach"], lambda: gilsim_payload.attached(block.name))
            took(samples["touch"], lambda: gilsim_payload.touch(other.buf[:count]))
            other.close()
            took(samples["unlink"], lambda: end(block))
        for name, values in samples.items():
            results["shared.%s.%s" % (size, name)] = values[1:]


def main():
    results = {}
    {"pickle": probe_pickle, "share": probe_share}[sys.argv[1]](sys.argv[2:], results)
    report(results)


if __name__ == "__main__":
    main()
