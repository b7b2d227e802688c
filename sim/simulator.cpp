#include "sim/simulator.hpp"

namespace gilsim::sim {

RunEnd Simulator::run_until(Time horizon) {
  // Marks the horizon inside the event set, so that looking for the end of a run never disturbs it.
  Event end;
  const bool bounded = horizon != Time::max();
  if (bounded) queue_.push(end, horizon, Priority::kStop);
  stopped_ = false;
  Fingerprint fingerprint = fingerprint_;  // in registers: a chain of multiplications
  while (Event* event = queue_.pop()) {
    const Time time = event->time;
    now_ = time;
    if (event == &end) return RunEnd::kHorizon;
    ++events_;
    fingerprint.add(static_cast<std::uint64_t>(time.since_start().count()));
    fingerprint.add((static_cast<std::uint64_t>(event->kind) << 32) | event->subject);
    fingerprint_ = fingerprint;
    if (observed_) {
      for (Observer* observer : observers_) observer->on_event(*event);
    }
    event->handler->handle(*event);
    if (stopped_) {
      if (bounded) queue_.cancel(end);
      return RunEnd::kStopped;
    }
  }
  return RunEnd::kNothingLeft;
}

}  // namespace gilsim::sim
