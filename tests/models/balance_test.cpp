// Who moves from one core to another, and which timers expire together.
#include <gtest/gtest.h>

#include "models/os/machine.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

// Two threads compute on one core, another one on the second until `busy`.
struct TwoOnOneCore {
  static MachineParameters machine() {
    MachineParameters m = free_machine(2).machine;
    m.newidle_random = false;
    return m;
  }
  explicit TwoOnOneCore(Duration busy) {
    a = &puppets.start_computing(ms(50));
    puppets.start_computing(busy);
    b = &puppets.start_computing(ms(50));
  }
  Puppets puppets{machine()};
  Thread* a = nullptr;
  Thread* b = nullptr;
};

Duration first_preemption() {
  TwoOnOneCore two(ms(100));
  for (Duration time = us(1); time < ms(20); time += us(1)) {
    two.puppets.run_until(time);
    if (two.a->involuntary_switches + two.b->involuntary_switches > 0) return time;
  }
  return {};
}

// Whether the thread that was preempted is on the second core, when that became idle so much later.
bool is_pulled(Duration later) {
  const Duration idle = first_preemption() + later;
  TwoOnOneCore two(idle);
  two.puppets.run_until(idle + us(1));
  return two.a->core != two.b->core;
}

TEST(Balance, WhatRanAMomentAgoIsNotPulled) {
  EXPECT_FALSE(is_pulled(us(498)));
  EXPECT_TRUE(is_pulled(us(501)));
}

// Two threads compute on one core since the start, the other core is idle from 100 us on.
TEST(Balance, AnIdleCoreTakesOverAHotThreadAtTheThirdTick) {
  MachineParameters m = free_machine(2).machine;
  m.newidle_random = false;
  Puppets p(m);
  Thread& a = p.start_computing(ms(100));
  Thread& elsewhere = p.start_computing(us(100));
  Thread& b = p.start_computing(ms(100));
  p.run_until(ms(1));
  const bool together = a.core == b.core;
  p.run_until(ms(50));
  EXPECT_EQ(elsewhere.state, ThreadState::kExited);
  EXPECT_NE(a.core, b.core);
  const Duration both = p.machine.cpu_of(a) + p.machine.cpu_of(b);
  EXPECT_GE(both, ms(100 - (together ? 12 : 1)));
}

// When two threads on one core that sleep 10 ms wake, the second of which began `later`.
std::vector<Duration> wake_times(Duration later) {
  MachineParameters m = free_machine(1).machine;
  m.timer_slack = us(50);
  Puppets p(m);
  std::vector<Thread*> threads(2);
  std::vector<Duration> woke(2);
  for (std::size_t i = 0; i < 2; ++i) {
    threads[i] = &p.add([&, i](int turn) {
      if (turn == 0) {
        p.machine.wake_by_timer_in(*threads[i], ms(10));
        return CpuRequest::block();
      }
      woke[i] = p.simulator.now().since_start();
      return CpuRequest::exit();
    });
  }
  p.machine.start(*threads[0]);
  p.run_until(later);
  p.machine.start(*threads[1]);
  p.simulator.run();
  return woke;
}

TEST(Balance, TimersWithinTheSlackOfTheFirstExpireWithIt) {
  const Duration first = ms(10) + us(50);
  EXPECT_EQ(wake_times(us(1)), (std::vector{first, first}));
  EXPECT_EQ(wake_times(us(50)), (std::vector{first, first}));
}

TEST(Balance, ATimerPastTheSlackOfTheFirstExpiresAlone) {
  EXPECT_EQ(wake_times(us(51)), (std::vector{ms(10) + us(50), ms(10) + us(101)}));
}

TEST(Balance, ATimerThatWasCancelledTakesNobodyAlong) {
  MachineParameters m = free_machine(1).machine;
  m.timer_slack = us(50);
  Puppets p(m);
  Thread* a = nullptr;
  Thread* b = nullptr;
  a = &p.add([&](int turn) {
    if (turn > 0) return CpuRequest::exit();
    p.machine.wake_by_timer_in(*a, ms(10));
    return CpuRequest::block();
  });
  b = &p.add([&](int turn) {
    if (turn > 0) return CpuRequest::exit();
    p.machine.wake_by_timer_in(*b, ms(10) + us(20));
    return CpuRequest::block();
  });
  Thread& waker = p.add([&](int turn) {
    if (turn == 0) return CpuRequest::compute(ms(5));
    p.machine.wake(*a);
    return CpuRequest::exit();
  });
  p.machine.start(*a);
  p.machine.start(*b);
  p.machine.start(waker);
  p.simulator.run();
  EXPECT_EQ(p.asked[a->id][1], ms(5));
  EXPECT_EQ(p.asked[b->id][1], ms(10) + us(70));
}

}  // namespace
}  // namespace gilsim::model
