// Which Python interpreters this host has: PATH and the usual version managers' folders (pyenv,
// asdf, mise, uv, conda, rye, /opt, /usr/local). Each candidate is run once and asked; shims and
// links to the same installation count once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/subprocess.hpp"

namespace gilsim::host {

struct InstalledInterpreter {
  std::string path;            // of the real program, not of a shim
  std::string version;         // "3.11.2", "3.15.0a1"
  std::string implementation;  // "cpython", "pypy"
  bool free_threaded = false;
  std::string found_in;  // "PATH", "pyenv", ...
};

// Where to look.
struct InterpreterSearch {
  struct Place {
    std::string name;    // "PATH", "pyenv", ...
    std::string folder;  // "*" as a whole component stands for every folder there
  };
  std::vector<Place> places;  // where one installation is found twice, the later place names it
  std::string system;         // the program that comes first
  const StopFlag* stop = nullptr;

  // PATH and HOME of this process, and the managers' usual folders.
  static InterpreterSearch usual();
};

// The system's python3 first, then by version. Candidates that do not run are left out. Throws
// Interrupted.
std::vector<InstalledInterpreter> find_interpreters(const InterpreterSearch& search);
std::vector<InstalledInterpreter> find_interpreters();

// The first whose version is `version` or begins with `version` + "."; empty: the first of all.
// "3.13t" means a free-threaded build of 3.13, "3.13" one with the lock.
std::optional<InstalledInterpreter> choose_interpreter(
    const std::vector<InstalledInterpreter>& interpreters, const std::string& version);

}  // namespace gilsim::host
