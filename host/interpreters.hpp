// Which Python interpreters this host has: PATH and the usual version managers' folders (pyenv,
// asdf, mise, uv, conda, rye, /opt, /usr/local). Each candidate is run once and asked; shims and
// links to the same installation count once.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gilsim::host {

struct InstalledInterpreter {
  std::string path;            // of the real program, not of a shim
  std::string version;         // "3.11.2", "3.15.0a1"
  std::string implementation;  // "cpython", "pypy"
  bool free_threaded = false;
  std::string found_in;        // "PATH", "pyenv", ...
};

// The system's python3 first, then by version. Candidates that do not run are left out.
std::vector<InstalledInterpreter> find_interpreters();

// The first whose version is `version` or begins with `version` + "."; empty: the first of all.
std::optional<InstalledInterpreter> choose_interpreter(
    const std::vector<InstalledInterpreter>& interpreters, const std::string& version);

}  // namespace gilsim::host
