// Measures a host profile with micro-probes: the machine (native probes) and each interpreter
// (probe programs in Python). Nothing that is later predicted is run here.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/interpreters.hpp"
#include "host/subprocess.hpp"
#include "models/host_profile.hpp"

namespace gilsim::host {

struct CalibrationProgress {
  int done = 0;
  int total = 0;
  std::string probe;  // what is being measured now
};

struct CalibrationOptions {
  std::vector<InstalledInterpreter> interpreters;  // the first becomes the profile's default
  std::function<void(const CalibrationProgress&)> progress;
  const StopFlag* stop = nullptr;
  bool quick = false;  // few samples: for tests, not for predictions
};

struct Calibration {
  model::HostProfile profile;
  int measurements = 0;
  int left_disturbed = 0;  // of them, by other programs (undisturbed.hpp)
  int repeated_slow = 0;   // rates far below the others of their kind, measured again
  int left_slow = 0;       // and those that stayed so
  double drift = 0;        // of the speed, from the first half to the second
};

// Throws HostError, Interrupted.
Calibration calibrate(const CalibrationOptions& options);

// The host this program runs on, to compare with a profile's.
model::HostIdentity this_host();

}  // namespace gilsim::host
