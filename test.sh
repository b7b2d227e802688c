#!/usr/bin/env bash
# Installs what is missing, builds with warnings as errors, runs the tests.
set -euo pipefail

usage() {
  cat <<'END'
usage: ./test.sh [--slow | --only PART...] [--help]

Installs what is missing (apt), builds (preset ci, in build/) and runs all tests.
  --slow  also every part below, hours on 2 cores; what each took is listed at the end
  --only  nothing but these parts, each by its name:
    gcc       what ./test.sh does without options
    clang     build and test with clang, in build-clang/
    asan      the same with gcc's address and undefined-behaviour sanitizers, in build-asan/
    tsan      ... with its thread sanitizer, in build-tsan/
    golden    compare the golden fingerprints of g++ and clang++ at -O0 to -O3
    fuzz      run each fuzzer for a minute, in build-fuzz/
    mutants   put faults into the sources and see that the tests notice (tests/mutants)
    tidy      check all sources with clang-tidy, as they are compiled in build/
The last line is 'N passed, N failed'. GILSIM_SKIP_INSTALL=1 installs nothing.
END
}

all_parts=(gcc clang asan tsan golden fuzz mutants tidy)
parts=(gcc)
usage_error() {
  printf 'error: %s\n' "$1" >&2
  usage >&2
  exit 2
}
case "${1:-}" in
  '') ;;
  -h | --help) usage; exit 0 ;;
  --slow)
    [[ $# -eq 1 ]] || usage_error "--slow stands alone, not before '$2'"
    parts=("${all_parts[@]}")
    ;;
  --only)
    parts=("${@:2}")
    [[ ${#parts[@]} -gt 0 ]] || usage_error "--only needs a part: ${all_parts[*]}"
    for name in "${parts[@]}"; do
      [[ " ${all_parts[*]} " == *" $name "* ]] || usage_error "no part is called '$name'"
    done
    ;;
  *) usage_error "unknown argument '$1'" ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/install.sh
export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"

packages=("${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}")
[[ ${parts[*]} == gcc ]] || packages+=("${slow_test_packages[@]}")
install_packages "${packages[@]}"
install_if_possible "${optional_packages[@]}"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
jobs=$(nproc)

# test_in FOLDER [COMMAND PREFIX...]: builds the folder and runs its tests; a failed test is counted
# and does not stop the other tiers.
test_in() {
  local folder=$1
  shift
  "$@" cmake --build "$folder" -j "$jobs" >&2
  "$@" ctest --test-dir "$folder" --output-on-failure --no-tests=error -j "$jobs" \
    --output-junit "$results/$folder.xml" || true
  [[ -s "$results/$folder.xml" ]] || { say "error: ctest wrote no results for $folder"; exit 1; }
}

# check NAME COMMAND...: counts as one more test.
check() {
  local name=$1 verdict=passed
  shift
  "$@" >&2 || verdict=failed
  echo "$verdict $name" >> "$results/checks"
}

test_sanitized() {
  local prefix=()
  cmake --preset "$1" >&2
  # The thread sanitizer of gcc 12 gives up where the kernel randomises addresses widely.
  if [[ $1 == tsan ]] && setarch "$(uname -m)" -R true 2>/dev/null; then
    prefix=(setarch "$(uname -m)" -R)
  fi
  test_in "build-$1" "${prefix[@]}"
}
# Everything that is compiled, as the ci preset compiles it: the generated sources have to be there.
tidy() {
  cmake --preset ci && cmake --build build -j "$jobs" && scripts/tidy.sh build "$jobs"
}

run_part() {
  case "$1" in
    gcc)
      cmake --preset ci -DGILSIM_BUILD_TESTS=ON >&2
      test_in build
      ;;
    clang)
      cmake --preset ci -B build-clang -DCMAKE_CXX_COMPILER=clang++ >&2
      test_in build-clang
      ;;
    asan | tsan) test_sanitized "$1" ;;
    golden) check compilers tests/golden/compilers.sh ;;
    fuzz) check fuzzers tests/fuzz/run.sh 60 ;;
    mutants) check mutants tests/mutants/run.sh ;;
    tidy) check clang-tidy tidy ;;
  esac
}

took=()
for name in "${parts[@]}"; do
  began=$SECONDS
  say "== $name"
  run_part "$name"
  took+=("$(printf '%6d s  %s' $((SECONDS - began)) "$name")")
done
[[ ${#parts[@]} -eq 1 ]] || printf '%s\n' "${took[@]}" >&2

python3 - "$results" <<'END'
import glob, sys
import xml.etree.ElementTree as xml

passed = failed = skipped = 0
for name in glob.glob(sys.argv[1] + "/*.xml"):
    for case in xml.parse(name).getroot().iter("testcase"):
        status, reason = case.get("status"), case.find("skipped")
        if status == "run":
            passed += 1
        elif status == "disabled" or reason is not None and reason.get("message").startswith("SKIP_"):
            skipped += 1
        else:
            failed += 1
try:
    with open(sys.argv[1] + "/checks") as checks:
        for verdict, name in (line.split() for line in checks):
            passed += verdict == "passed"
            failed += verdict != "passed"
            print("%s: %s" % (name, verdict))
except FileNotFoundError:
    pass
line = "%d passed, %d failed" % (passed, failed)
print(line + (", %d skipped" % skipped if skipped else ""))
sys.exit(1 if failed or not passed else 0)
END
