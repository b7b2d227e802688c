#include "app/validation_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/run_store.hpp"
#include "host/run_identity.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kBatch =
    "question: Do threads help?\n"
    "workload:\n"
    "  tasks: 4\n"
    "  task:\n"
    "    - native: 5ms\n"
    "strategies: [sequential, threads]\n"
    "workers: [1, 2, 4]\n";

// A folder with an open and a held-out scenario, and "real" runs of both: sequential takes 22 ms,
// threads with n workers 22 ms / min(n, 2), the held-out ones 7 times as long.
class ValidationPage : public testing::Test {
 protected:
  ValidationPage() {
    std::filesystem::create_directories(folder_.path("all/holdout"));
    folder_.write("all/open.yaml", kBatch);
    folder_.write("all/holdout/shut.yaml", kBatch);
    profile_.measured = "2026-01-01T00:00:00Z";
    host_ = folder_.write("host.yaml", scenario::print_host_profile(profile_));
    store_.profile = profile_.measured;
    store_.host = {"", "a processor", "6.18", "glibc 2.36"};
    store_.cores = 2;
    store_.speeds["3.11.2"] = {model::Estimate::exactly(1), {1}};
    keep("all/open.yaml", "open", 1);
    keep("all/holdout/shut.yaml", "holdout/shut", 7);
  }

  void keep(const std::string& file, const std::string& name, double slower) {
    const auto read = scenario::read_scenario(folder_.path(file));
    for (const auto& point : scenario::expand(read, profile_, file)) {
      const double wall = 22e6 * slower / std::min(point.workers, 2);
      RunFigures run;
      run.figures = {{"wall", "ns", wall}, {"cpu", "ns", 22e6}};
      store_.add({name,
                  kept_label(point),
                  host::work_identity(point.configuration, store_.seed),
                  {run, run, run},
                  {}});
    }
  }

  std::string page(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"validate",       folder_.path("all"),
                                      "--host",         host_,
                                      "--measured",     folder_.write("runs.json", store_.text()),
                                      "--report",       folder_.path("page.md"),
                                      "--replications", "3"};
    words.insert(words.end(), more.begin(), more.end());
    const test::Ran result = ran(words);
    EXPECT_EQ(result.code, 0) << result.err;
    return test::read_text(folder_.path("page.md"));
  }

  test::TemporaryFolder folder_;
  model::HostProfile profile_ = test::round_profile();
  std::string host_;
  RunStore store_;
};

TEST_F(ValidationPage, ScoresOpenAndHeldOutCasesApart) {
  const std::string text = page();
  EXPECT_THAT(text, HasSubstr("## Scores: open cases\n\n4 cases of 1 scenario."));
  EXPECT_THAT(text, HasSubstr("## Scores: held-out cases\n\n4 cases of 1 scenario."));
  EXPECT_THAT(text, HasSubstr("| wall time, median error | 3 % |"));
  EXPECT_THAT(text, HasSubstr("**missed**")) << "seven times as long";
}

TEST_F(ValidationPage, DescribesTheHostWithoutNamingIt) {
  EXPECT_THAT(page(), HasSubstr("- Host: a processor, 2 cores, Linux 6.18, glibc 2.36\n"));
}

TEST_F(ValidationPage, NoHeldOutCaseIsShownByItself) {
  const std::string text = page();
  EXPECT_THAT(text, HasSubstr("| open, threads@4, 2 cores, 3.11.2, 5ms,"));
  EXPECT_THAT(text, Not(HasSubstr("holdout/shut")));
}

TEST_F(ValidationPage, EveryRuleSaysWhetherItNeedsMeasurements) {
  const std::string text = page();
  EXPECT_THAT(text, HasSubstr("| wall | usl, measured at 1 and 2 | yes | 1 |"));
  EXPECT_THAT(text, HasSubstr("| wall | amdahl | no | 4 |"));
}

TEST_F(ValidationPage, TheLongestBeginningOfACasesNameGivesItsCause) {
  const std::string causes =
      folder_.write("causes.json", R"({"open": "short", "open, threads@4": "long enough"})");
  const std::string text = page({"--causes", causes});
  EXPECT_THAT(text, HasSubstr("| long enough |"));
  EXPECT_THAT(text, HasSubstr("| short |"));
}

TEST_F(ValidationPage, PicturesLieBesideIt) {
  EXPECT_THAT(page(), HasSubstr("](page-batches.svg)"));
  EXPECT_THAT(test::read_text(folder_.path("page-batches.svg")), HasSubstr("held out"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path("page-batches.png")));
}

TEST_F(ValidationPage, CasesWithoutRunsAreNamed) {
  store_.points.erase(store_.points.begin());
  EXPECT_THAT(page(), HasSubstr("not scored: open, sequential, 2 cores, 3.11.2, 5ms."));
}

TEST(Causes, AreTextsByName) {
  const test::TemporaryFolder folder;
  EXPECT_TRUE(read_causes("").empty());
  EXPECT_THROW(read_causes(folder.path("absent")), UsageError);
  EXPECT_THROW(read_causes(folder.write("a.json", "[]")), UsageError);
  EXPECT_THROW(read_causes(folder.write("b.json", "{\"x\": 1}")), UsageError);
}

}  // namespace
}  // namespace gilsim::app
