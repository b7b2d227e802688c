// The clock and the loop: pops the earliest event, moves the time there, lets its handler act.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/event_queue.hpp"
#include "sim/fingerprint.hpp"
#include "sim/observer.hpp"

namespace gilsim::sim {

// Why a run ended.
enum class RunEnd {
  kNothingLeft,  // no event was pending
  kHorizon,      // the time asked for was reached
  kStopped,      // stop() was called by a handler
};

class Simulator {
 public:
  Time now() const { return now_; }
  // Precondition: time >= now().
  void schedule(Event& event, Time time, Priority priority) { queue_.push(event, time, priority); }
  void cancel(Event& event) {
    if (event.pending()) queue_.cancel(event);
  }

  RunEnd run() { return run_until(Time::max()); }
  // Handles every event up to and including `horizon`; a later call goes on as if never
  // interrupted.
  RunEnd run_until(Time horizon);
  void stop() { stopped_ = true; }

  void add_observer(Observer& observer) {
    observers_.push_back(&observer);
    observed_ = true;
  }
  std::int64_t events() const { return events_; }
  std::uint64_t fingerprint() const { return fingerprint_.value(); }

 private:
  EventQueue queue_;
  Time now_;
  std::int64_t events_ = 0;
  Fingerprint fingerprint_;
  bool stopped_ = false;
  bool observed_ = false;
  std::vector<Observer*> observers_;
};

}  // namespace gilsim::sim
