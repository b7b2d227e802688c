// `gilsim calibrate --check`: whether a profile of this host still holds, by a few pulses
// (host/pulse.hpp) held against what it says. Ten seconds; not every figure of the profile is
// looked at.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/io.hpp"
#include "host/pulse.hpp"
#include "models/host_profile.hpp"

namespace gilsim::app {

struct CheckedFigure {
  std::string what;
  double ratio = 1;    // now over the profile
  double allowed = 1;  // at least 1: from 1/allowed to allowed the profile holds

  bool holds() const { return 1 / allowed <= ratio && ratio <= allowed; }
};

// The medians of the pulses beside what the profile says. As much is allowed as runs differ on this
// host (run_to_run), and at least what shared machines do anyway.
std::vector<CheckedFigure> checked_figures(const std::vector<host::Pulse>& pulses,
                                           const model::MachineParameters& machine,
                                           const model::InterpreterParameters& interpreter);

// kOk: it holds. kExpectFailed: it does not, or the machine is too busy to tell. Throws UsageError.
int check_profile(const Arguments& arguments, Io& io);

}  // namespace gilsim::app
