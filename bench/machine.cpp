// The whole simulated machine: interval lock, scheduler, wake-ups, statistics and law checker, as a
// user's run has them.
#include <string>

#include "bench/simulated.hpp"
#include "bench/stated_host.hpp"
#include "bench/workloads.hpp"

namespace gilsim::bench {
namespace {

constexpr int kCores = 4;

model::Configuration cpu_bound(const Task& task) {
  model::Configuration c = on_stated_host(kCores);
  const model::Distribution second = model::Constant{sim::Duration::seconds(1)};
  for (std::int64_t i = 0; i < task.size; ++i) {
    c.threads.push_back({"cpu " + std::to_string(i), {model::PythonStep{second, {}}}});
  }
  c.duration = sim::Duration::milliseconds(task.amount);
  return c;
}

}  // namespace

Measured machine(const Task& task) { return simulated(cpu_bound(task), Check::kHandovers); }

Measured machine_lawless(const Task& task) {
  return simulated(cpu_bound(task), Check::kHandovers, model::Laws::kUnchecked);
}

Measured machine_io(const Task& task) {
  model::Configuration c = cpu_bound(task);
  const model::Distribution millisecond = model::Constant{sim::Duration::milliseconds(1)};
  c.threads.push_back({"sleeper", {model::WaitStep{millisecond, model::WaitVia::kSleep}}});
  return simulated(c, Check::kHandovers);
}

}  // namespace gilsim::bench
