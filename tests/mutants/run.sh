#!/usr/bin/env bash
# Are the tests any good? Applies the mutants of mutants.txt, one at a time, to a copy of the tree,
# builds the tests of sim/ and models/ and expects one of them to fail; where the list names a law,
# the law checker itself has to say so. The test that the list expects to notice goes first, so that
# most mutants cost one small build and one short test; only if it passes are the others asked.
#
# usage: tests/mutants/run.sh [WORDS]   only mutants whose line contains WORDS
# GILSIM_MUTANTS_JOBS=N works on N mutants at once (default: one a core), each with a copy of the
# tree and a build. GILSIM_MUTANTS_BUILD=FOLDER keeps those there. Exit code 1: a mutant survived,
# or its original text is not in the file (once) any more.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
words=${1:-}
jobs=${GILSIM_MUTANTS_JOBS:-$(nproc)}
folder=${GILSIM_MUTANTS_BUILD:-}
if [[ -z $folder ]]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
# The quickest and most telling first: whether laws and rules notice, before fingerprints do.
programs=(sim_test laws_test models_test metamorphic_test reference_test golden_test theory_test)
time_limit=300
# So that the compiler cache, where there is one, knows the same file in another worker's copy.
export CCACHE_BASEDIR=$folder CCACHE_NOHASHDIR=1

# mutants FUNCTION: calls it with each mutant as $line, $file, $change, $law and $by.
mutants() {
  local line file change law by
  while IFS= read -r line; do
    [[ -z $line || $line == \#* || $line != *"$words"* ]] && continue
    file=${line%% ||| *}
    change=${line#* ||| }
    law='' by=''
    if [[ $change == *" ||| law: "* ]]; then
      law=${change##* ||| law: }
      change=${change% ||| law: *}
    elif [[ $change == *" ||| by: "* ]]; then
      by=${change##* ||| by: }
      change=${change% ||| by: *}
    fi
    "$1"
  done < "$here/mutants.txt"
}

# use_worker K: $tree, $build, $log and $out are those of worker K.
use_worker() {
  local own="$folder/$1"
  tree="$own/tree" build="$own/build" log="$own/log" out="$own/out"
  mkdir -p "$tree"
}

copy_tree() {
  (cd "$root" && git ls-files -z --cached --others --exclude-standard) |
    (cd "$root" && tar --null --ignore-failed-read -cf - -T - 2> /dev/null) | tar -xmf - -C "$tree"
}
configure() {
  cmake -S "$tree" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS=-O1 > "$log"
}
compile() { cmake --build "$build" -j "$threads" --target "$@" > "$log" 2>&1; }
run() { timeout "$time_limit" "$build/tests/$@" > "$out" 2>&1; }

# asked PROGRAM [OPTION...]: builds and runs it. Prints who notices; 1 when nobody does, 2 when it
# does not build.
asked() {
  local status=0 test
  compile "$1" || return 2
  run "$@" --gtest_fail_fast || status=$?
  [[ $status -eq 0 ]] && return 1
  test=$(sed -n 's/^\[  FAILED  \] \([^ ,]*\).*/\1/p' "$out" | head -1)
  # None has failed: it crashed or hung in the last one.
  [[ -n $test ]] || test="$(sed -n 's/^\[ *RUN *\] //p' "$out" | tail -1), status $status"
  echo "$1 $test"
}

# The test of $by, then all the programs.
killer() {
  local program status
  if [[ -n $by ]]; then
    status=0
    asked "${by%% *}" "--gtest_filter=${by#* }" || status=$?
    [[ $status -eq 1 ]] || return "$status"
  fi
  for program in "${programs[@]}"; do
    status=0
    asked "$program" || status=$?
    [[ $status -eq 1 ]] || return "$status"
  done
  return 1
}

# The law checker says what the list expects.
killer_by_law() {
  compile laws_test || return 2
  run laws_test && return 1
  grep -F -m 1 -- "$law" "$out" | sed 's/^ *//' | cut -c 1-160
}

try_mutant() {
  local status=0 noticed
  turn=$((turn + 1))
  [[ $((turn % jobs)) -eq $worker ]] || return 0
  cp "$tree/$file" "$build/original"
  python3 "$here/mutate.py" "$tree/$file" "$change"
  if [[ -n $law ]]; then
    noticed=$(killer_by_law) || status=$?
  else
    noticed=$(killer) || status=$?
  fi
  case $status in
    0) printf 'killed    %s\n          by %s\n' "$line" "$noticed" ;;
    1) printf 'SURVIVED  %s\n' "$line" ;;
    *) printf 'NO BUILD  %s\n%s\n' "$line" "$(tail -5 "$log")" ;;
  esac | tee -a "$results"
  cp "$build/original" "$tree/$file"
}

# work K: every mutant whose turn is K.
work() {
  worker=$1 turn=-1 results="$folder/$1/results"
  use_worker "$1"
  : > "$results"
  [[ $1 -eq 0 ]] || { copy_tree && configure && compile "${programs[@]}"; }
  mutants try_mutant
}

stale=0
check_original() {
  python3 "$here/mutate.py" --check "$tree/$file" "$change" || stale=$((stale + 1))
}

use_worker 0
copy_tree
mutants check_original
[[ $stale -eq 0 ]] || { echo "error: $stale mutants do not fit the sources" >&2; exit 1; }
threads=$jobs
configure
compile "${programs[@]}" || { cat "$log" >&2; exit 1; }
by=''
if noticed=$(killer); then
  echo "error: the tests fail without any mutant: $noticed" >&2
  exit 1
fi

threads=1 workers=()
for ((k = 0; k < jobs; ++k)); do
  work "$k" &
  workers+=($!)
done
broken=0
for pid in "${workers[@]}"; do wait "$pid" || broken=$((broken + 1)); done
[[ $broken -eq 0 ]] || { echo "error: $broken workers gave up" >&2; exit 1; }

killed=$(cat "$folder"/*/results | grep -c '^killed ' || true)
survived=$(cat "$folder"/*/results | grep -c -e '^SURVIVED ' -e '^NO BUILD ' || true)
echo "$killed killed, $survived survived"
[[ $killed -gt 0 && $survived -eq 0 ]]
