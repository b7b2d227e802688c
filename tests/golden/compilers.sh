#!/usr/bin/env bash
# Compares the golden fingerprints of g++ and clang++ at -O0 to -O3 with those kept.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
for compiler in g++ clang++; do
  command -v "$compiler" > /dev/null || { echo "$compiler: not installed"; continue; }
  for level in 0 1 2 3; do
    build="$folder/$compiler-$level"
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
      -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="-O$level" > "$folder/log" 2>&1
    cmake --build "$build" --target golden_test >> "$folder/log" 2>&1
    if "$build/tests/golden_test" >> "$folder/log" 2>&1; then
      echo "$compiler -O$level: equal"
    else
      echo "$compiler -O$level: DIFFERENT"
      tail -40 "$folder/log"
      failed=1
    fi
  done
done
exit $failed
