// SimGrid: actors that sleep while they hold a mutex. The cores are left out: with one mutex they
// are never short, and an execution on a host of 4 cores takes twice as long to simulate as a
// sleep. Its mutexes have no timed lock; its semaphores have.
#include <stdexcept>

#include "bench/lock_times.hpp"
#include "bench/peers/simgrid/platform.hpp"
#include "bench/peers/workloads.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {
namespace {

template <class Acquire, class Release>
Measured measure(const Task& task, Platform& platform, Acquire acquire, Release release) {
  Stopwatch stopwatch(warm_up_for(task.size), task.amount);
  double ended = 0;
  for (std::int64_t i = 0; i < task.size; ++i) {
    platform.start([&] {
      for (;;) {
        acquire();
        simgrid::s4u::this_actor::sleep_for(Platform::seconds(kHoldTime));
        release();
        if (stopwatch.count()) {
          ended = Platform::now();
          return simgrid::s4u::Actor::kill_all();
        }
      }
    });
  }
  platform.run();
  return stopwatch.measured(ended);
}

}  // namespace

Measured lock(const Task& task) {
  Platform platform;
  const simgrid::s4u::MutexPtr mutex = simgrid::s4u::Mutex::create();
  return measure(
      task, platform, [&] { mutex->lock(); }, [&] { mutex->unlock(); });
}

Measured lock_timer(const Task& task) {
  Platform platform;
  const simgrid::s4u::SemaphorePtr mutex = simgrid::s4u::Semaphore::create(1);
  const auto acquire = [&] {
    const bool expired = mutex->acquire_timeout(Platform::seconds(kPatience));
    if (expired) throw std::logic_error("a wait took longer than its deadline");
  };
  return measure(task, platform, acquire, [&] { mutex->release(); });
}

}  // namespace gilsim::bench
