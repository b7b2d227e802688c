// The lock is kept over system calls that do not block, and let go of for those that do.
#include "models/lock/kept_calls_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

struct Seen {
  std::size_t caller;  // decisions in the first 4 ms
  std::size_t waiter;
};

Seen seen_under(LockKind kind) {
  Script caller({Action::short_call(us(10)), Action::python(us(10)), Action::short_call(us(10)),
                 Action::python(ms(1))});
  Script waiter({Action::python(ms(100))});
  LockedThreads threads(free_machine(2), kind, {&caller, &waiter});
  threads.run_until(ms(4));
  return {caller.decided_at.size(), waiter.decided_at.size()};
}

TEST(KeptCallsLock, AShortCallDoesNotGiveTheLockAway) {
  EXPECT_EQ(seen_under(LockKind::kKeptCalls).caller, 5u);
  EXPECT_EQ(seen_under(LockKind::kInterval).caller, 1u);
  EXPECT_EQ(seen_under(LockKind::kInterval).waiter, 1u);
}

TEST(KeptCallsLock, ACallThatBlocksDoes) {
  Script caller({Action::receive(us(10), us(1)), Action::python(ms(1))});
  Script waiter({Action::python(ms(100))});
  LockedThreads threads(free_machine(2), LockKind::kKeptCalls, {&caller, &waiter});
  threads.run_until(ms(4));
  EXPECT_EQ(caller.decided_at.size(), 1u);
  EXPECT_EQ(waiter.decided_at.size(), 1u);
}

}  // namespace
}  // namespace gilsim::model
