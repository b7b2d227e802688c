#include "models/lock/lock_books.hpp"

#include <gtest/gtest.h>

namespace gilsim::model {
namespace {

constexpr sim::Duration ns(std::int64_t n) { return sim::Duration::nanoseconds(n); }
sim::Time at(std::int64_t n) { return sim::Time::from_start(ns(n)); }

TEST(LockBooks, IntegrateWaitersAndTheTimeHeld) {
  LockBooks books;
  books.takes(at(10), false);
  books.begins_to_wait(at(20));
  books.begins_to_wait(at(25));
  EXPECT_EQ(books.waited(at(30)), ns(10 + 5));
  EXPECT_EQ(books.held(at(30)), ns(20));
  books.lets_go(at(40));
  EXPECT_EQ(books.held(at(50)), ns(30)) << "nobody holds it";
  EXPECT_EQ(books.waited(at(50)), ns(30 + 25)) << "two still wait";
  books.takes(at(50), true);
  EXPECT_EQ(books.waited(at(60)), ns(30 + 25 + 10)) << "one does";
  EXPECT_EQ(books.held(at(60)), ns(30 + 10));
}

}  // namespace
}  // namespace gilsim::model
