#!/usr/bin/env bash
# Are the tests any good? Applies the mutants of mutants.txt, one at a time, to a copy of the tree,
# builds the tests of sim/ and models/ and expects one of them to fail; where the list names a law,
# the law checker itself has to say so.
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
# The quickest and most telling first: whether laws and rules notice, before fingerprints do.
programs=(sim_test laws_test models_test metamorphic_test reference_test golden_test theory_test)
time_limit=600

mkdir -p "$tree"
(cd "$root" && git ls-files -z --cached --others --exclude-standard) |
  (cd "$root" && tar --null --ignore-failed-read -cf - -T - 2> /dev/null) | tar -xmf - -C "$tree"

# mutants COMMAND: calls it with each mutant as $line, $file, $change and $law.
mutants() {
  local line file change law
  while IFS= read -r line; do
    [[ -z $line || $line == \#* || $line != *"$words"* ]] && continue
    file=${line%% ||| *}
    change=${line#* ||| }
    law=
    if [[ $change == *" ||| law: "* ]]; then
      law=${change##* ||| law: }
      change=${change% ||| law: *}
    fi
    "$1"
  done < "$here/mutants.txt"
}
words=${1:-}

stale=0
check_original() {
  python3 "$here/mutate.py" --check "$tree/$file" "$change" || stale=$((stale + 1))
}
mutants check_original
[[ $stale -eq 0 ]] || { echo "error: $stale mutants do not fit the sources" >&2; exit 1; }

cmake -S "$tree" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS=-O1 > /dev/null
compile() { cmake --build "$build" --target "$@" > "$folder/log" 2>&1; }
run() { timeout "$time_limit" "$build/tests/$@" > "$folder/out" 2>&1; }

# Prints who notices, each built only when those before it did not; 1 when nobody does, 2 when it
# does not build.
killer() {
  local program
  for program in "${programs[@]}"; do
    local status=0 test
    compile "$program" || return 2
    run "$program" --gtest_fail_fast || status=$?
    [[ $status -eq 0 ]] && continue
    test=$(sed -n 's/^\[  FAILED  \] \([^ ,]*\).*/\1/p' "$folder/out" | head -1)
    # None has failed: it crashed or hung in the last one.
    [[ -n $test ]] || test="$(sed -n 's/^\[ *RUN *\] //p' "$folder/out" | tail -1), status $status"
    echo "$program: $test"
    return 0
  done
  return 1
}

# The law checker says what the list expects.
killer_by_law() {
  compile laws_test || return 2
  run laws_test && return 1
  grep -F -m 1 -- "$law" "$folder/out" | sed 's/^ *//' | cut -c 1-160
}

compile "${programs[@]}" || { cat "$folder/log" >&2; exit 1; }
if noticed=$(killer); then
  echo "error: the tests fail without any mutant: $noticed" >&2
  exit 1
fi

killed=0 survived=0
try_mutant() {
  local status=0
  cp "$tree/$file" "$folder/original"
  python3 "$here/mutate.py" "$tree/$file" "$change"
  if [[ -n $law ]]; then
    noticed=$(killer_by_law) || status=$?
  else
    noticed=$(killer) || status=$?
  fi
  case $status in
    0)
      killed=$((killed + 1))
      printf 'killed    %s\n          by %s\n' "$line" "$noticed"
      ;;
    1)
      survived=$((survived + 1))
      printf 'SURVIVED  %s\n' "$line"
      ;;
    *)
      survived=$((survived + 1))
      printf 'NO BUILD  %s\n' "$line"
      tail -5 "$folder/log" >&2
      ;;
  esac
  cp "$folder/original" "$tree/$file"
}
mutants try_mutant

echo "$killed killed, $survived survived"
[[ $killed -gt 0 && $survived -eq 0 ]]
