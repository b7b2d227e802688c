// One simulated run as a picture shows it: what every thread is about at every moment of a window,
// and what every core does; for the whole run, how long each thread was about what and each of its
// waits for the lock.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/timeline/activity.hpp"

namespace gilsim::model {

// A thread is about one thing from `from` to `to`; of whole windows, cut off at their ends.
struct Span {
  std::uint32_t thread = 0;  // an index of Timeline::threads
  Activity activity = Activity::kAbsent;
  sim::Time from;
  sim::Time to;
};

// A core is taken by one thread, which runs or arrives there.
struct CoreSpan {
  std::uint32_t core = 0;
  std::int64_t thread = 0;  // an index of Timeline::threads; -1: a thread of another process
  sim::Time from;
  sim::Time to;
};

struct TimelineThread {
  std::string name;
  std::uint16_t lock = 0;                 // which of the run's locks
  TimeByActivity times{};                 // of the whole run
  std::vector<sim::Duration> lock_waits;  // each wait that is over, of the whole run
};

struct Timeline {
  sim::Time from, to;    // the window
  sim::Duration length;  // of the whole run
  int cores = 0;
  std::size_t locks = 0;
  bool excludes = true;  // a lock has one holder at a time
  std::vector<TimelineThread> threads;
  std::vector<Span> spans;           // by the time at which they end
  std::vector<CoreSpan> core_spans;  // by the time at which they end
};

}  // namespace gilsim::model
