// exec and posix_spawn: the new program is recorded, too.
#include <spawn.h>
#include <unistd.h>

#include "host/recorder/environment.hpp"
#include "host/recorder/real.hpp"

namespace gilsim::recorder {
namespace {

using Words = char* const*;

int real_execve(const char* path, Words words, Words environment) {
  static constinit Real<int(const char*, Words, Words)> real("execve");
  return real(path, words, environment);
}

int real_execvpe(const char* file, Words words, Words environment) {
  static constinit Real<int(const char*, Words, Words)> real("execvpe");
  return real(file, words, environment);
}

int execve_recorded(const char* path, Words words, Words environment) {
  return with_recording(path, environment,
                        [&](Words passed) { return real_execve(path, words, passed); });
}

int execvpe_recorded(const char* file, Words words, Words environment) {
  return with_recording(file, environment,
                        [&](Words passed) { return real_execvpe(file, words, passed); });
}

}  // namespace
}  // namespace gilsim::recorder

using gilsim::recorder::Real;
using gilsim::recorder::with_recording;

#pragma GCC visibility push(default)
extern "C" {

int execve(const char* path, char* const words[], char* const environment[]) noexcept {
  return gilsim::recorder::execve_recorded(path, words, environment);
}

int execv(const char* path, char* const words[]) noexcept {
  return gilsim::recorder::execve_recorded(path, words, environ);
}

int execvpe(const char* file, char* const words[], char* const environment[]) noexcept {
  return gilsim::recorder::execvpe_recorded(file, words, environment);
}

int execvp(const char* file, char* const words[]) noexcept {
  return gilsim::recorder::execvpe_recorded(file, words, environ);
}

int fexecve(int file, char* const words[], char* const environment[]) noexcept {
  static constinit Real<int(int, char* const*, char* const*)> real("fexecve");
  return with_recording(nullptr, environment,
                        [&](char* const* passed) { return real(file, words, passed); });
}

int posix_spawn(pid_t* process, const char* path, const posix_spawn_file_actions_t* actions,
                const posix_spawnattr_t* attributes, char* const words[],
                char* const environment[]) {
  static constinit Real<int(pid_t*, const char*, const posix_spawn_file_actions_t*,
                            const posix_spawnattr_t*, char* const*, char* const*)>
      real("posix_spawn");
  return with_recording(path, environment, [&](char* const* passed) {
    return real(process, path, actions, attributes, words, passed);
  });
}

int posix_spawnp(pid_t* process, const char* file, const posix_spawn_file_actions_t* actions,
                 const posix_spawnattr_t* attributes, char* const words[],
                 char* const environment[]) {
  static constinit Real<int(pid_t*, const char*, const posix_spawn_file_actions_t*,
                            const posix_spawnattr_t*, char* const*, char* const*)>
      real("posix_spawnp");
  return with_recording(file, environment, [&](char* const* passed) {
    return real(process, file, actions, attributes, words, passed);
  });
}

}  // extern "C"
#pragma GCC visibility pop
