// How an interpreter's version is written, and which one a version means that somebody asks for.
//
// A free-threaded build ends in `t`, as its program does (python3.13t, PEP 703) and as version
// managers name it: "3.13.0t". Without the `t` the build with the lock is meant, never the other:
// they are different interpreters of one version. Other build variants (debug, ABI flags) are left
// out.
#pragma once

#include <string>
#include <string_view>

namespace gilsim::model {

// "3.13.0" or "3.13.0t".
inline std::string written_version(const std::string& version, bool free_threaded) {
  return free_threaded ? version + "t" : version;
}

// Whether `wanted`, a written version or its leading parts ("3.13t", "3"), means the interpreter
// whose written version is `written`.
inline bool is_version(std::string_view written, std::string_view wanted) {
  const auto drop_t = [](std::string_view& text) {
    const bool free_threaded = !text.empty() && text.back() == 't';
    if (free_threaded) text.remove_suffix(1);
    return free_threaded;
  };
  if (drop_t(written) != drop_t(wanted)) return false;
  if (written.substr(0, wanted.size()) != wanted) return false;
  return written.size() == wanted.size() || written[wanted.size()] == '.';
}

}  // namespace gilsim::model
