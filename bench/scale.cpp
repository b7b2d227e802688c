// Many simulated threads. `scale`: each sleeps for half to one and a half times N milliseconds, of
// twenty thousand kinds at most, then computes 10 us, so that N threads together want the lock 1 % of the
// time whatever N is. `scale-lock`: each computes all the time, so that all stand in line for the
// lock.
#include <algorithm>
#include <string>

#include "bench/simulated.hpp"
#include "bench/stated_host.hpp"
#include "bench/workloads.hpp"

namespace gilsim::bench {
namespace {

constexpr int kCores = 4;
constexpr std::int64_t kKinds = 20'000;  // of pauses

std::string name_of(std::int64_t kind) { return "kind " + std::to_string(kind); }

model::Distribution constant(sim::Duration time) { return model::Constant{time}; }

}  // namespace

Measured scale(const Task& task) {
  model::Configuration c = on_stated_host(kCores);
  const std::int64_t kinds = std::min(task.size, kKinds);
  const std::int64_t of_each = task.size / kinds;
  for (std::int64_t i = 0; i < kinds; ++i) {
    const sim::Duration pause =
        sim::Duration::microseconds(500 * task.size) + sim::Duration::milliseconds(i * of_each);
    c.threads.push_back({name_of(i),
                         {model::WaitStep{constant(pause), model::WaitVia::kSleep},
                          model::PythonStep{constant(sim::Duration::microseconds(10)), {}}},
                         "",
                         static_cast<int>(of_each)});
  }
  c.duration = sim::Duration::milliseconds(task.amount);
  return simulated(c, Check::kRounds);
}

Measured scale_lock(const Task& task) {
  model::Configuration c = on_stated_host(kCores);
  c.threads.push_back({"thread",
                       {model::PythonStep{constant(sim::Duration::milliseconds(10)), {}}},
                       "",
                       static_cast<int>(task.size)});
  c.duration = sim::Duration::milliseconds(task.amount);
  return simulated(c, Check::kHandovers);
}

}  // namespace gilsim::bench
