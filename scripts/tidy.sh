#!/usr/bin/env bash
# clang-tidy over every source that the build in FOLDER compiles, generated ones left out.
#
# usage: scripts/tidy.sh FOLDER [JOBS]   exit code 1: a finding
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$1 jobs=${2:-$(nproc)}
python3 - "$folder" "$PWD" <<'END' |
import json, sys
folder, root = sys.argv[1:]
with open(folder + "/compile_commands.json") as file:
    files = {entry["file"] for entry in json.load(file)}
inside = [name for name in files if name.startswith(root + "/") and "/embedded/" not in name]
print("\n".join(sorted(inside)))
END
  # g++ has warnings that clang does not know.
  xargs -d '\n' -P "$jobs" -n 4 \
    clang-tidy -p "$folder" --quiet --extra-arg=-Wno-unknown-warning-option || exit 1
