// CFS: the least virtual time first, shares of the latency, credit for sleepers.
#include "models/os/cfs_queue.hpp"

#include <gtest/gtest.h>

#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
constexpr CfsParameters kFigures{ms(24), ms(3), ms(4)};

class Nobody final : public sim::EventHandler {
 public:
  void handle(sim::Event&) override {}
};

struct Queue {
  Queue() {
    queue.place(a);
    queue.begin_slice(a);
  }
  // Puts `thread` where it is `ahead` of a, negative: behind.
  void wait_at(Thread& thread, Duration ahead) {
    thread.queue = &queue;
    thread.vruntime = a.vruntime + ahead.count();
    queue.add(thread);
  }
  Nobody nobody;
  CfsQueue queue{kFigures};
  Thread a{nobody, 0}, b{nobody, 1}, c{nobody, 2};
};

TEST(CfsQueue, ASliceIsAShareOfTheLatencyNotLess) {
  Queue q;
  q.wait_at(q.b, ms(0));
  q.queue.charge(q.a, ms(12));
  EXPECT_EQ(q.queue.take_at_tick(q.a), nullptr) << "just its half of 24 ms";
  q.queue.charge(q.a, Duration::nanoseconds(1));
  EXPECT_EQ(q.queue.take_at_tick(q.a), &q.b);
}

TEST(CfsQueue, WithManyThreadsASliceIsTheGranularity) {
  Queue q;
  std::vector<std::unique_ptr<Thread>> others;
  for (std::uint32_t i = 0; i < 20; ++i) {
    others.push_back(std::make_unique<Thread>(q.nobody, 10 + i));
    q.wait_at(*others.back(), ms(3));
  }
  q.queue.charge(q.a, ms(3));
  EXPECT_EQ(q.queue.take_at_tick(q.a), nullptr);
  q.queue.charge(q.a, Duration::nanoseconds(1));
  EXPECT_NE(q.queue.take_at_tick(q.a), nullptr);
}

TEST(CfsQueue, AWakerPreemptsWhenItIsFarEnoughBehind) {
  Queue q;
  q.wait_at(q.b, -ms(4));
  EXPECT_EQ(q.queue.take_at_wake_up(q.a), nullptr) << "just the granularity";
  Queue r;
  r.wait_at(r.b, -ms(4) - Duration::nanoseconds(1));
  EXPECT_EQ(r.queue.take_at_wake_up(r.a), &r.b);
}

TEST(CfsQueue, ASleeperIsCreditedHalfALatencyAtMost) {
  Queue q;
  q.queue.place(q.b);  // as if it had run here before
  q.b.vruntime = 0;
  q.queue.charge(q.a, Duration::seconds(10));
  const std::int64_t least = q.a.vruntime;
  q.queue.place(q.b);
  EXPECT_EQ(q.b.vruntime, least - ms(12).count());
  q.b.vruntime = least - ms(11).count();
  q.queue.place(q.b);
  EXPECT_EQ(q.b.vruntime, least - ms(11).count()) << "a short sleep is just itself";
}

TEST(CfsQueue, ANewThreadBeginsWithADebtOfOneSlice) {
  Queue q;
  q.queue.charge(q.a, ms(100));
  q.queue.place(q.b);
  EXPECT_EQ(q.b.vruntime, q.a.vruntime + ms(24).count());
}

TEST(CfsQueue, AMovedThreadKeepsItsPlaceRelativeToTheQueue) {
  Queue from, to;
  from.queue.charge(from.a, ms(70));
  to.queue.charge(to.a, ms(500));
  from.b.queue = &from.queue;
  from.b.vruntime = from.a.vruntime + ms(2).count();
  to.queue.place(from.b);
  EXPECT_EQ(from.b.vruntime, to.a.vruntime + ms(2).count());
}

// ---- On the machine

MachineParameters with_cfs(int cores) {
  MachineParameters m = free_machine(cores).machine;
  m.scheduler = SchedulerKind::kCfs;
  m.cfs = kFigures;
  return m;
}

TEST(Cfs, ThreadsShareACoreEvenly) {
  Puppets p(with_cfs(1));
  std::vector<Thread*> threads;
  for (int i = 0; i < 5; ++i) threads.push_back(&p.start_computing(Duration::seconds(10)));
  p.run_until(Duration::seconds(5));
  for (const Thread* thread : threads) {
    EXPECT_NEAR(p.machine.cpu_of(*thread).in_seconds(), 1.0, 0.024);
  }
}

TEST(Cfs, TwoThreadsChangePlacesAtTheTickAfterHalfALatency) {
  Puppets p(with_cfs(1));
  Thread& a = p.start_computing(Duration::seconds(10));
  Thread& b = p.start_computing(Duration::seconds(10));
  p.run_until(Duration::seconds(4));
  // Half a latency is 12 ms, three ticks, and not more than that: the fourth tick.
  EXPECT_NEAR(static_cast<double>(a.involuntary_switches + b.involuntary_switches), 4000.0 / 16,
              20);
}

TEST(Cfs, ASleeperPreemptsAtOnce) {
  Puppets p(with_cfs(1));
  p.start_computing(Duration::seconds(10));
  Thread* self = nullptr;
  Thread& sleeper = p.add([&](int turn) {
    if (turn % 2 == 1) return CpuRequest::compute(us(100));
    p.machine.wake_by_timer_in(*self, ms(20));
    return CpuRequest::block();
  });
  self = &sleeper;
  p.machine.start(sleeper);
  p.run_until(Duration::seconds(2));
  const auto& times = p.asked[sleeper.id];
  ASSERT_GT(times.size(), 90U);
  for (std::size_t i = 20; i + 1 < times.size(); i += 2) {
    EXPECT_EQ(times[i + 1] - times[i], ms(20)) << "woken on time, though the core was busy";
  }
}

TEST(Cfs, WorkIsConserved) {
  Puppets p(with_cfs(2));
  Duration total;
  for (int i = 1; i <= 7; ++i) {
    p.start_computing(ms(10 * i));
    total += ms(10 * i);
  }
  p.simulator.run();
  Duration cpu;
  for (const Thread& thread : p.machine.threads()) cpu += thread.cpu;
  EXPECT_EQ(cpu, total);
  EXPECT_GE(p.simulator.now().since_start() * 2, total);
  EXPECT_LE(p.simulator.now().since_start(), ms(190));
}

}  // namespace
}  // namespace gilsim::model
