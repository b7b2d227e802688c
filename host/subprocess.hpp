// Runs a program in a process group of its own: standard input from a string, standard output and
// error captured, optionally held to some cores, ended with all its children on stop or time-out.
#pragma once

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "sim/time.hpp"

namespace gilsim::host {

using StopFlag = std::atomic<bool>;  // set by a signal handler or another thread

struct SubprocessOptions {
  std::string input;
  int cores = 0;  // held to the first n of the cores this process may use; 0: all
  sim::Duration timeout = sim::Duration::seconds(600);
  const StopFlag* stop = nullptr;
  std::vector<std::pair<std::string, std::string>> environment;  // added to this process's own
};

struct SubprocessResult {
  int exit_code = 0;  // 128 + signal when killed by one
  bool timed_out = false;
  bool stopped = false;  // the stop flag was seen; the whole group has been killed
  std::string output;
  std::string error;
};

// Throws HostError when the program can't be started. When it returns, no process of the group is
// left, whatever happened.
SubprocessResult run_subprocess(const std::vector<std::string>& command,
                                const SubprocessOptions& options);

}  // namespace gilsim::host
