// Each distribution has the mean and the coefficient of variation that it is named by.
#include "models/program/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

namespace gilsim::model {
namespace {

struct Case {
  const char* name;
  Distribution distribution;
  double mean;  // ns
  double cv;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

constexpr auto kMean = sim::Duration::microseconds(100);

class Moments : public testing::TestWithParam<Case> {};

TEST_P(Moments, AreThoseOfTheDefinition) {
  const Case& c = GetParam();
  sim::RandomStream random(5, 0, c.name);
  constexpr int n = 1'000'000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < n; ++i) {
    const double x = static_cast<double>(draw(c.distribution, random).count());
    ASSERT_GE(x, 0);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  EXPECT_NEAR(mean, c.mean, 5 * c.cv * c.mean / std::sqrt(n) + 1);
  EXPECT_NEAR(std::sqrt(squares / n - mean * mean) / mean, c.cv, 0.02 * c.cv + 1e-9);
  EXPECT_NEAR(static_cast<double>(mean_of(c.distribution).count()), c.mean, 1);
}

INSTANTIATE_TEST_SUITE_P(
    All, Moments,
    testing::Values(Case{"constant", Constant{kMean}, 1e5, 0},
                    Case{"uniform", Uniform{kMean, kMean * 3}, 2e5, 1 / std::sqrt(12.0)},
                    Case{"exponential", Exponential{kMean}, 1e5, 1},
                    Case{"lognormal", Lognormal{kMean, 0.5}, 1e5, 0.5},
                    Case{"hyperexponential", Hyperexponential{kMean, 2}, 1e5, 2},
                    Case{"hyperexponential_as_exponential", Hyperexponential{kMean, 1}, 1e5, 1},
                    Case{"recorded", Recorded{{kMean * 3}}, 3e5, 0},
                    Case{"empirical", Empirical{{kMean, kMean * 2, kMean * 6}}, 3e5,
                         std::sqrt(14.0 / 3) / 3}),
    [](const auto& test) { return test.param.name; });

TEST(Recorded, SamplesComeOneAfterAnotherAndStartOver) {
  sim::RandomStream random(1, 0, "unused");
  const Distribution recorded = Recorded{{kMean, kMean * 2, kMean * 3}};
  for (std::size_t row = 0; row < 7; ++row) {
    EXPECT_EQ(draw(recorded, random, row), kMean * static_cast<std::int64_t>(row % 3 + 1));
  }
}

TEST(Recorded, StepsThatOccurStillDoWhenTheyAreScaled) {
  const auto small = std::get<Recorded>(scaled(Recorded{{sim::Duration{}, kMean}}, 1e-9));
  EXPECT_EQ(small.samples[0], sim::Duration{});
  EXPECT_EQ(small.samples[1], sim::Duration::nanoseconds(1));
}

TEST(Recorded, NothingIsAStepThatDoesNotOccur) {
  sim::RandomStream random(1, 0, "unused");
  const Distribution recorded = Recorded{{sim::Duration{}, kMean}};
  EXPECT_EQ(draw(recorded, random, 0), kNoStep);
  EXPECT_EQ(mean_of(recorded), kMean / 2);
}

}  // namespace
}  // namespace gilsim::model
