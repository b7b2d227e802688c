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

}  // namespace
}  // namespace gilsim::model
