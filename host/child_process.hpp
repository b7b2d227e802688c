// One program in a process group of its own, its three standard streams on pipes. No descendant
// outlives this object: this process becomes a child subreaper (prctl(2)), so that orphans of the
// group come back to it and can be waited for. Left out: descendants that start a session of their
// own.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "host/file_descriptor.hpp"

namespace gilsim::host {

class ChildProcess {
 public:
  struct Setup {
    std::vector<std::string> command;      // searched for on PATH
    std::vector<std::string> environment;  // NAME=value, all of it
    std::optional<cpu_set_t> cores;
  };

  // Throws HostError when the program can't be started.
  explicit ChildProcess(const Setup& setup);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Non-blocking ends of the pipes; reset one to close it.
  FileDescriptor input, output, error;
  // Readable once the program has ended; closed where the kernel has no such thing.
  FileDescriptor exit_notice;

  bool has_ended();
  void signal_group(int signal);
  // The program has ended: waits for what it has left behind, if that ends soon.
  void let_group_end(std::chrono::milliseconds patience);
  // Kills what is left of the group and waits until all are gone. The program's exit code, or
  // 128 + signal.
  int end_group();

 private:
  pid_t pid_ = -1;
  int exit_code_ = 0;
};

}  // namespace gilsim::host
