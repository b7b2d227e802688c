// The hold model (Jones, CACM 29, 1986) on the simulator: clock, handler and fingerprint included.
#include "bench/draws.hpp"
#include "bench/plan.hpp"
#include "bench/workloads.hpp"
#include "sim/simulator.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::bench {
namespace {

class Hold final : public sim::EventHandler {
 public:
  explicit Hold(const Task& task) : stopwatch_(warm_up_for(task.size), task.amount) {
    for (std::int64_t i = 0; i < task.size; ++i) {
      sim::Event& event = events_.emplace_back(*this, 0, static_cast<std::uint32_t>(i), nullptr);
      schedule(event, times_.first());
    }
  }

  void handle(sim::Event& event) override {
    if (stopwatch_.count()) simulator_.stop();
    schedule(event, times_.increment());
  }

  Measured run() {
    simulator_.run();
    return stopwatch_.measured(static_cast<double>(simulator_.now().since_start().count()));
  }

 private:
  void schedule(sim::Event& event, std::int64_t delay) {
    simulator_.schedule(event, simulator_.now() + sim::Duration::nanoseconds(delay),
                        sim::Priority::kTimer);
  }

  sim::Simulator simulator_;
  HoldTimes times_;
  sim::StableVector<sim::Event> events_;
  Stopwatch stopwatch_;
};

}  // namespace

Measured hold(const Task& task) { return Hold(task).run(); }

}  // namespace gilsim::bench
