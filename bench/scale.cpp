// Many simulated threads. `scale`: each sleeps for half to one and a half times N milliseconds,
// then computes 10 us, so that N threads together want the lock 1 % of the time whatever N is.
// `scale-lock`: each computes all the time, so that all stand in line for the lock.
#include <string>

#include "bench/simulated.hpp"
#include "bench/stated_host.hpp"
#include "bench/workloads.hpp"

namespace gilsim::bench {
namespace {

constexpr int kCores = 4;

std::string name_of(std::int64_t thread) { return "thread " + std::to_string(thread); }

model::Distribution constant(sim::Duration time) { return model::Constant{time}; }

}  // namespace

Measured scale(const Task& task) {
  model::Configuration c = on_stated_host(kCores);
  for (std::int64_t i = 0; i < task.size; ++i) {
    const sim::Duration pause =
        sim::Duration::microseconds(500 * task.size) + sim::Duration::milliseconds(i);
    c.threads.push_back({name_of(i),
                         {model::WaitStep{constant(pause), model::WaitVia::kSleep},
                          model::PythonStep{constant(sim::Duration::microseconds(10)), {}}}});
  }
  c.duration = sim::Duration::milliseconds(task.amount);
  return simulated(c, Check::kRounds);
}

Measured scale_lock(const Task& task) {
  model::Configuration c = on_stated_host(kCores);
  for (std::int64_t i = 0; i < task.size; ++i) {
    c.threads.push_back(
        {name_of(i), {model::PythonStep{constant(sim::Duration::milliseconds(10)), {}}}});
  }
  c.duration = sim::Duration::milliseconds(task.amount);
  return simulated(c, Check::kHandovers);
}

}  // namespace gilsim::bench
