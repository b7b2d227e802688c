// Cores, scheduler and wake-ups: who computes where and when.
#include "models/os/machine.hpp"

#include <gtest/gtest.h>

#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Puppets::Play computes_once(Duration work) {
  return [work](int turn) { return turn == 0 ? CpuRequest::compute(work) : CpuRequest::exit(); };
}

TEST(Machine, ABurstTakesItsTimeOnACoreOfItsOwn) {
  Puppets p(free_machine(1).machine);
  Thread& t = p.add(computes_once(ms(7)));
  p.machine.start(t);
  p.simulator.run();
  EXPECT_EQ(p.asked[t.id].back(), ms(7));
  EXPECT_EQ(t.cpu, ms(7));
  EXPECT_EQ(t.state, ThreadState::kExited);
}

TEST(Machine, WorkIsConservedOnASharedCore) {
  Puppets p(free_machine(1).machine);
  std::vector<Thread*> threads;
  for (int i = 1; i <= 5; ++i) {
    threads.push_back(&p.add(computes_once(ms(10 * i))));
    p.machine.start(*threads.back());
  }
  p.simulator.run();
  Duration total;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    EXPECT_EQ(threads[i]->cpu, ms(10 * (static_cast<int>(i) + 1)));
    total += threads[i]->cpu;
  }
  EXPECT_EQ(p.simulator.now().since_start(), total);
}

TEST(Machine, ComputingThreadsShareACoreEvenly) {
  Puppets p(free_machine(1).machine);
  Thread& a = p.add(computes_once(ms(1000)));
  Thread& b = p.add(computes_once(ms(1000)));
  p.machine.start(a);
  p.machine.start(b);
  p.run_until(ms(400));
  const Duration difference = p.machine.cpu_of(a) - p.machine.cpu_of(b);
  EXPECT_LE(std::abs(difference.count()), 2 * ms(4).count());  // never two ticks apart
  EXPECT_EQ(p.machine.cpu_of(a) + p.machine.cpu_of(b), ms(400));
}

TEST(Machine, AThreadIsRescheduledOnlyAtATickOrAWakeUp) {
  MachineParameters m = free_machine(1).machine;
  Puppets p(m);
  Thread& a = p.add(computes_once(ms(40)));
  Thread& b = p.add(computes_once(ms(40)));
  p.machine.start(a);
  p.machine.start(b);
  p.simulator.run();
  // The slice is 1.4 ms, but stretches end at ticks of 4 ms: about 20 of them, not 57.
  EXPECT_LE(a.involuntary_switches + b.involuntary_switches, 80 / 4 + 1);
  EXPECT_GE(a.involuntary_switches + b.involuntary_switches, 80 / 4 - 3);
}

TEST(Machine, AWakeUpOfAnIdleCoreTakesTheFutexLatency) {
  MachineParameters m = free_machine(2).machine;
  m.futex_wake = always(us(25));
  m.waker_cost = Cost::exactly(us(8));
  Puppets p(m);
  Thread* sleeper = nullptr;
  Thread& a = p.add([](int) { return CpuRequest::block(); });
  sleeper = &a;
  Thread& waker = p.add([&](int turn) {
    if (turn == 0) return CpuRequest::compute(us(75));
    if (turn == 1) {
      p.machine.wake(*sleeper);
      return CpuRequest::compute(us(10));
    }
    return CpuRequest::exit();
  });
  p.machine.start(a);
  p.machine.start(waker);
  p.simulator.run();
  const auto& woke = p.asked[a.id];
  ASSERT_EQ(woke.size(), 2u);
  EXPECT_EQ(woke[1], p.asked[waker.id][1] + us(25));
  EXPECT_EQ(p.asked[waker.id][2] - p.asked[waker.id][1], us(10 + 8)) << "the waker pays";
}

// When `woken`, which was on the core of a thread that takes 10 us to fall asleep, runs after it
// was woken `later`; the other core computes.
Duration woken_beside_one_falling_asleep(Duration later, bool itself) {
  MachineParameters m = free_machine(2).machine;
  m.futex_wake = always(us(25));
  m.context_switch = Cost::exactly(us(2));
  Puppets p(m);
  Thread* falling = nullptr;
  Thread* woken = nullptr;
  Thread& waker = p.add([&](int turn) {
    if (turn == 0) return CpuRequest::compute(us(500) + later);
    if (turn == 1) {
      p.machine.wake(itself ? *falling : *woken);
      return CpuRequest::compute(us(500));
    }
    return CpuRequest::exit();
  });
  p.machine.start(waker);
  woken = &p.add([](int) { return CpuRequest::block(); });
  p.machine.start(*woken);
  p.run_until(us(100));
  falling = &p.add([&](int turn) {
    // Both started 25 us before they ran: the waker wakes at 525 us + `later`.
    if (turn == 0) return CpuRequest::compute(us(525) - p.simulator.now().since_start());
    p.machine.falls_asleep(*falling, us(10));
    return CpuRequest::block();
  });
  p.machine.start(*falling);
  p.simulator.run();
  EXPECT_EQ(falling->core, woken->core);
  return p.asked[itself ? falling->id : woken->id].back() - us(525) - later;
}

TEST(Machine, ACoreIsNotIdleToOthersUntilItsThreadIsAsleep) {
  EXPECT_EQ(woken_beside_one_falling_asleep(us(4), false), us(10 - 4 + 2));
  EXPECT_EQ(woken_beside_one_falling_asleep(us(9), false), us(1 + 2));
  EXPECT_EQ(woken_beside_one_falling_asleep(us(10), false), us(25));
}

TEST(Machine, AThreadThatFallsAsleepWakesAsFromAnIdleCore) {
  EXPECT_EQ(woken_beside_one_falling_asleep(us(4), true), us(25));
}

TEST(Machine, TheLongerACoreWasIdleTheLaterItWakes) {
  MachineParameters m = free_machine(1).machine;
  m.timer_slack = us(50);
  m.timer_wake = {{us(1000), Cost::exactly(us(30))}, {us(10000), Cost::exactly(us(50))}};
  for (const auto& [sleep, latency] : {std::pair{us(50), us(30)},  // below the first point
                                       {us(950), us(30)},
                                       {us(3112), us(40)},  // 3162 us: half-way, by logarithm
                                       {us(9950), us(50)},
                                       {us(50000), us(50)}}) {
    Puppets p(m);
    Thread* self = nullptr;
    Thread& t = p.add([&](int turn) {
      if (turn > 0) return CpuRequest::exit();
      p.machine.wake_by_timer_in(*self, sleep);
      return CpuRequest::block();
    });
    self = &t;
    p.machine.start(t);
    p.simulator.run();
    EXPECT_NEAR(static_cast<double>(p.asked[t.id][1].count()),
                static_cast<double>((sleep + us(50) + latency).count()), 10);  // 3162 is rounded
  }
}

TEST(Machine, AnInterruptedBurstEndsAfterTheNoticeAndKeepsTheRest) {
  Puppets p(free_machine(2).machine);
  Thread& a = p.add([](int turn) {
    return turn == 0 ? CpuRequest::compute_until_interrupted(ms(10)) : CpuRequest::exit();
  });
  Thread& b = p.add([&](int turn) {
    if (turn == 0) return CpuRequest::compute(ms(4));
    p.machine.interrupt(a, us(3));
    return CpuRequest::exit();
  });
  p.machine.start(a);
  p.machine.start(b);
  p.simulator.run();
  EXPECT_EQ(p.asked[a.id][1], ms(4) + us(3));
  EXPECT_EQ(a.cut, ms(10) - ms(4) - us(3));
}

TEST(Machine, ABurstThatIsNotInterruptibleRunsToItsEnd) {
  Puppets p(free_machine(2).machine);
  Thread& a = p.add(computes_once(ms(10)));
  Thread& b = p.add([&](int turn) {
    if (turn == 0) return CpuRequest::compute(ms(4));
    p.machine.interrupt(a, us(3));
    return CpuRequest::exit();
  });
  p.machine.start(a);
  p.machine.start(b);
  p.simulator.run();
  EXPECT_EQ(p.asked[a.id][1], ms(10));
}

TEST(Machine, AnIdleCorePullsAThreadThatWaitsElsewhere) {
  Puppets p(free_machine(2).machine);
  std::vector<Thread*> threads;
  for (const Duration work : {ms(30), ms(1), ms(30)}) {
    threads.push_back(&p.add(computes_once(work)));
    p.machine.start(*threads.back());
  }
  p.simulator.run();
  // The third shared a core at first; the 1 ms thread's is idle soon, and takes over one of the two
  // at the third tick at the latest.
  EXPECT_LE(p.simulator.now().since_start(), ms(30 + 3 * 4));
}

TEST(Machine, CoresThatAreBusyTogetherRunAtTheMeasuredSpeed) {
  MachineParameters m = free_machine(2).machine;
  m.parallel_speed = Estimate::exactly(0.8);
  Puppets p(m);
  Thread& a = p.add(computes_once(ms(8)));
  Thread& b = p.add(computes_once(ms(16)));
  p.machine.start(a);
  p.machine.start(b);
  p.simulator.run();
  EXPECT_EQ(p.asked[a.id][1], ms(10));          // 8 ms of work at 0.8
  EXPECT_EQ(p.asked[b.id][1], ms(10) + ms(8));  // the rest alone, at full speed
}

TEST(Machine, WakingAThreadThatIsNotBlockedBreaksALaw) {
  Puppets p(free_machine(1).machine);
  Thread& t = p.add(computes_once(ms(1)));
  EXPECT_THROW(p.machine.wake(t), LawBroken);
}

}  // namespace
}  // namespace gilsim::model
