#!/usr/bin/env bash
# Are the tests any good? Applies the mutants of mutants.txt, one at a time, to a copy of the tree,
# builds the tests of sim/ and models/ and expects one of them to fail.
#
# usage: tests/mutants/run.sh [WORDS]   only mutants whose line contains WORDS
# GILSIM_MUTANTS_BUILD=FOLDER keeps the copy and its build there. Exit code 1: a mutant survived, or
# its original text is not in the file (once) any more.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${GILSIM_MUTANTS_BUILD:-}
if [[ -z $folder ]]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
tree="$folder/tree" build="$folder/build"
# The most telling ones first: whether laws and rules notice, before fingerprints do.
programs=(sim_test models_test metamorphic_test reference_test theory_test golden_test)
time_limit=600

mkdir -p "$tree"
(cd "$root" && git ls-files -z --cached --others --exclude-standard) |
  (cd "$root" && tar --null --ignore-failed-read -cf - -T - 2> /dev/null) | tar -xmf - -C "$tree"
cmake -S "$tree" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS=-O1 > /dev/null
compile() { cmake --build "$build" --target "${programs[@]}" > "$folder/log" 2>&1; }

# Prints who notices; 1 when nobody does.
killer() {
  local program
  for program in "${programs[@]}"; do
    local status=0 test
    timeout "$time_limit" "$build/tests/$program" --gtest_fail_fast > "$folder/out" 2>&1 || status=$?
    [[ $status -eq 0 ]] && continue
    test=$(sed -n 's/^\[  FAILED  \] \([^ ,]*\).*/\1/p' "$folder/out" | head -1)
    # None has failed: it crashed or hung in the last one.
    [[ -n $test ]] || test="$(sed -n 's/^\[ *RUN *\] //p' "$folder/out" | tail -1), status $status"
    echo "$program: $test"
    return 0
  done
  return 1
}

compile || { cat "$folder/log" >&2; exit 1; }
if noticed=$(killer); then
  echo "error: the tests fail without any mutant: $noticed" >&2
  exit 1
fi

killed=0 survived=0 stale=0
while IFS= read -r line; do
  [[ -z $line || $line == \#* || $line != *"${1:-}"* ]] && continue
  file=${line%% ||| *}
  rest=${line#* ||| }
  cp "$tree/$file" "$folder/original"
  if ! python3 "$here/mutate.py" "$tree/$file" "$rest"; then
    stale=$((stale + 1))
    printf 'STALE     %s\n' "$line"
    continue
  fi
  if ! compile; then
    stale=$((stale + 1))
    printf 'NO BUILD  %s\n' "$line"
    tail -5 "$folder/log" >&2
  elif noticed=$(killer); then
    killed=$((killed + 1))
    printf 'killed    %s\n          by %s\n' "$line" "$noticed"
  else
    survived=$((survived + 1))
    printf 'SURVIVED  %s\n' "$line"
  fi
  cp "$folder/original" "$tree/$file"
done < "$here/mutants.txt"

echo "$killed killed, $survived survived, $stale stale"
[[ $killed -gt 0 && $survived -eq 0 && $stale -eq 0 ]]
