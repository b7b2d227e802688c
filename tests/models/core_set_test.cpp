#include "models/os/core_set.hpp"

#include <gtest/gtest.h>

#include <cstddef>

namespace gilsim::model {
namespace {

TEST(CoreSet, KnowsWhichCoresAreInIt) {
  CoreSet set(130);
  for (const std::size_t core : {0U, 63U, 64U, 129U}) {
    EXPECT_FALSE(set.has(core));
    set.add(core);
    EXPECT_TRUE(set.has(core));
  }
  EXPECT_FALSE(set.has(1));
  EXPECT_FALSE(set.has(65));
}

TEST(CoreSet, FindsTheOneWithTheLeastNumber) {
  CoreSet set(130);
  EXPECT_EQ(set.first(), -1);
  set.add(129);
  EXPECT_EQ(set.first(), 129);
  set.add(64);
  EXPECT_EQ(set.first(), 64);
  set.add(63);
  EXPECT_EQ(set.first(), 63);
  set.remove(63);
  set.remove(64);
  EXPECT_EQ(set.first(), 129);
  set.remove(129);
  EXPECT_EQ(set.first(), -1);
}

}  // namespace
}  // namespace gilsim::model
