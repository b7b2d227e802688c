#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"
#include "sample_profile.hpp"

namespace gilsim::scenario {
namespace {

using testing::ElementsAre;

std::vector<Point> points_of(const std::string& text) {
  return expand(read_scenario_text(text, "test.yaml"),
                read_host_profile_text(kSampleProfile, "host.yaml"), "test.yaml");
}

std::string expand_complaint(const std::string& text) {
  try {
    points_of(text);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}

std::vector<std::string> labels(const std::vector<Point>& points) {
  std::vector<std::string> result;
  for (const Point& point : points) result.push_back(point.label());
  return result;
}

std::string batch(const std::string& lines) {
  return lines + "question: What if?\nworkload: {tasks: 9, task: [python: 1ms], chunk_size: 2}\n";
}

TEST(Expand, SequentialIsThereOnceAndPoolsForEachNumberOfWorkers) {
  const auto points =
      points_of(batch("strategies: [sequential, threads, processes]\nworkers: [2, 4]\n"));
  EXPECT_THAT(labels(points),
              ElementsAre("sequential", "threads@2", "threads@4", "processes@2", "processes@4"));
  EXPECT_EQ(points[0].workers, 1);
  EXPECT_EQ(points[2].configuration.workers, 4);
  EXPECT_EQ(points[3].configuration.strategy, model::StrategyKind::kProcesses);
  EXPECT_EQ(points[3].configuration.batch.tasks, 9);
  EXPECT_EQ(points[3].configuration.pool.chunk_size, 2);
}

TEST(Expand, DefaultsAreTheProfilesCoresItsFirstInterpreterAndFiveMilliseconds) {
  const auto points = points_of(batch("strategies: [threads]\n"));
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].configuration.machine.cores, 4);
  EXPECT_EQ(points[0].interpreter, "3.11.2");
  EXPECT_EQ(points[0].configuration.switch_interval, sim::Duration::milliseconds(5));
}

TEST(Expand, OrderIsCoresVersionIntervalStrategyWorkers) {
  const auto points =
      points_of(batch("machine: {cores: [8, 1]}\n"
                      "interpreter: {version: [\"3.1\", \"3.11\"], switch_interval: [1ms, 5ms]}\n"
                      "strategies: [sequential, threads]\nworkers: [2, 3]\n"));
  ASSERT_EQ(points.size(), 2U * 2 * 2 * 3);
  const auto at = [&](std::size_t i) {
    const Point& point = points[i];
    return std::to_string(point.configuration.machine.cores) + " " + point.interpreter + " " +
           format_duration(point.configuration.switch_interval) + " " + point.label();
  };
  EXPECT_EQ(at(0), "8 3.1.5 1ms sequential");
  EXPECT_EQ(at(2), "8 3.1.5 1ms threads@3");
  EXPECT_EQ(at(3), "8 3.1.5 5ms sequential");
  EXPECT_EQ(at(6), "8 3.11.2 1ms sequential");
  EXPECT_EQ(at(12), "1 3.1.5 1ms sequential");
  EXPECT_EQ(at(23), "1 3.11.2 5ms threads@3");
}

TEST(Expand, VersionMatchesWholePartsOnly) {
  const auto points = points_of(batch("interpreter: {version: \"3.1\"}\nstrategies: [threads]\n"));
  EXPECT_EQ(points[0].interpreter, "3.1.5");
}

// Both builds of one version, the free-threaded one first.
std::vector<Point> points_of_two_builds(const std::string& text) {
  model::HostProfile profile = read_host_profile_text(kSampleProfile, "host.yaml");
  model::InterpreterParameters other = profile.interpreters.front();
  other.free_threaded = true;
  profile.interpreters.insert(profile.interpreters.begin(), other);
  return expand(read_scenario_text(text, "test.yaml"), profile, "test.yaml");
}

TEST(Expand, AVersionMeansTheBuildWithTheLockAndWithATTheFreeThreadedOne) {
  const auto points = points_of_two_builds(
      batch("interpreter: {version: [\"3.11\", \"3.11t\"]}\nstrategies: [threads]\n"));
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].interpreter, "3.11.2");
  EXPECT_FALSE(points[0].configuration.interpreter.free_threaded);
  EXPECT_EQ(points[1].interpreter, "3.11.2t");
  EXPECT_TRUE(points[1].configuration.interpreter.free_threaded);
}

TEST(Expand, AMissingFreeThreadedBuildIsNotReplacedByTheOneWithTheLock) {
  EXPECT_THAT(expand_complaint(batch("interpreter: {version: \"3.11t\"}\n"
                                     "strategies: [threads]\n")),
              testing::HasSubstr("the host profile has no interpreter '3.11t'"));
}

TEST(Expand, MissingVersionIsMarkedAndTheProfilesAreNamed) {
  EXPECT_EQ(expand_complaint(batch("interpreter: {version: [\"3.11\", \"3.2\"]}\n"
                                   "strategies: [threads]\n")),
            "test.yaml:1:33: error: the host profile has no interpreter '3.2'\n"
            "  interpreter: {version: [\"3.11\", \"3.2\"]}\n"
            "                                  ^\n"
            "  hint: it has 3.11.2, 3.1.5; choose one of them or calibrate with that interpreter");
}

TEST(Expand, StartMethodThatTheInterpreterLacksIsAnError) {
  EXPECT_EQ(expand_complaint(batch("strategies: [processes]\nstart_method: forkserver\n")),
            "test.yaml:2:15: error: interpreter 3.11.2 of the host profile has no start method "
            "'forkserver'\n"
            "  start_method: forkserver\n"
            "                ^\n"
            "  hint: it has fork, spawn; set start_method to one of them");
  EXPECT_EQ(expand_complaint(batch("strategies: [processes]\ninterpreter: {version: \"3.1\"}\n")),
            "test.yaml:1:13: error: interpreter 3.1.5 of the host profile has no start method "
            "'fork'\n"
            "  strategies: [processes]\n"
            "              ^\n"
            "  hint: it has none: leave out the strategy 'processes'");
  EXPECT_EQ(expand_complaint(batch("strategies: [threads]\nstart_method: forkserver\n")), "fine");
}

TEST(Expand, OneInterpreterByTwoNamesIsAnError) {
  EXPECT_THAT(expand_complaint(batch("interpreter: {version: [\"3.11\", \"3.11.2\"]}\n"
                                     "strategies: [threads]\n")),
              testing::HasSubstr("1:33: error: '3.11.2' is interpreter 3.11.2 once more"));
}

const std::string kThreads =
    "question: What if?\nduration: 3s\nthreads:\n  cpu: {program: [python: 1ms]}\n"
    "  io: {program: [wait: 1ms]}\n";

TEST(Expand, NamedThreadsAreAPointForEachGroup) {
  const auto points = points_of(kThreads + "together: [[io], [cpu, io]]\n");
  EXPECT_THAT(labels(points), ElementsAre("io", "cpu+io"));
  EXPECT_EQ(points[1].workers, 2);
  EXPECT_EQ(points[1].strategy, "cpu+io");
  EXPECT_EQ(points[1].configuration.threads[1].name, "io");
  EXPECT_EQ(points[1].configuration.duration, sim::Duration::seconds(3));
  EXPECT_FALSE(points[1].configuration.is_batch());
}

TEST(Expand, AllNamedThreadsRunTogetherByDefault) {
  EXPECT_THAT(labels(points_of(kThreads)), ElementsAre("cpu+io"));
}

TEST(Expand, AStepThatMovesMemoryNeedsAMachineThatSaysHowMuchThereIs) {
  const std::string steps =
      "question: What if?\nstrategies: [threads]\nworkload:\n  tasks: 2\n  task:\n"
      "    - native: {time: 1ms, memory: 0}\n    - native: {time: 1ms, memory: 2}\n";
  EXPECT_EQ(expand_complaint(steps),
            "test.yaml:7:27: error: 'memory' has no meaning on a machine whose bandwidth nothing "
            "states\n"
            "      - native: {time: 1ms, memory: 2}\n"
            "                            ^\n"
            "  hint: state it, as machine: {memory: [{threads: 1, bandwidth: 9}, {threads: 4, "
            "bandwidth: 30}]}, or leave out 'memory'");
  EXPECT_EQ(expand_complaint(steps + "machine: {memory: [{threads: 1, bandwidth: 9}]}\n"), "fine");
  EXPECT_THAT(expand_complaint("question: What if?\nthreads:\n  io: {program: [wait: 1ms]}\n"
                               "  copy: {program: [native: {time: 1ms, memory: 2}]}\n"),
              testing::StartsWith("test.yaml:4:40: error: 'memory' has no meaning"));
}

TEST(Expand, AStepThatSharesAnObjectNeedsAProfileThatKnowsWhatThatCosts) {
  EXPECT_EQ(expand_complaint("question: What if?\nstrategies: [threads]\n"
                             "workload: {tasks: 2, task: [python: {time: 1ms, shares: x}]}\n"),
            "test.yaml:3:49: error: the host profile does not say what sharing an object costs on "
            "interpreter 3.11.2\n"
            "  workload: {tasks: 2, task: [python: {time: 1ms, shares: x}]}\n"
            "                                                  ^\n"
            "  hint: calibrate the host anew, or leave out 'shares'");
}

TEST(Expand, AHybridHasItsThreadsOfEachProcess) {
  const auto points = points_of(batch("strategies: [hybrid]\nworkers: [2]\nthreads_each: 3\n"));
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].label(), "hybrid@2");
  EXPECT_EQ(points[0].configuration.threads_each, 3);
}

}  // namespace
}  // namespace gilsim::scenario
