"""The same draws as bench/draws.hpp: gilsim's named random streams, in integer nanoseconds."""

from math import log

SECOND = 1e9
LOAD = 0.8
_MASK = (1 << 64) - 1
_SEED = 1


def _split_mix(state):
    state = (state + 0x9E3779B97F4A7C15) & _MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return state, z ^ (z >> 31)


def _fnv1a(text):
    hashed = 0xCBF29CE484222325
    for byte in text.encode():
        hashed = ((hashed ^ byte) * 0x100000001B3) & _MASK
    return hashed


def _stream(name):
    """xoshiro256++ of sim/random.cpp, replication 0."""
    key = _split_mix(_SEED)[1]
    key = _split_mix(key)[1]
    mixer = key ^ _fnv1a(name)
    words = []
    for _ in range(4):
        mixer, word = _split_mix(mixer)
        words.append(word)
    a, b, c, d = words
    while True:
        x = (a + d) & _MASK
        yield (((x << 23) | (x >> 41)) + a) & _MASK
        t = (b << 17) & _MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = ((d << 45) | (d >> 19)) & _MASK


def exponentials(name, mean, count):
    bits = _stream(name)
    return [int(-log(1.0 - (next(bits) >> 11) * 2.0**-53) * mean + 0.5) for _ in range(count)]


def hold_first(count):
    return exponentials("hold/first", SECOND, count)


def hold_increments():
    return exponentials("hold/increment", SECOND, 1 << 13)


def interarrivals(servers, count):
    return exponentials("queue/arrival", SECOND / (LOAD * servers), count)


def services(count):
    return exponentials("queue/service", SECOND, count)
