#!/usr/bin/env bash
# Installs what is missing, builds gilsim, measures this host's small costs, predicts the talk's
# examples, really runs them, and shows both side by side.
set -euo pipefail

usage() {
  cat <<'END'
usage: ./run.sh [--help]

Installs what is missing (apt), builds build/gilsim, and does the main job on this host:
  1. calibrate  measures this host and its python3 by micro-probes -> out/host.yaml
  2. validate   predicts configs/talk/*.yaml and configs/convoy.yaml, then really runs
                each 10 times -> a table here, out/first-light.json
  3. plot       draws both -> out/*.svg, out/*.png, and here
Takes up to 6 minutes after the packages are in. GILSIM_SKIP_INSTALL=1 installs nothing.
END
}

for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    *) printf "error: unknown argument '%s'\n" "$argument" >&2; usage >&2; exit 2 ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/install.sh
export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"

step() { say ""; say "== [$((SECONDS / 60))m$(printf %02d $((SECONDS % 60)))s] $*"; }

install_packages "${build_packages[@]}" "${run_packages[@]}"

step "1/4 build"
cmake --preset release -DGILSIM_BUILD_TESTS=OFF >&2
cmake --build build --target gilsim -j "$(nproc)" >&2

mkdir -p out
step "2/4 calibrate: small costs of this host and its interpreters"
build/gilsim calibrate --disturbed --output out/host.yaml

step "3/4 validate: first the predictions, then 10 real runs of each point"
build/gilsim validate configs/talk/*.yaml configs/convoy.yaml \
  --host out/host.yaml --runs 10 --json out/first-light.json

step "4/4 plot"
COLUMNS="${COLUMNS:-$(tput cols 2>/dev/null || echo 100)}" \
  build/gilsim plot out/first-light.json -o out --terminal

say ""
say "Done in $((SECONDS / 60))m$(printf %02d $((SECONDS % 60)))s. In out/:"
say "  host.yaml         what was measured of this host"
say "  first-light.json  every predicted and measured figure"
for picture in out/*.svg; do
  say "  $(basename "$picture" .svg).svg, .png"
done
