#include "host/recorder/image.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "host/recorder/process.hpp"
#include "host/recorder/raw.hpp"

namespace gilsim::recorder {
namespace {

void fill_command(char (&text)[trace::kTextBytes]) {
  std::memset(text, 0, sizeof text);
  const long file = raw_call(SYS_openat, AT_FDCWD, reinterpret_cast<long>("/proc/self/cmdline"),
                             O_RDONLY | O_CLOEXEC);
  if (is_error(file)) return;
  raw_call(SYS_read, file, reinterpret_cast<long>(text), sizeof text - 1);
  raw_call(SYS_close, file);
}

}  // namespace

void fill_interpreter(char (&text)[trace::kTextBytes]) {
  std::memset(text, 0, sizeof text);
  using Version = const char* (*)();
  const auto version = reinterpret_cast<Version>(dlsym(RTLD_DEFAULT, "Py_GetVersion"));
  if (version == nullptr) return;
  const char* const found = version();
  if (found != nullptr) std::strncpy(text, found, sizeof text - 1);
}

void fill_image_text(trace::ImageText& text) {
  text.process = static_cast<std::uint32_t>(process().process);
  text.parent = static_cast<std::uint32_t>(raw_call(SYS_getppid));
  fill_interpreter(text.interpreter);
  fill_command(text.command);
}

}  // namespace gilsim::recorder
