# Sourced by run.sh and test.sh. install_packages PACKAGE... installs those of them that are missing
# with apt, after saying which; where it may not, it says what to ask for and returns 1.
# GILSIM_SKIP_INSTALL=1 leaves the check out: for systems that have the tools from elsewhere.

build_packages=(
  g++ cmake ninja-build ccache
  libyaml-cpp-dev libboost-dev libboost-program-options-dev nlohmann-json3-dev libeigen3-dev
)
run_packages=(python3 gnuplot-nox fonts-dejavu-core)
test_packages=(libgtest-dev libgmock-dev)
slow_test_packages=(clang clang-tidy chromium)
# Tests of what they make possible are left out where they cannot be had.
optional_packages=(libboost-mpi-dev libopenmpi-dev openmpi-bin man-db dpkg-dev)

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
  local package
  for package in "$@"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] ||
      printf '%s\n' "$package"
  done
}

ask_for() {
  say "error: $1"
  shift
  say "Ask somebody who may install packages here to run:"
  say "  apt-get update && apt-get install -y --no-install-recommends $*"
  say "or, where the tools come from elsewhere, set GILSIM_SKIP_INSTALL=1 and start again."
}

install_if_possible() {
  [[ -z $(missing_packages "$@" 2>/dev/null) ]] || install_packages "$@" ||
    say "warning: going on without: $*"
}

install_packages() {
  [[ "${GILSIM_SKIP_INSTALL:-}" == 1 ]] && return 0
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    ask_for "this system has no apt-get; on Debian 12 or later the packages are those below." "$@"
    return 1
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} -eq 0 ]] && return 0

  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
      ask_for "packages are missing, and you are neither root nor is there sudo." "${missing[@]}"
      return 1
    fi
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n)
  fi
  say "Installing with apt-get: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
             apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
  if ! "${apt[@]}" update >&2; then
    say "warning: apt-get update failed; going on with the lists that are there"
  fi
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2; then
    ask_for "apt-get could not install them (no network, no rights, or no such package)." \
      "${missing[@]}"
    return 1
  fi
}
