// A deadlock is reported as the cycle of those who wait for each other, by their names.
#include "models/laws/wait_for.hpp"

#include <gtest/gtest.h>

#include "models/program/world.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/script.hpp"

namespace gilsim::model {
namespace {

TEST(WaitFor, ACycleIsNamedWhereverItIsEntered) {
  const std::vector<WaitFor> threads = {{"main", "to be woken by", 1},
                                        {"a", "for the lock, held by", 2},
                                        {"b", "to be woken by", 3},
                                        {"c", "to be woken by", 1}};
  EXPECT_EQ(
      name_cycle(threads),
      "a waits for the lock, held by b, which waits to be woken by c, which waits to be woken "
      "by a");
  EXPECT_EQ(name_lost(threads), "");
}

TEST(WaitFor, AThreadMayWaitForItself) {
  EXPECT_EQ(name_cycle({{"a", "for the lock, held by", 0}}), "a waits for the lock, held by a");
}

TEST(WaitFor, WhoWaitsForSomebodyWhoGoesOnIsInNoCycle) {
  const std::vector<WaitFor> threads = {{"a", "to be woken by", 1}, {"b", "", {}}};
  EXPECT_EQ(name_cycle(threads), "");
  EXPECT_EQ(name_lost(threads), "");
}

TEST(WaitFor, AWaitThatNobodyEndsIsNamedToItsEnd) {
  const std::vector<WaitFor> threads = {{"a", "to be woken by", 1},
                                        {"b", "for the lock, held by", {}}};
  EXPECT_EQ(name_cycle(threads), "");
  EXPECT_EQ(name_lost(threads),
            "a waits to be woken by b, which waits for the lock, held by nobody");
}

TEST(WaitFor, ALineOfAHundredThousandIsLookedThroughAtOnce) {
  std::vector<WaitFor> line(100'000, {"t", "for the lock, held by", {}});
  for (std::size_t i = 1; i < line.size(); ++i) line[i].whom = i - 1;
  EXPECT_EQ(name_cycle(line), "");
  line.front().whom = 0;
  EXPECT_EQ(name_cycle(line), "t waits for the lock, held by t");
}

// Parks at once, for another one.
class Parker final : public Behaviour {
 public:
  Action next(World&, PythonThread&) override { return Action::park(); }
  const PythonThread* waits_for(const PythonThread&) const override { return other; }
  const PythonThread* other = nullptr;
};

TEST(Deadlock, OfThreadsThatParkForEachOtherIsNamed) {
  World world(free_machine(2), 1, 0);
  InterpreterLock& lock = world.create_interpreter();
  Parker for_second, for_first;
  Script apart({Action::python(sim::Duration::milliseconds(1))});
  PythonThread& first = world.create_thread("first", lock, Layout::kMain, for_second);
  PythonThread& second = world.create_thread("second", lock, Layout::kWorker, for_first);
  for_second.other = &second;
  for_first.other = &first;
  for (PythonThread* thread :
       {&first, &second, &world.create_thread("third", lock, Layout::kWorker, apart)}) {
    world.start(*thread);
  }
  world.run_until(sim::Time::from_start(sim::Duration::seconds(1)));
  try {
    world.check_accounts();
    FAIL() << "the deadlock was not seen";
  } catch (const LawBroken& law) {
    EXPECT_STREQ(law.what(),
                 "law broken: deadlock: first waits to be woken by second, which waits to be woken "
                 "by first");
  }
}

TEST(Deadlock, IsNoneWhileThreadsWaitForALockThatIsHeld) {
  World world(free_machine(2), 1, 0);
  InterpreterLock& lock = world.create_interpreter();
  Script holder({Action::native_held(sim::Duration::milliseconds(9))});
  Script waiter({Action::python(sim::Duration::milliseconds(1))});
  world.start(world.create_thread("holder", lock, Layout::kMain, holder));
  world.start(world.create_thread("waiter", lock, Layout::kMain, waiter));
  world.run_until(sim::Time::from_start(sim::Duration::milliseconds(3)));
  const std::vector<WaitFor> waits = world.waits();
  EXPECT_EQ(waits[0].what, "");
  EXPECT_EQ(waits[1].what, "for the lock, held by");
  EXPECT_EQ(waits[1].whom, 0u);
  EXPECT_NO_THROW(world.check_accounts());
}

}  // namespace
}  // namespace gilsim::model
