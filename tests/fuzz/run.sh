#!/usr/bin/env bash
# Searches for an input that breaks the readers of scenarios, host profiles and overrides: a crash,
# a leak, a hang, or a breach of what tests/fuzz/input.hpp says.
#
# usage: tests/fuzz/run.sh [SECONDS [NAME...]]
#   SECONDS  for each fuzzer (default 60)
#   NAME     scenario, host_profile, override (default: all)
# Starts from the corpus and leaves it alone. An input that breaks something is kept in
# build-fuzz/findings/; put it into the corpus folder of its fuzzer, where tests replay it.
# GILSIM_FUZZ_KEEP=FOLDER keeps what was found to be new there, by fuzzer. Exit code 1: a finding.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-60}
names=("${@:2}")
[[ ${#names[@]} -gt 0 ]] || names=(scenario host_profile override)

cmake --preset fuzz > /dev/null
cmake --build --preset fuzz --target "${names[@]/#/fuzz_}" > build-fuzz/log ||
  { cat build-fuzz/log >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p build-fuzz/findings
failed=0
for name in "${names[@]}"; do
  new="${GILSIM_FUZZ_KEEP:-$scratch}/$name"
  mkdir -p "$new"
  if "build-fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=4096 -seed=1 -verbosity=0 -print_final_stats=1 -dict=tests/fuzz/words.dict \
    -artifact_prefix="build-fuzz/findings/$name-" "$new" "tests/fuzz/corpus/$name" \
    > "$scratch/log" 2>&1; then
    tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/log")
    echo "fuzz_$name: nothing found in $tried inputs, $seconds s"
  else
    echo "fuzz_$name: FOUND something:"
    tail -40 "$scratch/log"
    failed=1
  fi
done
exit $failed
