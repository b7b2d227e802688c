// How fast this host runs an interpreter's bytecode now, beside what its profile says. Shared and
// virtual machines drift by several per cent within minutes, and lose some 30 ms now and then to
// what the guest can't see: calibration leaves such samples out, real runs pay for them.
#pragma once

#include "host/interpreters.hpp"
#include "host/subprocess.hpp"
#include "models/program/interpreter_parameters.hpp"

namespace gilsim::host {

// Countdown loops per second of wall time on the main thread now, over the profile's median, and
// how far `processes` fresh interpreter processes, about 0.4 s each, differ in it. Throws
// HostError, Interrupted.
model::Estimate speed_now(const InstalledInterpreter& interpreter,
                          const model::InterpreterParameters& calibrated, int processes,
                          const StopFlag* stop);

}  // namespace gilsim::host
