#!/usr/bin/env bash
# Installs what is missing, builds with warnings as errors, runs the tests.
set -euo pipefail

usage() {
  cat <<'END'
usage: ./test.sh [--slow] [--help]

Installs what is missing (apt), builds (preset ci, in build/) and runs all tests.
  --slow  also, each in a folder of its own, build-NAME/: build and test with clang, and with gcc's
          address, undefined-behaviour and thread sanitizers; compare the golden fingerprints of
          g++ and clang++ at -O0 to -O3; run each fuzzer for a minute; put faults into the sources
          and see that the tests notice (tests/mutants); check all sources with clang-tidy.
          Hours on 2 cores; what each part took is listed at the end.
The last line is 'N passed, N failed'. GILSIM_SKIP_INSTALL=1 installs nothing.
END
}

slow=no
for argument in "$@"; do
  case "$argument" in
    --slow) slow=yes ;;
    -h | --help) usage; exit 0 ;;
    *) printf "error: unknown argument '%s'\n" "$argument" >&2; usage >&2; exit 2 ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/install.sh
export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"

packages=("${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}")
[[ $slow == yes ]] && packages+=("${slow_test_packages[@]}")
install_packages "${packages[@]}"

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

# part NAME COMMAND...: runs it, and notes what it cost.
part() {
  local name=$1 began=$SECONDS
  shift
  say "== $name"
  "$@"
  took+=("$(printf '%6d s  %s' $((SECONDS - began)) "$name")")
}
took=()

# check NAME COMMAND...: counts as one more test.
check() {
  local name=$1 verdict=passed
  shift
  "$@" >&2 || verdict=failed
  echo "$verdict $name" >> "$results/checks"
}

test_gcc() {
  cmake --preset ci -DGILSIM_BUILD_TESTS=ON >&2
  test_in build
}
test_clang() {
  cmake --preset ci -B build-clang -DCMAKE_CXX_COMPILER=clang++ >&2
  test_in build-clang
}
test_sanitizer() {
  local prefix=()
  cmake --preset "$1" >&2
  # The thread sanitizer of gcc 12 gives up where the kernel randomises addresses widely.
  if [[ $1 == tsan ]] && setarch "$(uname -m)" -R true 2>/dev/null; then
    prefix=(setarch "$(uname -m)" -R)
  fi
  test_in "build-$1" "${prefix[@]}"
}
build_clang_tidy() {
  cmake --preset clang-tidy && cmake --build --preset clang-tidy -j "$jobs"
}

part "gcc, optimised, warnings are errors" test_gcc
if [[ $slow == yes ]]; then
  part "clang" test_clang
  for sanitizer in asan ubsan tsan; do part "$sanitizer" test_sanitizer "$sanitizer"; done
  part "golden fingerprints: compilers, levels" check compilers tests/golden/compilers.sh
  part "fuzzers, 60 s each" check fuzzers tests/fuzz/run.sh 60
  part "mutants" check mutants tests/mutants/run.sh
  part "clang-tidy" check clang-tidy build_clang_tidy
  printf '%s\n' "${took[@]}" >&2
fi

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
