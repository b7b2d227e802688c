// In steady state an event allocates nothing: counted by this program's own operator new, over a
// window of a run of the whole machine, law checker on.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <deque>
#include <new>

#include "models/program/world.hpp"
#include "tests/support/free_machine.hpp"

namespace {

std::atomic<std::int64_t> allocations{0};

void* counted(std::size_t bytes) {
  ++allocations;
  if (void* const memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace gilsim::model {
namespace {

using sim::Duration;

// Computes and sleeps in turn, for ever.
class Worker final : public Behaviour {
 public:
  explicit Worker(Duration pause) : pause_(pause) {}
  Action next(World&, PythonThread&) override {
    sleeps_ = !sleeps_;
    return sleeps_ ? Action::sleep(pause_) : Action::python(Duration::milliseconds(12));
  }

 private:
  Duration pause_;
  bool sleeps_ = false;
};

Configuration costly() {
  Configuration c = free_machine(4);
  const Duration us = Duration::microseconds(1);
  const Cost cost{us * 5, us * 4, us * 9, 100};
  c.machine.timer_wake = {{us * 100, cost}, {us * 5000, cost}};
  c.machine.futex_wake = c.machine.timer_wake;
  c.machine.waker_cost = cost;
  c.machine.context_switch = cost;
  c.machine.parallel_speed = {0.9, 0.85, 0.95, 100};
  return c;
}

TEST(Allocation, NoEventOfTheWholeMachineAllocates) {
  World world(costly(), 1, 0);
  InterpreterLock& lock = world.create_interpreter();
  std::deque<Worker> workers;
  for (int i = 0; i < 20; ++i) {
    Worker& worker = workers.emplace_back(Duration::microseconds(300 * i));
    world.start(world.create_thread("t", lock, Layout::kWorker, worker));
  }
  world.run_until(sim::Time::from_start(Duration::seconds(10)));
  const std::int64_t events = world.simulator().events();
  const std::int64_t before = allocations;
  world.run_until(sim::Time::from_start(Duration::seconds(60)));
  EXPECT_EQ(allocations - before, 0);
  EXPECT_GT(world.simulator().events() - events, 100'000);
  EXPECT_GT(before, 0) << "allocations are not counted";
}

}  // namespace
}  // namespace gilsim::model
