#include "analysis/scalability_law.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gilsim::analysis {
namespace {

std::vector<MeasuredThroughput> of(const ScalabilityLaw& law, const std::vector<double>& workers) {
  std::vector<MeasuredThroughput> measured;
  for (const double n : workers) measured.push_back({n, law.throughput(n)});
  return measured;
}

TEST(ScalabilityLaw, IsFoundAgainInWhatItSaysItself) {
  const ScalabilityLaw law = fit_scalability_law(of({120, 0.05, 0.002}, {1, 2, 4, 8, 16, 32}));
  EXPECT_NEAR(law.rate, 120, 1e-6);
  EXPECT_NEAR(law.contention, 0.05, 1e-9);
  EXPECT_NEAR(law.coherency, 0.002, 1e-9);
}

TEST(ScalabilityLaw, WhatGainsNothingFromASecondWorkerIsAllContention) {
  const ScalabilityLaw law = fit_scalability_law({{1, 10}, {2, 10}});
  EXPECT_NEAR(law.contention, 1, 1e-12);
  EXPECT_EQ(law.coherency, 0);
  EXPECT_NEAR(law.throughput(16), 10, 1e-9);
}

TEST(ScalabilityLaw, WhatDoublesHasNeitherContentionNorCoherency) {
  const ScalabilityLaw law = fit_scalability_law({{1, 10}, {2, 20}});
  EXPECT_NEAR(law.throughput(7), 70, 1e-9);
  EXPECT_EQ(law.contention, 0);
}

TEST(ScalabilityLaw, NoTermIsNegativeWhereASecondWorkerMoreThanDoubles) {
  const ScalabilityLaw law = fit_scalability_law({{1, 10}, {2, 25}});
  EXPECT_EQ(law.contention, 0);
  EXPECT_EQ(law.coherency, 0);
  EXPECT_GT(law.rate, 10);
  EXPECT_LT(law.rate, 12.5);
}

TEST(ScalabilityLaw, RepeatedRunsAreWeighedAgainstEachOther) {
  const ScalabilityLaw law = fit_scalability_law({{1, 10}, {1, 10}, {1, 40}, {2, 25}, {2, 25}});
  EXPECT_NEAR(1 / law.rate, (0.1 + 0.1 + 0.025) / 3, 1e-9) << "the mean time of one worker";
}

TEST(ScalabilityLaw, OneNumberOfWorkersSaysNothing) {
  EXPECT_THROW(fit_scalability_law({{2, 10}, {2, 12}}), std::invalid_argument);
  EXPECT_THROW(fit_scalability_law({}), std::invalid_argument);
  EXPECT_THROW(fit_scalability_law({{1, 10}, {2, 0}}), std::invalid_argument);
  EXPECT_THROW(fit_scalability_law({{0.5, 10}, {2, 3}}), std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::analysis
