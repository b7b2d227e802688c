#include "app/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace gilsim::app {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class ProgressTest : public testing::Test {
 protected:
  std::ostringstream out_, err_;
  host::StopFlag stop_{false};
};

TEST_F(ProgressTest, OffATerminalEachStageIsOnePlainLine) {
  Io io{out_, err_, stop_};
  Progress progress(io, "running", 4, Progress::Plain::kLines);
  progress.update(0, "round 1");
  progress.update(1, "round 1");
  progress.update(2, "round 2");
  progress.update(4);
  progress.finish();
  EXPECT_EQ(err_.str(), "running: round 1\nrunning: round 2\n");
}

TEST_F(ProgressTest, OffATerminalShortWorkIsSilent) {
  Io io{out_, err_, stop_};
  Progress progress(io, "simulating", 4, Progress::Plain::kSilent);
  progress.update(2, "half");
  progress.finish();
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ProgressTest, OnATerminalABarIsDrawnAndClearedAtTheEnd) {
  Io io{out_, err_, stop_, true, true};
  {
    Progress progress(io, "running", 4, Progress::Plain::kLines);
    progress.update(2, "round 2");
  }
  EXPECT_THAT(err_.str(), HasSubstr("\rrunning [############............] 2/4  round 2"));
  EXPECT_THAT(err_.str(), EndsWith("\r" + std::string(79, ' ') + "\r"));
  EXPECT_EQ(err_.str().find('\n'), std::string::npos);
  EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace gilsim::app
