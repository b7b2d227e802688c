#include "sim/fixed_vector.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace gilsim::sim {
namespace {

struct Immovable {
  explicit Immovable(int with) : value(with) {}
  Immovable(const Immovable&) = delete;
  Immovable& operator=(const Immovable&) = delete;
  int value;
};

TEST(FixedVector, HoldsInOrderOfInsertionWhatCannotBeMoved) {
  FixedVector<Immovable> vector(3);
  const Immovable& first = vector.emplace_back(1);
  vector.emplace_back(2);
  vector.emplace_back(3);
  std::vector<int> seen;
  for (const Immovable& element : vector) seen.push_back(element.value);
  EXPECT_EQ(seen, (std::vector{1, 2, 3}));
  EXPECT_EQ(&vector[0], &first);
}

TEST(FixedVector, RefusesMoreThanItHasRoomFor) {
  FixedVector<int> vector(1);
  vector.emplace_back(7);
  EXPECT_THROW(vector.emplace_back(8), std::length_error);
  EXPECT_EQ(vector.size(), 1U);
  EXPECT_EQ(vector[0], 7);
}

TEST(FixedVector, DestroysItsElements) {
  const auto shared = std::make_shared<int>(1);
  {
    FixedVector<std::shared_ptr<int>> vector(4);
    vector.emplace_back(shared);
    vector.emplace_back(shared);
    EXPECT_EQ(shared.use_count(), 3);
  }
  EXPECT_EQ(shared.use_count(), 1);
}

}  // namespace
}  // namespace gilsim::sim
