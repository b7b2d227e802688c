// SimGrid: each pending event is an actor that sleeps.
#include "bench/draws.hpp"
#include "bench/peers/simgrid/platform.hpp"
#include "bench/peers/workloads.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {

Measured hold(const Task& task) {
  Platform platform;
  HoldTimes times;
  Stopwatch stopwatch(warm_up_for(task.size), task.amount);
  double ended = 0;
  for (std::int64_t i = 0; i < task.size; ++i) {
    platform.start([&] {
      simgrid::s4u::this_actor::sleep_for(Platform::seconds(times.first()));
      for (;;) {
        if (stopwatch.count()) {
          ended = Platform::now();
          return simgrid::s4u::Actor::kill_all();
        }
        simgrid::s4u::this_actor::sleep_for(Platform::seconds(times.increment()));
      }
    });
  }
  platform.run();
  return stopwatch.measured(ended);
}

}  // namespace gilsim::bench
