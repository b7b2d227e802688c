// A recording explained: its convoys by name, and what would help.
#include "app/trace_explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/app/trace_fixture.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::HasSubstr;
using testing::IsEmpty;

class TraceExplained : public RecordedProgram {
 protected:
  test::Ran explained() const {
    return ran({"explain", trace_, "--host", host_, "--replications", "2", "--jobs", "1"});
  }
  std::vector<Convoy> convoys() const {
    return convoys_in(trace::summarize(trace::TraceFile(trace_)), sim::Duration::milliseconds(5));
  }
};

TEST_F(TraceExplained, NamesTheThreadThatWaitsWholeIntervalsAndTheOneThatComputes) {
  write_convoy();
  const std::vector<Convoy> found = convoys();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].waiter, "1");
  EXPECT_EQ(found[0].holder, "main");
  EXPECT_EQ(found[0].waits, 100U);
  EXPECT_NEAR(found[0].intervals, 5.04 / 5, 0.01);
  EXPECT_NEAR(found[0].share, 5.04 / 6.2, 0.02);
}

TEST_F(TraceExplained, SaysSoAndWhatWouldHelp) {
  write_convoy();
  const test::Ran result = explained();
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Convoy: thread 1 waited for the lock 100 times"));
  EXPECT_THAT(result.out, HasSubstr("mostly for thread main"));
  EXPECT_THAT(result.out, HasSubstr("What would help"));
  EXPECT_THAT(result.out, HasSubstr("switch interval"));
}

TEST_F(TraceExplained, WithoutAConvoySaysSo) {
  write_sleeper("3.11.2 (main)");
  EXPECT_THAT(convoys(), IsEmpty());
  EXPECT_THAT(explained().out, HasSubstr("No convoy was recorded"));
}

TEST_F(TraceExplained, OfSerialTasksTriesPools) {
  write_tasks(40);
  const test::Ran result = explained();
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("sequential"));
  EXPECT_THAT(result.out, HasSubstr("threads"));
}

TEST_F(TraceExplained, ThatMakesNoScenarioIsToldAllTheSame) {
  write_sleeper("3.7.16 (default)");
  const test::Ran result = explained();
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("What would help can't be simulated"));
  EXPECT_THAT(result.out, HasSubstr("the host profile knows no Python 3.7"));
}

TEST_F(TraceExplained, CutOffIsRefusedWithThePlace) {
  write_sleeper("3.11.2 (main)");
  std::filesystem::resize_file(trace_, 100);
  const test::Ran result = explained();
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("offset 100: the file ends within the header"));
}

}  // namespace
}  // namespace gilsim::app
