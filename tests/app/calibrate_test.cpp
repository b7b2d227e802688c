#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/profile_check.hpp"
#include "app/profile_summary.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;
using test::ran;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(CalibrateCommand, AnInterpreterThatIsNotThereIsNamedWithThoseThatAre) {
  const test::Ran result = ran({"calibrate", "--interpreter", "3.99"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, StartsWith("gilsim: error: no interpreter '3.99' here; found: "));
}

TEST(CalibrateCommand, AllAndOneContradictEachOther) {
  EXPECT_EQ(ran({"calibrate", "--all", "--interpreter", "3.11"}).err,
            "gilsim: error: --all and --interpreter contradict each other\n");
}

// Two installations of one version, as two version managers leave them.
class TwoInstallations : public testing::Test {
 protected:
  std::string install(const std::string& name) const {
    const fs::path program = fs::path(home_.path()) / ".pyenv/versions" / name / "bin/python3";
    fs::create_directories(program.parent_path());
    std::ofstream(program) << R"(#!/bin/sh
echo '{"gilsim": 1, "version": "3.99.1", "implementation": "cpython", "free_threaded": false,)"
                           << R"( "executable": ")" << program.string() << R"(", "prefix": ")"
                           << name << "\"}'\n";
    fs::permissions(program, fs::perms::owner_all);
    return program.string();
  }

  test::TemporaryFolder home_;
  std::string first_ = install("a");
  std::string second_ = install("b");
  test::Environment home_variable_{"HOME", home_.path()};
};

TEST_F(TwoInstallations, OfOneVersionCountOnceWhereAllAreCalibrated) {
  host::StopFlag stop{true};
  const test::Ran result = ran({"calibrate", "--all", "--output", home_.path("all.yaml")}, stop);
  EXPECT_EQ(result.code, 130);
  EXPECT_THAT(result.err, HasSubstr("3.99.1 (" + first_ + ")"));
  EXPECT_THAT(result.err, Not(HasSubstr(second_)));
}

TEST_F(TwoInstallations, OfOneVersionCanNotBothBeCalibrated) {
  const test::Ran result = ran({"calibrate", "--interpreter", first_, "--interpreter", second_});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, StartsWith("gilsim: error: '" + second_ + "' is a second 3.99.1"));
}

TEST(CalibrateCommand, APlaceThatCannotBeWrittenIsFoundBeforeTheProbes) {
  const test::TemporaryFolder folder;
  const test::Ran result = ran({"calibrate", "--output", folder.path("absent/this.yaml")});
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.err.find("calibrating"), std::string::npos);
}

TEST(CalibrateCommand, AStopLeavesNoFileBehind) {
  const test::TemporaryFolder folder;
  host::StopFlag stop{true};
  const test::Ran result =
      ran({"calibrate", "--quick", "--output", folder.path("this.yaml")}, stop);
  EXPECT_EQ(result.code, 130);
  EXPECT_TRUE(folder.names().empty());
}

TEST(CalibrateCommand, ItSaysWhatItWillReplaceAndWritesAProfileThatReadsBack) {
  const test::TemporaryFolder folder;
  const std::string path = folder.write("this.yaml", "old");
  const test::Ran result = ran({"calibrate", "--quick", "--output", path});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("will replace '" + path + "'"));
  EXPECT_THAT(result.err, HasSubstr("calibrating: "));
  EXPECT_THAT(result.out, HasSubstr("countdown loops, main thread"));
  EXPECT_FALSE(scenario::read_host_profile(path).interpreters.empty());
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"this.yaml"}));
}

TEST(Disturbances, AreSaidWhenMoreThanATenthOfTheMeasurementsStayedDisturbed) {
  host::Calibration calibration;
  EXPECT_EQ(disturbances(calibration), "");
  calibration.measurements = 20;
  calibration.left_disturbed = 2;
  EXPECT_EQ(disturbances(calibration), "");
  calibration.left_disturbed = 3;
  EXPECT_THAT(disturbances(calibration), HasSubstr("disturbed 3 of 20 measurements"));
}

TEST(Disturbances, AreAlsoRatesThatStayedSlowAndASpeedThatChanged) {
  host::Calibration calibration;
  calibration.repeated_slow = 4;
  EXPECT_EQ(disturbances(calibration), "") << "repeated with success";
  EXPECT_THAT(repetitions(calibration), StartsWith("4 rates far below"));
  calibration.left_slow = 1;
  calibration.drift = -0.2;
  EXPECT_THAT(disturbances(calibration),
              AllOf(StartsWith("1 rate stayed far below"), HasSubstr("changed by -20.0 %")));
  calibration.left_slow = 0;
  calibration.drift = 0.09;
  EXPECT_EQ(disturbances(calibration), "");
}

TEST(CalibrateCommand, CheckNeedsAProfileOfThisHost) {
  const test::TemporaryFolder folder;
  const test::Ran absent = ran({"calibrate", "--check", "--output", folder.path("none.yaml")});
  EXPECT_EQ(absent.code, 2);
  EXPECT_THAT(absent.err, HasSubstr("none.yaml' does not exist"));
  const std::string other =
      folder.write("other.yaml", scenario::print_host_profile(test::round_profile()));
  EXPECT_EQ(ran({"calibrate", "--check", "--output", other}).code, 2);
}

TEST(ProfileCheck, HoldsWhereEveryFigureIsAsTheProfileSays) {
  const model::HostProfile profile = test::round_profile();
  const model::InterpreterParameters& interpreter = profile.interpreters.front();
  host::Pulse pulse = host::expected_pulse(profile.machine, interpreter);
  for (const CheckedFigure& figure : checked_figures({pulse}, profile.machine, interpreter)) {
    EXPECT_TRUE(figure.holds()) << figure.what;
  }
  pulse.speed *= 0.8;
  const auto figures = checked_figures({pulse, pulse, pulse}, profile.machine, interpreter);
  EXPECT_FALSE(figures.at(0).holds());
  EXPECT_TRUE(figures.at(1).holds());
}

TEST(ProfileCheck, AllowsWhatRunsDifferByOnThisHost) {
  model::HostProfile profile = test::round_profile();
  profile.machine.run_to_run = model::RunToRun{};
  profile.machine.run_to_run->speed = {1, 0.7, 1.1, 16};
  const model::InterpreterParameters& interpreter = profile.interpreters.front();
  host::Pulse pulse = host::expected_pulse(profile.machine, interpreter);
  pulse.speed *= 0.8;
  EXPECT_TRUE(checked_figures({pulse}, profile.machine, interpreter).at(0).holds());
}

TEST(ProfileSummary, NamesTheMainFiguresWithTheirSpread) {
  const std::string text = profile_summary(test::round_profile());
  EXPECT_THAT(text, HasSubstr("countdown loops, main thread    20.0 M/s  [19.4 M/s, 20.6 M/s]"));
  EXPECT_THAT(text, HasSubstr("process worker ready, fork       2.00 ms  [1.80 ms, 2.40 ms]"));
  EXPECT_EQ(text.find("forkserver"), std::string::npos);
}

}  // namespace
}  // namespace gilsim::app
