// A process that answers at once competes for the cores. Times are exact: nothing costs anything
// but what a test says.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

Script asking() { return Script({Action::ask(us(3), us(10)), Action::await_answer(us(2))}); }

TEST(FarSide, AnswersAfterItsWakeUpItsWorkAndTheAskersWakeUp) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(20));
  Script asker = asking();
  LockedThreads threads(c, LockKind::kInterval, {&asker});
  threads.run_until(ms(1));
  ASSERT_EQ(asker.decided_at.size(), 3u);
  EXPECT_EQ(asker.decided_at[1] - asker.decided_at[0], us(3));
  EXPECT_EQ(asker.decided_at[2] - asker.decided_at[1], us(20 + 10 + 20));
}

TEST(FarSide, AnAnswerThatIsThereBeforeTheCallIsTakenAtOnce) {
  Script asker(
      {Action::ask(us(3), us(10)), Action::native_held(us(50)), Action::await_answer(us(2))});
  LockedThreads threads(free_machine(2), LockKind::kInterval, {&asker});
  threads.run_until(ms(1));
  ASSERT_EQ(asker.decided_at.size(), 4u);
  EXPECT_EQ(asker.decided_at[3] - asker.decided_at[2], us(2));
}

TEST(FarSide, WaitsForACoreLikeAnybodyElse) {
  // Both cores compute: it gets one when a slice is over, at a tick.
  Configuration c = free_machine(2);
  Script first({Action::native_released(ms(100))});
  Script second({Action::native_released(ms(100))});
  Script asker = asking();
  LockedThreads threads(c, LockKind::kInterval, {&first, &second, &asker});
  threads.run_until(ms(150));
  ASSERT_EQ(asker.decided_at.size(), 3u);
  EXPECT_GT(asker.decided_at[2] - asker.decided_at[1], c.machine.slice);
}

TEST(FarSide, ServesOneAfterAnother) {
  Script first = asking();
  Script second = asking();
  LockedThreads threads(free_machine(3), LockKind::kInterval, {&first, &second});
  threads.run_until(ms(1));
  ASSERT_EQ(first.decided_at.size(), 3u);
  ASSERT_EQ(second.decided_at.size(), 3u);
  // Both have asked before the first answer: the second one waits for two.
  EXPECT_EQ(second.decided_at[2] - first.decided_at[1], us(20));
}

TEST(FarSide, CountsInNobodysAccounts) {
  Script asker = asking();
  LockedThreads threads(free_machine(2), LockKind::kInterval, {&asker});
  threads.run_until(ms(1));
  EXPECT_EQ(threads.world.machine().cpu_of(threads.world.machine().threads()[0]), us(3 + 2));
  EXPECT_EQ(threads.world.machine().threads().size(), 1u);
}

std::int64_t answered_in_a_second(int cores) {
  Configuration c = free_machine(cores);
  c.interpreter.waits.udp.answered = AnsweredCost{Cost::exactly(us(1)), Cost::exactly(us(2)),
                                                  Cost::exactly(us(3)), Cost::exactly(us(4))};
  c.duration = Duration::seconds(1);
  c.threads = {{"echo", {WaitStep{Constant{}, WaitVia::kUdp}}, {}}};
  return simulate(c, 1, 0).outcome.threads[0].operations;
}

TEST(FarSide, OnOneCoreAWaitTakesBytecodeBothCallsAndTheAnswer) {
  EXPECT_EQ(answered_in_a_second(1), 1'000'000 / (1 + 2 + 3 + 4));
}

TEST(FarSide, OnAnotherCoreItAnswersDuringTheCallThatBlocks) {
  EXPECT_EQ(answered_in_a_second(2), 1'000'000 / (1 + 2 + 4));
}

}  // namespace
}  // namespace gilsim::model
