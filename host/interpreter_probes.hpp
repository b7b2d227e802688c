// Runs the probe programs (host/python/probe_*.py) under one interpreter and turns their samples
// into model::InterpreterParameters. Leaves out: how rates depend on what else the program has
// imported or allocated; interpreters other than CPython are probed as if they were it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/interpreters.hpp"
#include "host/subprocess.hpp"
#include "models/os/machine_parameters.hpp"
#include "models/program/interpreter_parameters.hpp"

namespace gilsim::host {

// By the probes' names: nanoseconds, but for rates, which are per second.
using NamedSamples = std::map<std::string, std::vector<double>>;

// A probe program with its arguments, to be run in a fresh process. Samples are kept under
// `prefix` + the name that the program gives.
struct ProbeRun {
  std::string what;  // for people
  std::vector<std::string> command;
  std::string prefix;
  int cores = 0;  // held to so many; 0: all
};

class InterpreterProbes {
 public:
  InterpreterProbes(InstalledInterpreter interpreter, bool quick, const StopFlag* stop)
      : interpreter_(std::move(interpreter)), quick_(quick), stop_(stop) {}

  // Asks the interpreter which start methods it has. Throws HostError, Interrupted.
  std::vector<ProbeRun> plan();
  // Throws HostError when the probe fails (in its own words), Interrupted.
  NamedSamples run(const ProbeRun& probe) const;

 private:
  std::string output_of(const std::vector<std::string>& command, int cores = 0) const;

  InstalledInterpreter interpreter_;
  bool quick_;
  const StopFlag* stop_;
};

void add_samples(NamedSamples& into, const NamedSamples& more);

// Throws HostError when samples are missing. Waits need the machine's own wake-up costs, which they
// leave out.
model::InterpreterParameters interpreter_parameters(const InstalledInterpreter& interpreter,
                                                    const NamedSamples& samples,
                                                    const model::MachineParameters& machine);

}  // namespace gilsim::host
