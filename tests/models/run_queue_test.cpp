// EEVDF: eligible first, then the earliest deadline; lag is kept over a sleep.
#include "models/os/run_queue.hpp"

#include <gtest/gtest.h>

namespace gilsim::model {
namespace {

class Nobody final : public sim::EventHandler {
 public:
  void handle(sim::Event&) override {}
};

constexpr auto kSlice = sim::Duration::microseconds(1400);
constexpr auto kTick = sim::Duration::milliseconds(4);

struct Queue {
  Nobody nobody;
  RunQueue queue{kSlice, kTick};
  Thread a{nobody, 0}, b{nobody, 1}, c{nobody, 2};
};

TEST(RunQueue, AThreadAheadOfTheAverageIsNotEligible) {
  Queue q;
  q.queue.place(q.a, nullptr);
  q.queue.begin_slice(q.a);
  q.queue.place(q.b, &q.a);
  q.queue.add(q.b);
  EXPECT_EQ(q.queue.take_if_better(q.a), nullptr) << "level, and its slice is protected";
  q.queue.charge(q.a, sim::Duration::nanoseconds(2));
  EXPECT_EQ(q.queue.take_if_better(q.a), &q.b)
      << "ahead of the average: its slice protects it no longer";
}

TEST(RunQueue, TheEarliestDeadlineWinsAmongTheEligible) {
  Queue q;
  q.a.vruntime = 0;
  q.a.deadline = 900;
  q.b.vruntime = 0;
  q.b.deadline = 800;
  q.c.vruntime = 5000;  // not eligible, whatever its deadline
  q.c.deadline = 1;
  for (Thread* t : {&q.a, &q.b, &q.c}) q.queue.add(*t);
  EXPECT_EQ(q.queue.take_next(), &q.b);
}

TEST(RunQueue, LagIsKeptOverASleep) {
  Queue q;
  q.queue.place(q.a, nullptr);
  q.queue.place(q.b, &q.a);
  q.queue.add(q.b);
  q.queue.charge(q.a, sim::Duration::milliseconds(2));
  q.queue.note_lag(q.a, &q.a);
  EXPECT_EQ(q.a.lag, -sim::Duration::milliseconds(1).count()) << "2 ms ran, the average moved by 1";
  Thread* running = q.queue.take_next();
  ASSERT_EQ(running, &q.b);
  q.queue.place(q.a, running);
  EXPECT_EQ(q.a.vruntime - q.b.vruntime, sim::Duration::milliseconds(2).count())
      << "placed so that its lag is 1 ms again once it counts itself";
}

TEST(RunQueue, LagIsLimitedToTwoSlicesOrATick) {
  Queue q;
  q.queue.place(q.a, nullptr);
  q.queue.place(q.b, &q.a);
  q.queue.add(q.b);
  q.queue.charge(q.a, sim::Duration::seconds(1));
  q.queue.note_lag(q.a, &q.a);
  EXPECT_EQ(q.a.lag, -kTick.count());
}

// `a` has run 2 ms beside `b`, and blocks with a debt of 1 ms.
struct OneDelayed : Queue {
  OneDelayed() {
    queue.place(a, nullptr);
    queue.place(b, &a);
    queue.add(b);
    queue.charge(a, sim::Duration::milliseconds(2));
    queue.note_lag(a, &a);
    queue.delay(a);
    running = queue.take_next();
    queue.begin_slice(*running);
  }
  void run(sim::Duration time) { queue.charge(*running, time); }
  Thread* running = nullptr;
};

TEST(RunQueue, ADelayedThreadCompetesButDoesNotWait) {
  OneDelayed q;
  ASSERT_EQ(q.running, &q.b);
  EXPECT_EQ(q.queue.size(), 1u);
  EXPECT_EQ(q.queue.waiting(), 0u);
  q.run(sim::Duration::microseconds(1999));
  EXPECT_EQ(q.queue.take_if_better(q.b), nullptr) << "b is not ahead of the average of both";
  EXPECT_TRUE(q.a.owes);
}

TEST(RunQueue, ADelayedThreadIsOutOnceItsTurnWouldCome) {
  OneDelayed q;
  q.run(sim::Duration::microseconds(2001));
  EXPECT_EQ(q.queue.take_if_better(q.b), nullptr) << "it was best, but does not want the core";
  EXPECT_FALSE(q.a.owes);
  EXPECT_EQ(q.a.lag, 0);
  EXPECT_EQ(q.queue.size(), 0u);
}

TEST(RunQueue, ADelayedThreadThatWakesInDebtKeepsItsPlace) {
  OneDelayed q;
  const std::int64_t before = q.a.vruntime;
  q.run(sim::Duration::microseconds(1000));
  q.queue.wake_delayed(q.a, q.running);
  EXPECT_EQ(q.a.vruntime, before);
  EXPECT_EQ(q.queue.waiting(), 1u);
  EXPECT_FALSE(q.queue.preempts(q.b, q.a));
}

TEST(RunQueue, ADelayedThreadThatWakesWithItsDebtPaidIsLevel) {
  OneDelayed q;
  q.run(sim::Duration::microseconds(2500));
  q.queue.wake_delayed(q.a, q.running);
  EXPECT_EQ(q.a.vruntime, q.b.vruntime);
  EXPECT_EQ(q.queue.waiting(), 1u);
}

TEST(RunQueue, AWokenThreadPreemptsOnlyIfItIsTheBest) {
  Queue q;
  q.a.vruntime = 1000;  // runs, ahead of the average, its slice protected
  q.a.deadline = 5000;
  q.queue.begin_slice(q.a);
  q.b.vruntime = 0;
  q.b.deadline = 800;
  q.c.vruntime = 0;
  q.c.deadline = 900;
  q.queue.add(q.b);
  q.queue.add(q.c);
  EXPECT_FALSE(q.queue.preempts(q.a, q.c));
  EXPECT_TRUE(q.queue.preempts(q.a, q.b));
}

TEST(RunQueue, OfThoseThatAreNotHotWhoHasNotRunForLongestIsTaken) {
  Queue q;
  const auto at = [](std::int64_t us) {
    return sim::Time::from_start(sim::Duration::microseconds(us));
  };
  q.a.resumed = at(300);
  q.b.resumed = at(200);
  q.c.resumed = at(900);
  for (Thread* t : {&q.a, &q.b, &q.c}) {
    t->cpu = sim::Duration::nanoseconds(1);
    q.queue.add(*t);
  }
  EXPECT_EQ(q.queue.take_unless_ran_since(at(500)), &q.b);
  EXPECT_EQ(q.queue.take_unless_ran_since(at(500)), &q.a);
  EXPECT_EQ(q.queue.take_unless_ran_since(at(500)), nullptr);
  q.c.cpu = {};
  EXPECT_EQ(q.queue.take_unless_ran_since(at(500)), &q.c) << "it has never run";
}

}  // namespace
}  // namespace gilsim::model
