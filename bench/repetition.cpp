#include "bench/repetition.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <iostream>
#include <stdexcept>

namespace gilsim::bench {
namespace {

int run_and_tell(Workload workload, const Task& task, int channel) {
  try {
    const Measured measured = workload(task);
    return write(channel, &measured, sizeof measured) == sizeof measured ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << std::endl;
    return 1;
  }
}

}  // namespace

Measured in_own_process(Workload workload, const Task& task) {
  int channel[2];
  if (pipe(channel) != 0) throw std::runtime_error("pipe failed");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) _exit(run_and_tell(workload, task, channel[1]));
  close(channel[1]);
  Measured measured;
  const bool complete = read(channel[0], &measured, sizeof measured) == sizeof measured;
  close(channel[0]);
  int status = 0;
  rusage usage;
  if (wait4(child, &status, 0, &usage) != child || status != 0 || !complete) {
    throw std::runtime_error("a repetition failed");
  }
  measured.peak_resident_bytes = std::int64_t{usage.ru_maxrss} * 1024;
  return measured;
}

}  // namespace gilsim::bench
