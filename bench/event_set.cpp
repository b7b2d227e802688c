// The hold model on the bare event set.
#include "bench/draws.hpp"
#include "bench/plan.hpp"
#include "bench/workloads.hpp"
#include "sim/event_queue.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::bench {

Measured event_set(const Task& task) {
  HoldTimes times;
  sim::EventQueue queue;
  sim::StableVector<sim::Event> events;
  for (std::int64_t i = 0; i < task.size; ++i) {
    queue.push(events.emplace_back(),
               sim::Time::from_start(sim::Duration::nanoseconds(times.first())),
               sim::Priority::kTimer);
  }
  Stopwatch stopwatch(warm_up_for(task.size), task.amount);
  for (;;) {
    sim::Event& event = *queue.pop();
    const sim::Time now = event.time;
    if (stopwatch.count()) {
      return stopwatch.measured(static_cast<double>(now.since_start().count()));
    }
    queue.push(event, now + sim::Duration::nanoseconds(times.increment()), sim::Priority::kTimer);
  }
}

}  // namespace gilsim::bench
