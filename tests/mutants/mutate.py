"""usage: mutate.py FILE 'ORIGINAL ||| MUTATED': replaces text that occurs once in the file."""

import sys

path, change = sys.argv[1], sys.argv[2]
original, _, mutated = change.partition(" |||")
with open(path) as file:
    text = file.read()
if text.count(original) != 1:
    print("%s: found %d times: %s" % (path, text.count(original), original), file=sys.stderr)
    sys.exit(1)
with open(path, "w") as file:
    file.write(text.replace(original, mutated.lstrip(" ")))
