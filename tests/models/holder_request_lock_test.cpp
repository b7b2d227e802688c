// The interval lock of 3.13: the request is the holder's, and a collection comes before the drop.
#include "models/lock/holder_request_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

TEST(HolderRequestLock, AHolderOfAnotherInterpreterHearsTheRequest) {
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kHolderRequest, {&holder});
  threads.start(waiter, 1);
  threads.run_until(ms(5) + kNotice - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(waiter.decided_at.size(), 1u);
}

TEST(HolderRequestLock, ARequestToAFormerHolderDoesNotReachTheNext) {
  // `waiter` asks `holder` in vain, in native code, at 5 ms; `next` takes the lock at 20 ms: nobody
  // has asked it.
  Script holder({Action::native_held(ms(20)), Action::native_released(ms(100))});
  Script next({Action::python(ms(3)), Action::python(ms(1))});
  LockedThreads threads(free_machine(3), LockKind::kHolderRequest, {&holder, &next});
  threads.run_until(ms(24));
  EXPECT_EQ(next.decided_at, (std::vector{ms(20), ms(23), ms(24)}));
  EXPECT_EQ(threads.lock.forced_drops(), 1) << "by `holder`, when its native code was over";
}

Configuration with_collections(Duration every, Duration pause) {
  Configuration c = free_machine(2);
  c.collections = {every, pause};
  return c;
}

TEST(HolderRequestLock, ACollectionThatIsDueDelaysTheDrop) {
  // Due after 4.9 ms of bytecode, it lasts until 6.9 ms; the request of 5 ms is heard then.
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(with_collections(ns(4'900'000), ms(2)), LockKind::kHolderRequest,
                        {&holder, &waiter});
  threads.run_until(ns(6'900'000) - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ns(6'900'000));
  EXPECT_EQ(waiter.decided_at.size(), 1u);
}

TEST(HolderRequestLock, CollectionsTakeTheirTimeOffBytecodeAndNothingElse) {
  Script alone({Action::python(ms(10)), Action::native_held(ms(10)), Action::python(ms(10))});
  LockedThreads threads(with_collections(ms(4), ms(1)), LockKind::kHolderRequest, {&alone});
  threads.run_until(ms(100));
  // After 4, 8, 12, 16 and 20 ms of bytecode.
  EXPECT_EQ(alone.decided_at, (std::vector{ms(0), ms(12), ms(22), ms(35)}));
}

}  // namespace
}  // namespace gilsim::model
