// How recording is passed on to the programs that a recorded one starts, and kept out of sight: the
// variables are taken out of the environment at the start, and put back into the one that exec
// gets. Left out: system(3), popen(3) and the execl family, which libc carries through on its own.
#pragma once

namespace gilsim::recorder {

constexpr char kTraceVariable[] = "GILSIM_RECORD";
constexpr char kPreloadVariable[] = "LD_PRELOAD";

// False: this process is not to be recorded.
bool take_from_environment();

// Whether a program can take this library in: it is for this machine, and the library is still
// there. `path` may lack a slash, when PATH is yet to be searched.
bool can_follow_into(const char* path);

// Copies of an environment, with recording in it, into storage of the caller's: exec is called
// between vfork and the new program, where nothing may be allocated.
struct EnvironmentSize {
  unsigned long entries;        // of char*, the null at the end included
  unsigned long preload_bytes;  // of the text of LD_PRELOAD
  unsigned long trace_bytes;
};
EnvironmentSize size_with_recording(char* const* environment);
void copy_with_recording(char* const* environment, char** entries, char* preload, char* trace);

template <typename Exec>
__attribute__((noinline)) int with_recording(const char* path, char* const* environment,
                                             Exec exec) {
  if (!can_follow_into(path)) return exec(environment);
  const EnvironmentSize size = size_with_recording(environment);
  auto** const entries = static_cast<char**>(__builtin_alloca(size.entries * sizeof(char*)));
  auto* const preload = static_cast<char*>(__builtin_alloca(size.preload_bytes));
  auto* const trace = static_cast<char*>(__builtin_alloca(size.trace_bytes));
  copy_with_recording(environment, entries, preload, trace);
  return exec(static_cast<char* const*>(entries));
}

}  // namespace gilsim::recorder
