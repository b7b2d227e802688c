// SimGrid: an actor that lets customers arrive, one for each server, a semaphore that counts those
// in line.
#include <deque>

#include "bench/draws.hpp"
#include "bench/peers/simgrid/platform.hpp"
#include "bench/peers/workloads.hpp"

namespace gilsim::bench {

Measured queue(const Task& task) {
  Platform platform;
  Exponentials interarrivals = interarrival_times(task.size);
  Exponentials services = service_times();
  Stopwatch stopwatch(0, task.amount);
  const simgrid::s4u::SemaphorePtr waiting = simgrid::s4u::Semaphore::create(0);
  std::deque<double> line;  // when they arrived
  double waited = 0;

  platform.start([&] {
    for (;;) {
      simgrid::s4u::this_actor::sleep_for(Platform::seconds(interarrivals.next()));
      line.push_back(Platform::now());
      waiting->release();
    }
  });
  for (std::int64_t i = 0; i < task.size; ++i) {
    platform.start([&] {
      for (;;) {
        waiting->acquire();
        const double wait = Platform::now() - line.front();
        line.pop_front();
        simgrid::s4u::this_actor::sleep_for(Platform::seconds(services.next()));
        waited += wait;
        if (stopwatch.count()) return simgrid::s4u::Actor::kill_all();
      }
    });
  }
  platform.run();
  return stopwatch.measured(waited / static_cast<double>(task.amount));
}

}  // namespace gilsim::bench
