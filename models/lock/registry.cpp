#include "models/lock/registry.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

#include "models/lock/interval_lock.hpp"

namespace gilsim::model {
namespace {

struct Version {
  int major = 0;
  int minor = 0;
};

Version parse(const std::string& text) {
  Version version;
  const char* const end = text.data() + text.size();
  const auto [dot, error] = std::from_chars(text.data(), end, version.major);
  if (error == std::errc{} && dot != end) std::from_chars(dot + 1, end, version.minor);
  return version;
}

bool has_interval_lock(const InterpreterParameters& interpreter) {
  const Version v = parse(interpreter.version);
  return interpreter.implementation == "cpython" && !interpreter.free_threaded && v.major == 3 &&
         v.minor >= 2;
}

std::unique_ptr<InterpreterLock> make_interval_lock(Machine& machine,
                                                    const InterpreterParameters& interpreter,
                                                    sim::Duration switch_interval) {
  // The eval breaker is looked at on every back edge: once a countdown loop.
  const auto notice = sim::Duration::from_seconds(1.0 / interpreter.rates.main.median);
  return std::make_unique<IntervalLock>(machine, switch_interval, notice);
}

constexpr LockModel kModels[] = {
    {"interval", "CPython 3.2 and later, not free-threaded",
     "a waiter asks for the lock after one switch interval; the holder lets go at its next check",
     "models/lock/interval_lock.cpp", has_interval_lock, make_interval_lock},
};

}  // namespace

std::span<const LockModel> lock_models() { return kModels; }

const LockModel& lock_model_for(const InterpreterParameters& interpreter) {
  for (const LockModel& model : kModels) {
    if (model.covers(interpreter)) return model;
  }
  std::string what = "no lock model for " + interpreter.implementation + " " + interpreter.version;
  if (interpreter.free_threaded) what += " (free-threaded)";
  what += "; there are:";
  for (const LockModel& model : kModels)
    what += std::string(" ") + model.name + " (" + model.versions + ")";
  throw std::invalid_argument(what);
}

}  // namespace gilsim::model
