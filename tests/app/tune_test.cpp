// `gilsim tune`: the best of many settings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/host_fixture.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class TuneCommand : public test::HostFixture {
 protected:
  test::Ran tuned(const std::string& file, std::vector<std::string> more) {
    more.insert(more.begin(), {"--most", "16"});
    return ran(words("tune", file, more));
  }

  // The mean wall time of the file's own setting.
  std::string bound_between_runs(const std::string& file) {
    const std::string out = tuned(file, {"--vary", "workers=2", "--minimize", "wall"}).out;
    const std::size_t row = out.find("threads@2 ");
    const std::size_t from = out.find_first_not_of(' ', row + 10);
    std::string mean = out.substr(from, out.find(" ms", from) - from);
    return mean + "ms";
  }

  std::string convoy_ = write_convoy("200ms");
  std::string waits_ = folder_.write("waits.yaml",
                                     "question: How many workers?\n"
                                     "workload: {tasks: 32, task: [{wait: 10ms}]}\n"
                                     "strategies: [threads]\n"
                                     "workers: [2]\n");
};

TEST_F(TuneCommand, FindsAsManyWorkersAsThereAreWaits) {
  const test::Ran result = tuned(waits_, {"--vary", "workers=1,4,16,32", "--minimize", "wall"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("Best: threads@32, "), HasSubstr("threads@1 "),
                                HasSubstr("worse"), HasSubstr("as it is")));
}

TEST_F(TuneCommand, TheConstraintChoosesALongerIntervalThanTheBestAlone) {
  const std::vector<std::string> vary = {"--vary", "interpreter.switch_interval=100us,1ms,20ms",
                                         "--maximize", "sleeper.rate"};
  EXPECT_THAT(tuned(convoy_, vary).out,
              HasSubstr("Best: interpreter.switch_interval=100us cpu+sleeper, "));
  std::vector<std::string> bounded = vary;
  bounded.insert(bounded.end(), {"--subject-to", "sleeper.p99 >= 2ms"});
  const std::string out = tuned(convoy_, bounded).out;
  EXPECT_THAT(out, AllOf(HasSubstr("Best: interpreter.switch_interval=1ms cpu+sleeper, "),
                         HasSubstr("1 setting does not meet the constraint"),
                         HasSubstr("and so is the constraint met"),
                         HasSubstr("Pareto front of sleeper.rate and sleeper.p99")));
}

TEST_F(TuneCommand, SettingsThatChangeNothingAreTied) {
  const test::Ran result =
      tuned(waits_, {"--vary", "interpreter.switch_interval=1ms,2ms", "--minimize", "wall"});
  EXPECT_THAT(result.out, AllOf(HasSubstr("tied"), HasSubstr("1 more cannot be told apart"),
                                Not(HasSubstr("worse\n"))));
}

TEST_F(TuneCommand, TriesTheUsualSettingsWhereNoneAreNamed) {
  const std::string out = tuned(waits_, {"--minimize", "wall"}).out;
  EXPECT_THAT(out, AllOf(HasSubstr("Best: threads@32, "),
                         HasSubstr("Tried next to the best: workers 30 (it is the largest tried)"),
                         HasSubstr("interpreter.switch_interval=500us threads@32 ")));
  EXPECT_THAT(tuned(convoy_, {"--minimize", "p99"}).out,
              AllOf(HasSubstr("Best: interpreter.switch_interval=50us cpu+sleeper, "),
                    HasSubstr("(it is the smallest tried)"), HasSubstr(" in sleeper.p99.")));
}

// Ten workers do twenty waits in two rounds, and no fewer do.
TEST_F(TuneCommand, BetweenTheValuesOfARangeItLooksCloser) {
  const std::string file = folder_.write("burst.yaml",
                                         "question: How many workers?\n"
                                         "workload: {tasks: 20, task: [{wait: 10ms}]}\n"
                                         "strategies: [threads]\nworkers: [2]\n");
  const auto best = [&](const std::string& values) {
    return tuned(file, {"--vary", "workers=" + values, "--minimize", "cpu", "--subject-to",
                        "wall <= 25ms"})
        .out;
  };
  EXPECT_THAT(best("8..16:step:8"), HasSubstr("Best: threads@10, "));
  EXPECT_THAT(best("8,16"), HasSubstr("Best: threads@16, ")) << "a list is all there is";
}

// A throughput that falls with the interval: the constraint holds from some interval on.
TEST_F(TuneCommand, TheConstraintsBorderIsFoundToATenth) {
  const std::string out = tuned(convoy_, {"--minimize", "p99", "--subject-to", "p99 >= 3ms"}).out;
  EXPECT_THAT(out,
              testing::ContainsRegex("Best: interpreter.switch_interval=(1.[789]|2|2.[01])ms"));
}

TEST_F(TuneCommand, SettingsAsGoodAsEachOtherGiveWayToThePlainest) {
  const std::string out = tuned(waits_, {"--over", "workers,interval", "--minimize", "wall"}).out;
  EXPECT_THAT(out, AllOf(HasSubstr("Best: threads@32, "), HasSubstr("more than 0.5 %")));
  EXPECT_THAT(out.substr(out.find("Pareto front")), Not(HasSubstr("switch_interval=")));
}

TEST_F(TuneCommand, ChunkSizesAreTriedForPoolsOnlyAndStrategiesWhereAskedFor) {
  const std::string file = folder_.write("short.yaml",
                                         "question: How many at once?\n"
                                         "workload: {tasks: 400, task: [{python: 200us}]}\n"
                                         "strategies: [threads]\nworkers: [2]\n");
  EXPECT_THAT(tuned(file, {"--minimize", "wall"}).out,
              AllOf(Not(HasSubstr("processes")), Not(HasSubstr("chunk_size"))));
  EXPECT_THAT(tuned(file, {"--over", "strategy,workers,chunk", "--minimize", "wall"}).out,
              AllOf(HasSubstr("Best: processes@2, "), HasSubstr("pool.chunk_size=64 processes@2")));
}

TEST_F(TuneCommand, OverKnowsFourWordsAndExcludesVary) {
  EXPECT_THAT(tuned(waits_, {"--over", "worker", "--minimize", "wall"}).err,
              AllOf(HasSubstr("--over does not know 'worker'"), HasSubstr("'workers'")));
  EXPECT_THAT(tuned(waits_, {"--over", "chunk", "--vary", "workers=1,2", "--minimize", "wall"}).err,
              HasSubstr("--vary and --over exclude each other"));
  EXPECT_THAT(tuned(convoy_, {"--over", "workers", "--minimize", "p99"}).err,
              HasSubstr("--over names nothing that this scenario depends on"));
}

TEST_F(TuneCommand, ComparesStrategiesAndChunkSizes) {
  const std::string file = folder_.write("short.yaml",
                                         "question: How many at once?\n"
                                         "workload: {tasks: 400, task: [{python: 200us}]}\n"
                                         "strategies: [sequential, processes]\n"
                                         "workers: [2]\n");
  const std::string out =
      tuned(file, {"--vary", "workload.chunk_size=1,50", "--minimize", "wall"}).out;
  EXPECT_THAT(out, AllOf(HasSubstr("Best: workload.chunk_size=50 processes@2, "),
                         HasSubstr("workload.chunk_size=1 processes@2 "),
                         HasSubstr("\n  sequential "), HasSubstr("Pareto front of wall and cpu")));
  EXPECT_EQ(out.find("chunk_size=1 sequential"), std::string::npos);
}

// A bound that a setting misses by a hair in some runs and not in others.
TEST_F(TuneCommand, ASettingThatMayBreakTheConstraintIsNotAdvised) {
  const std::string file =
      folder_.write("spread.yaml",
                    "question: How many workers?\n"
                    "workload: {tasks: 4, task: [{wait: {uniform: {min: 5ms, max: 15ms}}}]}\n"
                    "strategies: [threads]\nworkers: [2]\n");
  const std::string open = tuned(file, {"--vary", "workers=2", "--minimize", "wall", "--subject-to",
                                        "wall <= " + bound_between_runs(file)})
                               .out;
  EXPECT_THAT(open,
              AllOf(HasSubstr("No setting surely meets the constraint."),
                    HasSubstr("Of 1 setting the runs do not tell"), HasSubstr("constraint open")));
}

TEST_F(TuneCommand, ThroughputIsAShareOfTheOwnOne) {
  const std::string out = tuned(convoy_, {"--vary", "interpreter.switch_interval=1ms,20ms",
                                          "--minimize", "p99", "--subject-to", "throughput >= 1"})
                              .out;
  EXPECT_THAT(out, AllOf(HasSubstr("Best: interpreter.switch_interval=20ms cpu+sleeper, "),
                         HasSubstr("1 setting does not meet the constraint")));
}

TEST_F(TuneCommand, SaysWhatTheOwnSettingCosts) {
  EXPECT_THAT(tuned(waits_, {"--vary", "workers=1,32", "--minimize", "wall"}).out,
              HasSubstr("\nAs it is (threads@2 on 2 cores, CPython 3.11.2, switch interval 5 ms) "
                        "costs a factor of "));
  EXPECT_THAT(tuned(waits_, {"--vary", "workers=1,2", "--minimize", "wall"}).out,
              HasSubstr(" costs nothing that could be told.\n"));
}

TEST_F(TuneCommand, IsTheSameForAnyNumberOfJobs) {
  const std::vector<std::string> words = {"--vary", "workers=1,4,16", "--minimize", "wall",
                                          "--jobs"};
  std::vector<std::string> one = words, seven = words;
  one.push_back("1");
  seven.push_back("7");
  EXPECT_EQ(tuned(waits_, one).out, tuned(waits_, seven).out);
}

TEST_F(TuneCommand, SaysWhatIsMissingOrWrong) {
  EXPECT_THAT(tuned(waits_, {"--vary", "workers=1,4"}).err, HasSubstr("nothing to optimize"));
  EXPECT_THAT(
      tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wall", "--maximize", "cpu"}).err,
      HasSubstr("exclude each other"));
  EXPECT_THAT(tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wal"}).err,
              HasSubstr("has no metric 'wal'"));
  for (const char* const wrong : {"wall", "wall > 3", "wall >= soon", ">= 3", "wall >= x"}) {
    const test::Ran result =
        tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wall", "--subject-to", wrong});
    EXPECT_EQ(result.code, 2) << wrong;
    EXPECT_THAT(result.err, HasSubstr("is not a constraint")) << wrong;
  }
  EXPECT_THAT(
      tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wall", "--subject-to", "wall <= 1ns"})
          .out,
      HasSubstr("No setting meets the constraint."));
}

}  // namespace
}  // namespace gilsim::app
