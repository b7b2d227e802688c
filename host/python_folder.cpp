#include "host/python_folder.hpp"

#include <stdlib.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "embedded/python_files.hpp"
#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

namespace fs = std::filesystem;

std::string make_folder() {
  const char* chosen = std::getenv("TMPDIR");
  const fs::path parent = chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
  std::string pattern = parent / "gilsim-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    throw HostError("can't make a temporary folder in " + parent.string() + ": " +
                    std::strerror(errno) + "; set TMPDIR to a folder that can be written");
  }
  return pattern;
}

void remove_folder(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

}  // namespace

PythonFolder::PythonFolder() : path_(make_folder()) {
  for (const auto& embedded : embedded::python_files()) {
    std::ofstream stream(file(std::string(embedded.name)), std::ios::binary);
    stream << embedded.text << std::flush;
    if (stream) continue;
    remove_folder(path_);
    throw HostError("can't write to " + path_ + "; is the disk full? TMPDIR chooses another place");
  }
}

PythonFolder::~PythonFolder() { remove_folder(path_); }

}  // namespace gilsim::host
