#include "host/measurements.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "host/this_host.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }

TEST(EstimateOf, AnEmptySampleHasNone) {
  EXPECT_THROW(estimate_of({}), std::invalid_argument);
  EXPECT_THROW(cost_of({}), std::invalid_argument);
}

TEST(CostOf, KeepsThreeQuantilesAndTheSampleSize) {
  Samples sample;
  for (int i = 0; i <= 100; ++i) sample.push_back(us(i));
  const model::Cost cost = cost_of(sample);
  EXPECT_EQ(cost.low, us(5));
  EXPECT_EQ(cost.median, us(50));
  EXPECT_EQ(cost.high, us(95));
  EXPECT_EQ(cost.samples, 101);
}

TEST(CostOf, ADifferenceBelowZeroCountsAsZero) {
  EXPECT_EQ(cost_of({us(-5), us(-4), us(3)}).median, Duration());
}

TEST(Fingerprint, DependsOnEveryTraitAndShowsNoneOfThem) {
  const HostTraits host = {"a processor", 2, "6.18", "secret-machine-id"};
  const std::string fingerprint = fingerprint_of(host);
  EXPECT_EQ(fingerprint, fingerprint_of(host));
  EXPECT_EQ(fingerprint.size(), 16U);
  EXPECT_EQ(fingerprint.find("secret"), std::string::npos);
  for (int trait = 0; trait < 4; ++trait) {
    HostTraits other = host;
    if (trait == 0) other.processor = "another";
    if (trait == 1) other.online_cores = 4;
    if (trait == 2) other.kernel = "6.19";
    if (trait == 3) other.machine_id = "other";
    EXPECT_NE(fingerprint_of(other), fingerprint) << trait;
  }
}

}  // namespace
}  // namespace gilsim::host
