// SystemC: each pending event is a method process that asks for its next trigger.
#include <string>

#include "bench/draws.hpp"
#include "bench/peers/systemc/nanoseconds.hpp"
#include "bench/peers/workloads.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {
namespace {

class Hold : public sc_core::sc_module {
 public:
  Hold(const sc_core::sc_module_name& name, const Task& task)
      : sc_core::sc_module(name), stopwatch_(warm_up_for(task.size), task.amount) {
    sc_core::sc_spawn_options options;
    options.spawn_method();
    for (std::int64_t i = 0; i < task.size; ++i) {
      sc_core::sc_spawn([this, first = true]() mutable { handle(first); }, nullptr, &options);
    }
  }

  Measured measured() const { return stopwatch_.measured(static_cast<double>(ended_)); }

 private:
  void handle(bool& first) {
    if (first) {
      first = false;
      return sc_core::next_trigger(nanoseconds(times_.first()));
    }
    if (stopwatch_.count()) {
      ended_ = now();
      sc_core::sc_stop();
    }
    sc_core::next_trigger(nanoseconds(times_.increment()));
  }

  HoldTimes times_;
  Stopwatch stopwatch_;
  std::int64_t ended_ = 0;
};

}  // namespace

Measured hold(const Task& task) {
  count_in_nanoseconds();
  Hold model("hold", task);
  sc_core::sc_start();
  return model.measured();
}

}  // namespace gilsim::bench
