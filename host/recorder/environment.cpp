#include "host/recorder/environment.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstring>

#include "host/recorder/process.hpp"
#include "host/recorder/raw.hpp"

namespace gilsim::recorder {
namespace {

// The value of `entry` when it is NAME=value, or null.
const char* value_of(const char* entry, const char* name) {
  const std::size_t length = std::strlen(name);
  const bool matches = std::strncmp(entry, name, length) == 0 && entry[length] == '=';
  return matches ? entry + length + 1 : nullptr;
}

bool find_own_path() {
  Dl_info found;
  if (dladdr(reinterpret_cast<const void*>(&take_from_environment), &found) == 0) return false;
  if (std::strlen(found.dli_fname) >= sizeof process().library) return false;
  std::strcpy(process().library, found.dli_fname);
  return true;
}

// LD_PRELOAD as it was before `gilsim record` put this library in front.
void restore_preload() {
  const char* const value = getenv(kPreloadVariable);
  if (value == nullptr) return;
  const std::size_t length = std::strlen(process().library);
  if (std::strncmp(value, process().library, length) != 0) return;
  if (value[length] == '\0') {
    unsetenv(kPreloadVariable);
  } else {
    setenv(kPreloadVariable, value + length + 1, 1);
  }
}

bool is_for_this_machine(const Elf64_Ehdr& header) {
#if defined(__x86_64__)
  constexpr Elf64_Half kMachine = EM_X86_64;
#else
  constexpr Elf64_Half kMachine = EM_AARCH64;
#endif
  return header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_machine == kMachine;
}

const char* preload_in(char* const* environment) {
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    const char* const value = value_of(*environment, kPreloadVariable);
    if (value != nullptr) return value;
  }
  return "";
}

}  // namespace

bool take_from_environment() {
  const char* const trace = getenv(kTraceVariable);
  if (trace == nullptr || std::strlen(trace) >= sizeof process().trace) return false;
  std::strcpy(process().trace, trace);
  if (!find_own_path()) return false;
  unsetenv(kTraceVariable);
  restore_preload();
  return true;
}

bool can_follow_into(const char* path) {
  if (!is_recording() || process().header->closed.load() != 0) return false;
  const long readable =
      raw_call(SYS_faccessat, AT_FDCWD, reinterpret_cast<long>(process().library), R_OK);
  if (is_error(readable)) return false;
  if (path == nullptr || std::strchr(path, '/') == nullptr) return true;
  const long file =
      raw_call(SYS_openat, AT_FDCWD, reinterpret_cast<long>(path), O_RDONLY | O_CLOEXEC);
  if (is_error(file)) return true;
  Elf64_Ehdr header{};
  const long read =
      raw_call(SYS_read, file, reinterpret_cast<long>(&header), static_cast<long>(sizeof header));
  raw_call(SYS_close, file);
  const bool is_elf = read >= 20 && std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0;
  return !is_elf || is_for_this_machine(header);
}

EnvironmentSize size_with_recording(char* const* environment) {
  unsigned long entries = 3;
  for (char* const* at = environment; at != nullptr && *at != nullptr; ++at) ++entries;
  const Process& self = process();
  return {entries,
          sizeof kPreloadVariable + std::strlen(self.library) + 2 +
              std::strlen(preload_in(environment)),
          sizeof kTraceVariable + std::strlen(self.trace) + 1};
}

void copy_with_recording(char* const* environment, char** entries, char* preload, char* trace) {
  const Process& self = process();
  std::strcpy(preload, kPreloadVariable);
  std::strcat(preload, "=");
  std::strcat(preload, self.library);
  const char* const others = preload_in(environment);
  if (*others != '\0') std::strcat(std::strcat(preload, ":"), others);
  std::strcpy(trace, kTraceVariable);
  std::strcat(trace, "=");
  std::strcat(trace, self.trace);
  for (char* const* at = environment; at != nullptr && *at != nullptr; ++at) {
    const bool is_ours =
        value_of(*at, kPreloadVariable) != nullptr || value_of(*at, kTraceVariable) != nullptr;
    if (!is_ours) *entries++ = *at;
  }
  *entries++ = preload;
  *entries++ = trace;
  *entries = nullptr;
}

}  // namespace gilsim::recorder
