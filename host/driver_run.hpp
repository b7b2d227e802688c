// One run of the Python driver in a fresh interpreter process, before anybody knows what for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/driver_job.hpp"
#include "host/interpreters.hpp"
#include "host/subprocess.hpp"

namespace gilsim::host {

struct DriverRun {
  DriverJob job;
  const InstalledInterpreter& interpreter;
  int cores = 0;
};

// The line of JSON that the driver answers with. Throws HostError, Interrupted.
std::string run_driver(const DriverRun& run, const StopFlag* stop,
                       const std::vector<std::pair<std::string, std::string>>& environment = {});

// Throws HostError that names the interpreter.
model::Outcome understood(const std::string& output, const InstalledInterpreter& interpreter);

}  // namespace gilsim::host
