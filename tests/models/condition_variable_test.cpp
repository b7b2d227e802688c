// The groups of glibc's condition variable (nptl/pthread_cond_wait.c): who is woken by a signal.
#include "models/lock/condition_variable.hpp"

#include <gtest/gtest.h>

namespace gilsim::model {
namespace {

struct ConditionVariableTest : testing::Test {
  LockSeat& woken() {
    LockSeat& first = variable.first_to_wake();
    variable.leave(first);
    return first;
  }
  ConditionVariable variable;
  LockSeat a, b, c;
};

TEST_F(ConditionVariableTest, WakesInOrderOfArrival) {
  variable.enter(a);
  variable.enter(b);
  EXPECT_EQ(&woken(), &a);
  EXPECT_EQ(&woken(), &b);
  EXPECT_FALSE(variable.has_waiters());
}

TEST_F(ConditionVariableTest, ALatecomerIsOutOfReachUntilTheOlderGroupIsEmpty) {
  variable.enter(a);
  variable.enter(b);
  EXPECT_EQ(&woken(), &a);  // now a and b are the older group, of which b is left
  variable.enter(c);
  variable.first_to_wake();
  EXPECT_TRUE(variable.reaches(b));
  EXPECT_FALSE(variable.reaches(c));
  EXPECT_EQ(&woken(), &b);
  variable.first_to_wake();
  EXPECT_TRUE(variable.reaches(c));
}

TEST_F(ConditionVariableTest, WhoTimesOutAndComesAgainHasLostItsPlace) {
  variable.enter(a);
  variable.enter(b);
  variable.leave(a);
  variable.enter(a);
  EXPECT_EQ(&woken(), &b);
  EXPECT_EQ(&woken(), &a);
}

TEST_F(ConditionVariableTest, WhoWasWokenInVainSleepsAgainBehindItsGroupAndAheadOfTheNewer) {
  variable.enter(a);
  variable.enter(b);
  EXPECT_EQ(&variable.first_to_wake(), &a);
  variable.enter(c);
  variable.sleep_again(a);
  EXPECT_EQ(&woken(), &b);
  EXPECT_EQ(&woken(), &a);
  EXPECT_EQ(&woken(), &c);
}

}  // namespace
}  // namespace gilsim::model
