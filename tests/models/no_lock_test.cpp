// Without a lock nobody waits for anybody.
#include "models/lock/no_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

TEST(NoLock, LetsEveryThreadThatHasACoreRunBytecode) {
  std::vector<Script> scripts(4, Script({Action::python(ms(10)), Action::native_held(ms(10))}));
  LockedThreads threads(free_machine(4), LockKind::kNone,
                        {&scripts[0], &scripts[1], &scripts[2], &scripts[3]});
  threads.run_until(ms(20) - Duration::nanoseconds(1));
  for (const Script& script : scripts) EXPECT_EQ(script.decided_at.size(), 2u);
  threads.run_until(ms(20));
  for (const Script& script : scripts) EXPECT_EQ(script.decided_at.size(), 3u);
  EXPECT_EQ(threads.lock.handovers(), 0);
}

TEST(NoLock, IsNoFasterThanItsCores) {
  std::vector<Script> scripts(4, Script({Action::python(ms(10))}));
  LockedThreads threads(free_machine(2), LockKind::kNone,
                        {&scripts[0], &scripts[1], &scripts[2], &scripts[3]});
  threads.run_until(ms(20) - Duration::nanoseconds(1));
  std::size_t done = 0;
  for (const Script& script : scripts) done += script.decided_at.size() == 2 ? 1 : 0;
  EXPECT_LT(done, 4u);
  threads.run_until(ms(20));
  for (const Script& script : scripts) EXPECT_EQ(script.decided_at.size(), 2u);
}

}  // namespace
}  // namespace gilsim::model
