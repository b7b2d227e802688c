#!/usr/bin/env bash
# Measures gilsim beside the simulators that Debian packages, on the same workloads.
set -euo pipefail

usage() {
  cat <<'END_OF_USAGE'
usage: bench/compare.sh [--quick] [--repetitions N] [--cpu N] [--json FILE] [--markdown FILE]

Installs what is missing (apt), builds gilsim_bench and the same workloads on ns-3, SystemC and
SimGrid in build-bench/ (SimPy runs under /usr/bin/python3), and measures all of them pinned to one
processor, in CPU time. Prints nanoseconds per operation beside the target, and how many times as
long each peer takes. Exit 1 when two programs disagree about what a workload's result is.
  --quick          small sizes, once each: shows that everything works, measures nothing
  --repetitions N  of each workload and program (default 5; SimGrid and SimPy at most 3)
  --cpu N          the processor to run on (default: the last one)
  --json FILE      everything that was measured
  --markdown FILE  the tables of docs/performance.md
The whole of it takes about 10 minutes; nothing else should run meanwhile. GILSIM_SKIP_INSTALL=1
installs nothing.
END_OF_USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cpu=$(($(nproc --all) - 1))
arguments=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    --quick) arguments+=("$1") ;;
    --repetitions | --json | --markdown | --cpu)
      [[ $# -ge 2 ]] || { printf 'error: %s needs a value\n' "$1" >&2; usage >&2; exit 2; }
      case "$1" in
        --cpu) cpu=$2 ;;
        --repetitions) arguments+=("$1" "$2") ;;
        *) arguments+=("$1" "$(realpath -m -- "$2")") ;;
      esac
      shift ;;
    -h | --help) usage; exit 0 ;;
    *) printf "error: unknown argument '%s'\n" "$1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

cd "$here/.."
source scripts/install.sh
export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"

peer_packages=(pkg-config libns3-dev libsystemc-dev libsimgrid-dev python3 python3-simpy)
install_packages "${build_packages[@]}" "${peer_packages[@]}"

say "== build"
cmake -S . -B build-bench -DCMAKE_BUILD_TYPE=Release -DGILSIM_BUILD_BENCH=ON \
  -DGILSIM_BENCH_PEERS=ON -DGILSIM_BUILD_TESTS=OFF >&2
cmake --build build-bench -j "$(nproc)" --target \
  gilsim_bench gilsim_bench_ns3 gilsim_bench_systemc gilsim_bench_simgrid >&2

say "== measure, on processor $cpu"
export SYSTEMC_DISABLE_COPYRIGHT_MESSAGE=1 PYTHONDONTWRITEBYTECODE=1
exec taskset -c "$cpu" /usr/bin/python3 bench/compare.py build-bench "${arguments[@]}"
