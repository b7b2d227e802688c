#include "models/run_to_run.hpp"

#include <optional>
#include <type_traits>
#include <vector>

#include "models/configuration.hpp"

namespace gilsim::model {
namespace {

// Draws each cost among the fields that a struct declares, for good: each sample of the costs of
// messages is a mean over hundreds of them, so what they differ by is from run to run.
class DrawnOnce {
 public:
  explicit DrawnOnce(sim::RandomStream& random) : random_(random) {}

  void field(const char*, Cost& cost, const FieldInfo&) {
    cost = Cost::exactly(cost.draw(random_));
  }
  template <class T>
  void field(const char* name, std::optional<T>& value, const FieldInfo& info) {
    if (value) field(name, *value, info);
  }
  template <class T>
  void field(const char* name, std::vector<T>& values, const FieldInfo& info) {
    for (T& value : values) field(name, value, info);
  }
  template <class T>
  void field(const char*, T& value, const FieldInfo&) {
    if constexpr (!std::is_arithmetic_v<T>) describe(*this, value);
  }

 private:
  sim::RandomStream& random_;
};

void scale(Cost& cost, double factor) {
  cost.median = cost.median.scaled(factor);
  cost.low = cost.low.scaled(factor);
  cost.high = cost.high.scaled(factor);
}

void scale(WakeCurve& curve, double factor) {
  for (WakeLatency& point : curve) scale(point.latency, factor);
}

void scale(WaitCost& wait, double calls, double wake_ups) {
  scale(wait.call, calls);
  scale(wait.cpu, calls);
  scale(wait.latency, wake_ups);
  if (wait.at_once) scale(*wait.at_once, wake_ups);
  if (!wait.answered) return;
  for (Cost* const cost : {&wait.answered->ask, &wait.answered->receive, &wait.answered->serve}) {
    scale(*cost, calls);
  }
}

}  // namespace

Configuration as_in_one_run(const Configuration& configuration, std::uint64_t seed,
                            std::uint64_t replication) {
  Configuration result = configuration;
  if (result.interpreter.messages) {
    sim::RandomStream random(seed, replication, "messages" + configuration.run_name);
    DrawnOnce drawn(random);
    describe(drawn, *result.interpreter.messages);
  }
  if (!configuration.machine.run_to_run) return result;
  const RunToRun& spread = *configuration.machine.run_to_run;
  sim::RandomStream random(seed, replication, "run to run" + configuration.run_name);
  const double speed = spread.speed.draw(random);
  const double wake_ups = spread.wake_ups.draw(random);
  const double calls = spread.calls.draw(random);
  result.machine.run_to_run.reset();
  result.speed *= speed;
  scale(result.machine.futex_wake, wake_ups);
  scale(result.machine.timer_wake, wake_ups);
  scale(result.machine.waker_cost, wake_ups);
  WaitCosts& waits = result.interpreter.waits;
  for (WaitCost* const wait : {&waits.sleep, &waits.socket, &waits.pipe, &waits.file, &waits.udp}) {
    scale(*wait, calls, wake_ups);
  }
  return result;
}

}  // namespace gilsim::model
