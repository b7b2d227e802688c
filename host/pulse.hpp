// A short look at how fast this host is right now: bytecode in a fresh process, wake-ups of cores,
// the system calls of waits. Taken again and again while a host is calibrated, pulses tell how much
// one run finds the host different from the next, which no probe that runs once can; one more pulse
// tells later whether a profile still holds. Left out: what changes within a pulse (about half a
// second).
#pragma once

#include <vector>

#include "host/interpreters.hpp"
#include "host/native_probes.hpp"
#include "models/os/machine_parameters.hpp"
#include "models/program/interpreter_parameters.hpp"

namespace gilsim::host {

struct Pulse {
  double speed = 0;  // countdown loops per second of wall time, main thread
  std::vector<sim::Duration>
      wakes;  // medians by the points of the probes' curves; none on one core
  std::vector<sim::Duration> calls;  // medians of CPU time by kind of wait
};

// Throws HostError, Interrupted.
Pulse take_pulse(const InstalledInterpreter& interpreter, const NativeProbeOptions& native,
                 sim::Duration timer_slack);

// One pulse relative to others, or to a profile: 1 is alike.
struct PulseRatios {
  double speed = 1;
  double wake_ups = 1;  // geometric means
  double calls = 1;
};
PulseRatios ratios_of(const Pulse& pulse, const Pulse& reference);

// What a profile says a pulse should be.
Pulse expected_pulse(const model::MachineParameters& machine,
                     const model::InterpreterParameters& interpreter);

// The median of each figure.
Pulse median_of(const std::vector<Pulse>& pulses);

// How much runs differ beyond what `rates`, the speed of single processes, spread already; needs
// three pulses or more, fewer say nothing: every factor is exactly 1.
// The drift of the speed between the two halves of the pulses is in it: a profile is used later
// than it was measured.
model::RunToRun run_to_run_of(const std::vector<Pulse>& pulses, const model::Estimate& rates);

// `speed` of a run that is predicted after single processes were `seen` to differ so much: at least
// that, less what `rates` spread already.
void widen(model::RunToRun& run_to_run, const model::Estimate& seen, const model::Estimate& rates);

// The speed of the second half of the pulses over that of the first, less 1.
double drift_of(const std::vector<Pulse>& pulses);

}  // namespace gilsim::host
