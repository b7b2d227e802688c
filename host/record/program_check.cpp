#include "host/record/program_check.hpp"

#include <elf.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

namespace fs = std::filesystem;
constexpr int kMaxScripts = 5;  // as the kernel follows `#!` lines

bool is_executable_file(const std::string& path) {
  std::error_code ignored;
  return access(path.c_str(), X_OK) == 0 && fs::is_regular_file(path, ignored);
}

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    if (is_executable_file(name)) return name;
    if (!fs::exists(name)) throw HostError("there is no program '" + name + "'");
    throw HostError("'" + name + "' is not an executable file; to run a script: python3 " + name);
  }
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = (folder.empty() ? "." : folder) + "/" + name;
    if (is_executable_file(candidate)) return candidate;
  }
  throw HostError("there is no program '" + name +
                  "' on PATH; name the interpreter first: gilsim record -- python3 app.py");
}

void refuse_other_rights(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return;
  const bool is_set_user = (found.st_mode & S_ISUID) != 0 && found.st_uid != getuid();
  const bool is_set_group = (found.st_mode & S_ISGID) != 0 && found.st_gid != getgid();
  const bool has_capabilities =
      getuid() != 0 && getxattr(path.c_str(), "security.capability", nullptr, 0) > 0;
  if (is_set_user || is_set_group || has_capabilities) {
    throw HostError("'" + path +
                    "' runs with another user's rights: the system lets no library into it; record "
                    "a copy without set-user-ID, or as that user");
  }
}

template <typename Part>
bool read_at(std::ifstream& file, std::uint64_t offset, Part& part) {
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(file.read(reinterpret_cast<char*>(&part), sizeof part));
}

bool has_loader(std::ifstream& file, const Elf64_Ehdr& header) {
  for (unsigned index = 0; index < header.e_phnum; ++index) {
    Elf64_Phdr part{};
    if (!read_at(file, header.e_phoff + index * sizeof part, part)) return false;
    if (part.p_type == PT_INTERP) return true;
  }
  return false;
}

void refuse_foreign_program(const std::string& path, std::ifstream& file) {
  Elf64_Ehdr own{};
  std::ifstream self("/proc/self/exe", std::ios::binary);
  Elf64_Ehdr header{};
  if (!read_at(self, 0, own) || !read_at(file, 0, header)) return;
  if (header.e_ident[EI_CLASS] != own.e_ident[EI_CLASS] || header.e_machine != own.e_machine) {
    throw HostError("'" + path + "' is for another kind of processor: it can't be recorded");
  }
  if (!has_loader(file, header)) {
    throw HostError("'" + path + "' is statically linked: no library can be loaded into it");
  }
}

// The interpreter of a `#!` line and its first argument.
std::vector<std::string> script_words(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> found;
  for (std::string word; words >> word;) found.push_back(word);
  return found;
}

void refuse_unrecordable(const std::string& path, int depth) {
  refuse_other_rights(path);
  std::ifstream file(path, std::ios::binary);
  char start[4] = {};
  file.read(start, sizeof start);
  if (std::memcmp(start, ELFMAG, SELFMAG) == 0) return refuse_foreign_program(path, file);
  if (start[0] != '#' || start[1] != '!' || depth == kMaxScripts) return;
  file.clear();
  file.seekg(2);
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> words = script_words(line);
  if (words.empty()) return;
  if (!is_executable_file(words[0])) {
    throw HostError("'" + path + "' asks for the interpreter '" + words[0] +
                    "', which is not there");
  }
  const bool is_env = fs::path(words[0]).filename() == "env" && words.size() == 2;
  refuse_unrecordable(is_env ? find_program(words[1]) : words[0], depth + 1);
}

}  // namespace

std::string find_recordable_program(const std::string& name) {
  const std::string path = find_program(name);
  refuse_unrecordable(path, 0);
  return path;
}

}  // namespace gilsim::host
