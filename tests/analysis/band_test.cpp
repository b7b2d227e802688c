#include <gtest/gtest.h>

#include <stdexcept>

#include "analysis/quantile.hpp"

namespace gilsim::analysis {
namespace {

TEST(BandOf, IsMedianAndFiveAndNinetyFivePerCent) {
  std::vector<double> sample;
  for (int value = 100; value >= 0; --value) sample.push_back(value);
  const Band band = band_of(sample);
  EXPECT_DOUBLE_EQ(band.median, 50);
  EXPECT_DOUBLE_EQ(band.low, 5);
  EXPECT_DOUBLE_EQ(band.high, 95);
}

TEST(BandOf, RefusesAnEmptySample) { EXPECT_THROW(band_of({}), std::invalid_argument); }

}  // namespace
}  // namespace gilsim::analysis
