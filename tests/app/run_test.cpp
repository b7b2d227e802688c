#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scenario/read.hpp"
#include "tests/app/mix_fixture.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kMix = test::kMixTasks +
                         "strategies: [sequential, threads, processes]\n"
                         "workers: [2, 4]\n";

class RunCommand : public test::MixFixture {
 protected:
  RunCommand() : MixFixture("run", kMix) {}
};

TEST_F(RunCommand, AReportHasTheQuestionATableALessonAndTheLineThatReproducesIt) {
  const test::Ran result = ran(words({"--replications", "5"}));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith("mix: Do threads help?\nHost: round figures for tests, 2 "
                                     "cores (" +
                                     host_ +
                                     ")\n\n  strategy    workers  cores  "
                                     "interpreter  wall time  5 % to 95 %"));
  EXPECT_THAT(result.out, HasSubstr("threads@4: "));
  EXPECT_THAT(result.out, EndsWith("Again: gilsim run --host " + host_ +
                                   " --seed 1 --replications 5 " + mix_ + "\n"));
}

TEST_F(RunCommand, TheReportIsTheSameToTheByteForAnyNumberOfJobs) {
  const std::string json_of_one = ran(words({"--jobs", "1", "--json", "-"})).out;
  const std::string text_of_one = ran(words({"--jobs", "1"})).out;
  for (const char* const jobs : {"2", "3", "7", "32"}) {
    EXPECT_EQ(ran(words({"--jobs", jobs, "--json", "-"})).out, json_of_one) << jobs;
    EXPECT_EQ(ran(words({"--jobs", jobs})).out, text_of_one) << jobs;
  }
}

TEST_F(RunCommand, AnotherSeedGivesAnotherFingerprint) {
  const json one = json::parse(ran(words({"--json", "-"})).out);
  const json two = json::parse(ran(words({"--json", "-", "--seed", "2"})).out);
  EXPECT_NE(one["points"][0]["fingerprint"], two["points"][0]["fingerprint"]);
}

TEST_F(RunCommand, EveryPointHasWallAndCpuAndAllButSequentialASpeedup) {
  const json report = json::parse(ran(words({"--json", "-"})).out);
  std::map<std::string, int> metrics;
  for (const json& point : report["points"]) {
    ++metrics[point["metric"]];
    EXPECT_TRUE(point["measured"].is_null());
    EXPECT_LE(point["predicted"]["low"], point["predicted"]["median"]);
    EXPECT_LE(point["predicted"]["median"], point["predicted"]["high"]);
  }
  EXPECT_EQ(metrics, (std::map<std::string, int>{{"wall", 5}, {"speedup", 4}, {"cpu", 5}}));
  EXPECT_EQ(report["interrupted"], false);
  EXPECT_EQ(report["summary"]["n"], 0);
}

TEST_F(RunCommand, JsonOnStandardOutputTakesThePlaceOfTheText) {
  EXPECT_TRUE(json::accept(ran(words({"--json", "-"})).out));
  EXPECT_THAT(ran(words({"--csv", "-"})).out, StartsWith("scenario,file,strategy,"));
  const test::Ran both = ran(words({"--json", "-", "--csv", "-"}));
  EXPECT_EQ(both.code, 2);
  EXPECT_THAT(both.err, HasSubstr("--json and --csv both go to '-'"));
}

TEST_F(RunCommand, AFileIsWrittenBesideTheText) {
  const test::Ran result = ran(words({"--json", folder_.path("r.json")}));
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, StartsWith("mix: "));
  EXPECT_TRUE(json::accept(test::read_text(folder_.path("r.json"))));
  EXPECT_EQ(folder_.names(), (std::vector<std::string>{"host.yaml", "mix.yaml", "r.json"}));
}

TEST_F(RunCommand, APlaceThatCannotBeWrittenIsFoundBeforeTheWork) {
  const test::Ran result = ran(words({"--json", folder_.path("absent/r.json")}));
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("gilsim: error: cannot write '"));
}

TEST_F(RunCommand, AnExpectationThatHoldsIsSilent) {
  const std::string path =
      folder_.write("held.yaml", kMix + "expect: {threads@4: {speedup: {min: 1.2}}}\n");
  const test::Ran result = ran({"run", path, "--host", host_});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
}

TEST_F(RunCommand, AnExpectationThatFailsIsExitCodeOneAfterTheReport) {
  const std::string path = folder_.write("failed.yaml", kMix +
                                                            "expect:\n"
                                                            "  threads@4: {speedup: {min: 100}}\n"
                                                            "  sequential: {wall: {max: 0.001}}\n");
  const test::Ran result = ran({"run", path, "--host", host_});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.out, HasSubstr("Again: gilsim run"));
  EXPECT_THAT(result.err, HasSubstr(path + ": expect: threads@4: speedup: "));
  EXPECT_THAT(result.err, HasSubstr(", expected at least 100×\n"));
  EXPECT_THAT(result.err, HasSubstr(path + ": expect: sequential: wall: "));
  EXPECT_THAT(result.err, HasSubstr(", expected at most 1.00 ms\n"));
}

TEST_F(RunCommand, PrintConfigReadsBackAndRunsNothing) {
  const test::Ran result = ran(words({"--print-config", "--set", "workers=[3]"}));
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, Not(HasSubstr("Again:")));
  const scenario::Scenario read = scenario::read_scenario_text(result.out, "printed");
  EXPECT_EQ(read.workers, (std::vector<int>{3}));
}

TEST_F(RunCommand, ErrorsOfAllFilesAreShownAtOnce) {
  const std::string bad = folder_.write("bad.yaml", "questoin: x\n");
  const std::string worse = folder_.write("worse.yaml", "");
  const test::Ran result = ran({"run", bad, worse, "--host", host_});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(bad + ":1:1: error: "));
  EXPECT_THAT(result.err, HasSubstr(worse));
}

TEST_F(RunCommand, AStopBeforeTheEndIsReportedAndIsExitCode130) {
  host::StopFlag stop{true};
  const test::Ran result = ran(words({"--json", "-"}), stop);
  EXPECT_EQ(result.code, 130);
  const json report = json::parse(result.out);
  EXPECT_EQ(report["interrupted"], true);
  EXPECT_TRUE(report["points"].empty());
}

TEST_F(RunCommand, NamedThreadsHaveRatesAndLatencies) {
  const std::string convoy = folder_.write("convoy.yaml",
                                           "question: Convoy?\n"
                                           "interpreter: {switch_interval: [1ms, 5ms]}\n"
                                           "threads:\n"
                                           "  cpu: {program: [{python: 1ms}]}\n"
                                           "  io: {program: [{wait: 1ms}]}\n"
                                           "duration: 300ms\n");
  const json report =
      json::parse(ran({"run", convoy, "--host", host_, "--replications", "3", "--json", "-"}).out);
  std::map<std::string, int> metrics;
  for (const json& point : report["points"]) ++metrics[point["metric"]];
  EXPECT_EQ(metrics, (std::map<std::string, int>{
                         {"cpu.rate", 2},
                         {"io.rate", 2},
                         {"io.p50", 2},
                         {"io.p95", 2},
                         {"io.p99", 2}}));
  EXPECT_EQ(report["points"][0]["strategy"], "cpu+io");
}

TEST_F(RunCommand, CheckSaysOkForScenariosAndProfilesAndNamesEveryError) {
  const std::string bad = folder_.write("bad.yaml", "questoin: x\n");
  const test::Ran result = ran({"check", mix_, host_, bad, "--host", host_});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, mix_ + ": ok, 5 points\n" + host_ + ": ok, 1 interpreter\n");
  EXPECT_THAT(result.err, HasSubstr("did you mean 'question'?"));
  EXPECT_EQ(ran({"check", mix_, host_, "--host", host_}).code, 0);
}

}  // namespace
}  // namespace gilsim::app
