// Where a thread goes that wakes: to its own core, an idle one, or its waker's.
#include <gtest/gtest.h>

#include "models/os/machine.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

using Wake = void (Machine::*)(Thread&);

// A reader blocks on the first core, where another thread then computes; on the second core the
// writer wakes it after 100 us, and blocks 10 us later.
struct ReaderAndWriter {
  explicit ReaderAndWriter(Wake wake, Duration on_first = ms(50), double pack_below = 0)
      : puppets(machine(pack_below)) {
    reader = &puppets.add([](int turn) {
      return turn == 0   ? CpuRequest::compute(us(1))
             : turn == 1 ? CpuRequest::block()
             : turn == 2 ? CpuRequest::compute(us(1))
                         : CpuRequest::exit();
    });
    puppets.machine.start(*reader);
    writer = &puppets.add([this, wake](int turn) {
      if (turn == 0) return CpuRequest::compute(us(100));
      if (turn > 1) return CpuRequest::block();
      (puppets.machine.*wake)(*reader);
      return CpuRequest::compute(us(10));
    });
    puppets.machine.start(*writer);
    puppets.run_until(us(2));
    puppets.start_computing(on_first);
    puppets.run_until(us(3));
  }
  Duration read_at() { return puppets.asked[reader->id].at(2); }

  static MachineParameters machine(double pack_below) {
    MachineParameters m = free_machine(2).machine;
    m.newidle_random = false;
    m.pack_below = pack_below;
    return m;
  }

  Puppets puppets;
  Thread* reader = nullptr;
  Thread* writer = nullptr;
};

TEST(SynchronousWake, WithoutAnIdleCoreTheReaderRunsOnItsWakersAsSoonAsThatBlocks) {
  ReaderAndWriter two(&Machine::wake_synchronously);
  ASSERT_NE(two.reader->core, two.writer->core);
  two.puppets.run_until(ms(1));
  EXPECT_EQ(two.reader->core, two.writer->core);
  EXPECT_EQ(two.read_at(), us(110));
}

TEST(SynchronousWake, AnOrdinaryOneQueuesWhereItWas) {
  ReaderAndWriter two(&Machine::wake);
  two.puppets.run_until(us(105));
  EXPECT_NE(two.reader->core, two.writer->core);
}

TEST(SynchronousWake, AnIdleCoreComesFirst) {
  ReaderAndWriter two(&Machine::wake_synchronously, us(50));
  two.puppets.run_until(ms(1));
  EXPECT_NE(two.reader->core, two.writer->core);
  EXPECT_EQ(two.read_at(), us(100));
}

TEST(SynchronousWake, WhereAnotherThreadWaitsForTheWakersCoreTheReaderQueuesWhereItWas) {
  ReaderAndWriter two(&Machine::wake_synchronously);
  Thread& third = two.puppets.start_computing(ms(1));
  ASSERT_EQ(third.state, ThreadState::kReady);
  Thread& fourth = two.puppets.start_computing(ms(1));
  ASSERT_EQ(fourth.state, ThreadState::kReady);
  ASSERT_NE(third.core, fourth.core);
  two.puppets.run_until(us(101));
  EXPECT_NE(two.reader->core, two.writer->core);
}

// A thread sleeps 1 ms on the first core; meanwhile another one computes there for `busy` of it,
// and on until long after. The second core is idle. Where the sleeper wakes:
bool stays_on_its_core(double pack_below, Duration busy) {
  MachineParameters m = free_machine(2).machine;
  m.newidle_random = false;
  m.pack_below = pack_below;
  Puppets puppets(m);
  Machine& machine = puppets.machine;
  Thread* sleeper = nullptr;
  sleeper = &puppets.add([&](int turn) {
    if (turn == 0) return CpuRequest::compute(us(1));
    if (turn > 1) return CpuRequest::block();
    machine.wake_by_timer_in(*sleeper, ms(200));
    return CpuRequest::block();
  });
  machine.start(*sleeper);
  puppets.run_until(ms(200) - busy);
  puppets.start_computing(ms(500));
  puppets.run_until(ms(200) + us(10));
  return sleeper->core == 0;
}

TEST(Packing, WhoWakesStaysOnABusyCoreUntilThatHasBeenUsedEnough) {
  EXPECT_TRUE(stays_on_its_core(0.85, ms(80)));    // used 1 - 2^(-80 / 33.6) = 81 %
  EXPECT_FALSE(stays_on_its_core(0.85, ms(100)));  // 87 %
}

TEST(Packing, WithoutItWhoWakesTakesTheIdleCore) { EXPECT_FALSE(stays_on_its_core(0, ms(80))); }

TEST(Packing, NobodyIsBroughtToTheCoreOfItsWaker) {
  ReaderAndWriter two(&Machine::wake_synchronously, ms(50), 0.85);
  two.puppets.run_until(us(105));
  EXPECT_NE(two.reader->core, two.writer->core);
}

}  // namespace
}  // namespace gilsim::model
