#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

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

TEST(DisturbanceWarning, IsGivenWhenMoreThanATenthOfTheMeasurementsStayedDisturbed) {
  EXPECT_EQ(disturbance_warning(0, 0), "");
  EXPECT_EQ(disturbance_warning(2, 20), "");
  EXPECT_THAT(disturbance_warning(3, 20),
              AllOf(StartsWith("warning: "), HasSubstr("disturbed 3 of 20 measurements"),
                    HasSubstr("calibrate again\n")));
}

TEST(ProfileSummary, NamesTheMainFiguresWithTheirSpread) {
  const std::string text = profile_summary(test::round_profile());
  EXPECT_THAT(text, HasSubstr("countdown loops, main thread    20.0 M/s  [19.4 M/s, 20.6 M/s]"));
  EXPECT_THAT(text, HasSubstr("process worker ready, fork       2.00 ms  [1.80 ms, 2.40 ms]"));
  EXPECT_EQ(text.find("forkserver"), std::string::npos);
}

}  // namespace
}  // namespace gilsim::app
