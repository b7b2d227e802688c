#include "host/pulse.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gilsim::host {
namespace {

sim::Duration us(std::int64_t n) { return sim::Duration::microseconds(n); }

Pulse pulse(double speed, std::int64_t wake, std::int64_t call) {
  return {speed, {us(wake), us(2 * wake)}, {us(call)}};
}

// 90 to 110, and hardly a difference between the two halves.
double mixed(int i) { return i % 2 == 0 ? 100 + i / 2 : 100 - (i + 1) / 2; }

TEST(Pulse, TwiceTheWakeUpsAndHalfTheSpeedShowAsSuch) {
  const PulseRatios ratios = ratios_of(pulse(50, 40, 5), pulse(100, 20, 5));
  EXPECT_DOUBLE_EQ(ratios.speed, 0.5);
  EXPECT_DOUBLE_EQ(ratios.wake_ups, 2);
  EXPECT_DOUBLE_EQ(ratios.calls, 1);
}

TEST(Pulse, FiguresOfNothingSayNothing) {
  const PulseRatios ratios =
      ratios_of({100, {us(0), us(30)}, {}}, {100, {us(10), us(10)}, {us(4)}});
  EXPECT_DOUBLE_EQ(ratios.wake_ups, 3);
  EXPECT_DOUBLE_EQ(ratios.calls, 1);
}

TEST(RunToRun, ThatNothingDiffersLeavesEveryFactorAtOne) {
  const model::RunToRun found =
      run_to_run_of(std::vector<Pulse>(8, pulse(100, 20, 5)), model::Estimate::exactly(100));
  EXPECT_EQ(found.speed.low, 1);
  EXPECT_EQ(found.speed.high, 1);
  EXPECT_EQ(found.wake_ups.high, 1);
  EXPECT_EQ(found.calls.low, 1);
  EXPECT_EQ(found.speed.samples, 8);
}

TEST(RunToRun, SpreadsAsThePulsesDo) {
  std::vector<Pulse> pulses;
  for (int i = 0; i <= 20; ++i) pulses.push_back(pulse(mixed(i), 20 + i, 40 - i));
  const model::RunToRun found = run_to_run_of(pulses, model::Estimate::exactly(100));
  EXPECT_NEAR(found.speed.low, 0.91, 1e-3);
  EXPECT_NEAR(found.speed.high, 1.09, 1e-3);
  EXPECT_NEAR(found.wake_ups.low, 21.0 / 30, 1e-9);
  EXPECT_NEAR(found.wake_ups.high, 39.0 / 30, 1e-9);
  EXPECT_NEAR(found.calls.high, 39.0 / 30, 1e-9);
}

TEST(RunToRun, WhatProcessesDifferByAnywayIsTakenOutOfTheSpeed) {
  std::vector<Pulse> pulses;
  for (int i = 0; i <= 20; ++i) pulses.push_back(pulse(mixed(i), 20, 5));
  const model::RunToRun alike = run_to_run_of(pulses, {1000, 910, 1090, 12});
  EXPECT_NEAR(alike.speed.low, 1, 0.01);
  EXPECT_NEAR(alike.speed.high, 1, 0.01);
  const model::RunToRun part = run_to_run_of(pulses, {1000, 950, 1000, 12});
  EXPECT_GT(part.speed.low, 0.91);
  EXPECT_LT(part.speed.low, 0.95);
  EXPECT_NEAR(part.speed.high, 1.09, 1e-3);
}

TEST(RunToRun, ASpeedThatChangedMeanwhileIsUncertainBothWays) {
  std::vector<Pulse> pulses(8, pulse(100, 20, 5));
  pulses.insert(pulses.end(), 8, pulse(104, 20, 5));
  const model::RunToRun found = run_to_run_of(pulses, {100, 90, 110, 12});
  EXPECT_NEAR(found.speed.high, std::exp(1.645 * std::log(1.04)), 1e-4);
  EXPECT_NEAR(found.speed.low, 1 / found.speed.high, 1e-9);
}

TEST(RunToRun, IsAsWideAsProcessesWereSeenToDifferJustBefore) {
  model::RunToRun spread;
  spread.speed = {1, 0.97, 1.2, 16};
  widen(spread, {0.9, 0.81, 0.99, 8}, model::Estimate::exactly(100));
  EXPECT_NEAR(spread.speed.low, 0.9, 1e-9) << "relative to the median seen";
  EXPECT_EQ(spread.speed.high, 1.2) << "never narrower than the profile says";
  EXPECT_EQ(spread.speed.median, 1);

  model::RunToRun known;
  widen(known, {0.9, 0.81, 0.99, 8}, {100, 90, 110, 12});
  EXPECT_NEAR(known.speed.low, 1, 1e-9) << "the rates spread as much by themselves";
  EXPECT_NEAR(known.speed.high, 1, 1e-9);
}

TEST(RunToRun, TwoPulsesAreTooFewToSay) {
  const model::RunToRun found =
      run_to_run_of({pulse(100, 20, 5), pulse(50, 90, 50)}, model::Estimate::exactly(100));
  EXPECT_EQ(found.speed.low, 1);
  EXPECT_EQ(found.wake_ups.high, 1);
}

TEST(Drift, IsTheSecondHalfOverTheFirst) {
  EXPECT_NEAR(drift_of({pulse(100, 1, 1), pulse(100, 1, 1), pulse(7, 1, 1), pulse(90, 1, 1),
                        pulse(90, 1, 1)}),
              -0.1, 1e-9)
      << "the middle one belongs to neither";
  EXPECT_EQ(drift_of({}), 0);
}

TEST(ExpectedPulse, IsAlikeToItself) {
  model::MachineParameters machine;
  machine.cores = 2;
  model::InterpreterParameters interpreter;
  interpreter.rates.main = model::Estimate::exactly(1e8);
  interpreter.waits.pipe.call = model::Cost::exactly(us(5));
  const Pulse expected = expected_pulse(machine, interpreter);
  const PulseRatios ratios = ratios_of(expected, expected);
  EXPECT_EQ(ratios.speed, 1);
  EXPECT_EQ(ratios.wake_ups, 1);
  EXPECT_EQ(ratios.calls, 1);
  EXPECT_FALSE(expected.wakes.empty());
}

}  // namespace
}  // namespace gilsim::host
