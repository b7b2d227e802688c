// Each law has a story that breaks it, and the same story without the breach passes.
#include "models/laws/law_checker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace gilsim::model {
namespace {

sim::Time at(std::int64_t ns) { return sim::Time::from_start(sim::Duration::nanoseconds(ns)); }

LawChecker two_of_everything() {
  LawChecker laws(2);
  laws.thread_created();
  laws.thread_created();
  laws.lock_created();
  laws.lock_created();
  return laws;
}

void expect_broken(const std::function<void()>& story, const char* words) {
  try {
    story();
    FAIL() << "no law was broken; expected: " << words;
  } catch (const LawBroken& law) {
    EXPECT_STREQ(law.what(), words);
  }
}

TEST(Laws, ACoreRunsAtMostOneThread) {
  LawChecker laws = two_of_everything();
  laws.begins_to_run(0, 1, at(0));
  expect_broken([&] { laws.begins_to_run(1, 1, at(5)); },
                "law broken: core 1 runs thread 0 and is given thread 1");
}

TEST(Laws, AThreadIsOnAtMostOneCore) {
  LawChecker laws = two_of_everything();
  laws.begins_to_run(0, 1, at(0));
  expect_broken([&] { laws.begins_to_run(0, 0, at(5)); },
                "law broken: thread 0 runs on core 1 and is given core 0");
}

TEST(Laws, AThreadLeavesOnlyTheCoreItIsOn) {
  LawChecker laws = two_of_everything();
  laws.begins_to_run(0, 1, at(0));
  expect_broken([&] { laws.ceases_to_run(0, 0, at(5)); },
                "law broken: thread 0 leaves core 0 but is not on it");
}

TEST(Laws, ALockHasAtMostOneHolder) {
  LawChecker laws = two_of_everything();
  laws.takes(0, 0, at(0));
  laws.takes(1, 1, at(0));  // another lock
  expect_broken([&] { laws.takes(1, 0, at(1)); },
                "law broken: lock 0 is held by thread 0 and taken by thread 1");
}

TEST(Laws, OnlyTheHolderLetsGo) {
  LawChecker laws = two_of_everything();
  laws.takes(0, 0, at(0));
  expect_broken([&] { laws.lets_go(1, 0, at(1)); },
                "law broken: thread 1 lets go of lock 0, which it does not hold");
}

TEST(Laws, BytecodeRunsOnlyUnderTheLock) {
  LawChecker laws = two_of_everything();
  laws.takes(0, 0, at(0));
  EXPECT_NO_THROW(laws.runs_bytecode(0, 0));
  expect_broken([&] { laws.runs_bytecode(1, 0); },
                "law broken: thread 1 runs bytecode without lock 0");
}

TEST(Laws, CpuTimeIsWhatTheCoresWereBusy) {
  LawChecker laws = two_of_everything();
  laws.begins_to_run(0, 0, at(10));
  laws.ceases_to_run(0, 0, at(15));
  laws.begins_to_run(1, 1, at(20));  // still running at the end
  const auto ns = sim::Duration::nanoseconds;
  EXPECT_NO_THROW(laws.compare_cpu(0, ns(5), at(30)));
  EXPECT_NO_THROW(laws.compare_cpu(1, ns(10), at(30)));
  expect_broken([&] { laws.compare_cpu(1, ns(11), at(30)); },
                "law broken: thread 1 was on a core for 10 ns but charged 11 ns");
}

// Thread 0 waits from 0 to 9 and holds from then on, thread 1 waits from 5 on.
LawChecker one_holder_and_one_waiter() {
  LawChecker laws = two_of_everything();
  laws.waits_for_lock(0, 0, at(0));
  laws.waits_for_lock(0, 0, at(3));  // waits again: still one wait
  laws.waits_for_lock(1, 0, at(5));
  laws.takes(0, 0, at(9));
  return laws;
}

TEST(Laws, LittlesLawHoldsExactly) {
  const LawChecker laws = one_holder_and_one_waiter();
  const auto ns = sim::Duration::nanoseconds;
  EXPECT_NO_THROW(laws.compare_locks({{ns(9 + 15), ns(11)}, {}}, at(20)));
  expect_broken(
      [&] {
        laws.compare_locks({{ns(9 + 14), ns(11)}, {}}, at(20));
      },
      "law broken: Little's law: threads waited 24 ns for lock 0, but their number there "
      "integrates to 23 ns");
}

TEST(Laws, LockTimeIsWhatTheThreadsHeld) {
  LawChecker laws = one_holder_and_one_waiter();
  laws.lets_go(0, 0, at(12));
  laws.takes(1, 0, at(12));
  const auto ns = sim::Duration::nanoseconds;
  EXPECT_NO_THROW(laws.compare_locks({{ns(9 + 7), ns(3 + 8)}, {}}, at(20)));
  expect_broken(
      [&] {
        laws.compare_locks({{ns(9 + 7), ns(3)}, {}}, at(20));
      },
      "law broken: threads held lock 0 for 11 ns, but it was held for 3 ns");
}

TEST(Laws, ALockThatIsNotExclusiveHasManyHolders) {
  LawChecker laws(2);
  laws.thread_created();
  laws.thread_created();
  laws.lock_created(false);
  laws.takes(0, 0, at(0));
  laws.takes(1, 0, at(0));
  laws.lets_go(0, 0, at(1));
  EXPECT_NO_THROW(laws.runs_bytecode(1, 0));
  expect_broken([&] { laws.runs_bytecode(0, 0); },
                "law broken: thread 0 runs bytecode without lock 0");
}

TEST(Laws, EveryTaskIsDoneOnce) {
  EXPECT_NO_THROW(LawChecker::compare_tasks({1, 1, 1}));
  expect_broken(
      [] {
        LawChecker::compare_tasks({1, 0, 1});
      },
      "law broken: task 1 was done 0 times");
  expect_broken(
      [] {
        LawChecker::compare_tasks({1, 1, 2});
      },
      "law broken: task 2 was done 2 times");
}

}  // namespace
}  // namespace gilsim::model
