#include "sim/stable_vector.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace gilsim::sim {
namespace {

TEST(StableVector, ElementsStayWhereTheyWereAndAreFoundByIndex) {
  StableVector<std::size_t> vector;
  std::vector<const std::size_t*> places;
  for (std::size_t i = 0; i < 700'000; ++i) places.push_back(&vector.emplace_back(i));
  ASSERT_EQ(vector.size(), places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    ASSERT_EQ(&vector[i], places[i]);
    ASSERT_EQ(vector[i], i);
  }
  EXPECT_EQ(&vector.back(), places.back());
}

TEST(StableVector, IteratesInOrderOfInsertion) {
  StableVector<int> vector;
  EXPECT_FALSE(vector.begin() != vector.end());
  for (int i = 0; i < 100; ++i) vector.emplace_back(i);
  int expected = 0;
  for (const int element : std::as_const(vector)) EXPECT_EQ(element, expected++);
  for (int& element : vector) element = 7;
  EXPECT_EQ(expected, 100);
  EXPECT_EQ(vector[99], 7);
}

TEST(StableVector, DestroysWhatItHolds) {
  const auto shared = std::make_shared<int>(1);
  {
    StableVector<std::shared_ptr<int>> vector;
    for (int i = 0; i < 1000; ++i) vector.emplace_back(shared);
    EXPECT_EQ(shared.use_count(), 1001);
  }
  EXPECT_EQ(shared.use_count(), 1);
}

struct Picky {
  explicit Picky(int v) : value(v) {
    if (v < 0) throw std::invalid_argument("negative");
  }
  int value;
};

TEST(StableVector, AConstructorThatThrowsLeavesItAsItWas) {
  StableVector<Picky> vector;
  EXPECT_THROW(vector.emplace_back(-1), std::invalid_argument);
  EXPECT_TRUE(vector.empty());
  EXPECT_EQ(vector.emplace_back(3).value, 3);
  EXPECT_EQ(vector.size(), 1u);
}

TEST(StableVector, SmallElementsBeginOnACacheLine) {
  StableVector<char> vector;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&vector.emplace_back('a')) % 64, 0u);
}

}  // namespace
}  // namespace gilsim::sim
