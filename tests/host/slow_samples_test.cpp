#include "host/slow_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gilsim::host {
namespace {

using ::testing::ElementsAre;

TEST(SlowSamples, AreThoseFarBelowTheMedianOfTheirKind) {
  EXPECT_EQ(slow_samples({{"rates.main", {100, 98, 60, 102}}, {"native_held", {5, 5, 5}}}), 1);
  EXPECT_EQ(slow_samples({{"rates.main", {100, 92, 95, 102}}}), 0);
  EXPECT_EQ(slow_samples({{"rates.main", {100, 200, 100}}}), 0) << "faster is no disturbance";
}

TEST(SlowSamples, OfCostsNothingIsSaid) {
  EXPECT_EQ(slow_samples({{"pipe.ask", {100, 98, 10, 102}}, {"rates.child", {}}}), 0);
}

TEST(SlowSamples, AreReplacedByWhatIsFasterOnly) {
  NamedSamples samples = {{"rates.main", {100, 98, 60, 102}}, {"rates.child", {50, 51, 20}}};
  EXPECT_EQ(replace_slowest(samples, {{"rates.main", {99}}, {"rates.child", {15}}}), 1);
  EXPECT_THAT(samples.at("rates.main"), ElementsAre(100, 98, 99, 102));
  EXPECT_THAT(samples.at("rates.child"), ElementsAre(50, 51, 20));
  EXPECT_EQ(replace_slowest(samples, {{"rates.main", {200}}}), 0) << "nothing is slow any more";
}

}  // namespace
}  // namespace gilsim::host
