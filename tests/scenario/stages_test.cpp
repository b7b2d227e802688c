// Graphs of tasks and devices as the file says them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"
#include "sample_profile.hpp"

namespace gilsim::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<Point> points_of(const std::string& text) {
  return expand(read_scenario_text(text, "test.yaml"),
                read_host_profile_text(kSampleProfile, "host.yaml"), "test.yaml");
}

std::string complaint_of(const std::string& text) {
  try {
    points_of(text);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}

const std::string kHead = "question: What if?\nstrategies: [threads]\n";

TEST(Stages, BecomeABatchWhoseTasksWaitForEachOther) {
  const auto points = points_of(kHead +
                                "workers: [2, 3]\nstages:\n"
                                "  read: {task: [wait: 1ms]}\n"
                                "  parse: {tasks: 4, after: read, task: [python: 2ms, wait: 1ms]}\n"
                                "  store: {tasks: 4, after: [read], each_after: parse, task: "
                                "[python: 3ms]}\n");
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[1].label(), "threads@3");
  const model::Batch& batch = points[0].configuration.batch;
  EXPECT_EQ(batch.tasks, 9);
  EXPECT_EQ(batch.task.size(), 4U);
  ASSERT_EQ(batch.stages.size(), 3U);
  EXPECT_EQ(batch.stages[1].name, "parse");
  EXPECT_EQ(batch.stages[1].steps, 2U);
  EXPECT_THAT(batch.stages[1].after, ElementsAre(0));
  EXPECT_THAT(batch.stages[2].after, ElementsAre(0));
  EXPECT_THAT(batch.stages[2].each_after, ElementsAre(1));
}

TEST(Stages, ThatWaitForEachOtherAreNamedWhereTheCycleIs) {
  EXPECT_EQ(complaint_of(kHead + "stages:\n  a: {task: [python: 1ms]}\n"
                                 "  b: {after: [a, d], task: [python: 1ms]}\n"
                                 "  c: {after: b, task: [python: 1ms]}\n"
                                 "  d: {each_after: c, task: [python: 1ms]}\n"),
            "test.yaml:5:18: error: the stages wait for each other: 'b' after 'd' after 'c' after "
            "'b'\n"
            "    b: {after: [a, d], task: [python: 1ms]}\n"
            "                   ^\n"
            "  hint: one of them must begin: take one of these names out");
}

TEST(Stages, OfAnotherNameOrNumberAreRefused) {
  EXPECT_EQ(complaint_of(kHead + "stages:\n  read: {task: [python: 1ms]}\n"
                                 "  b: {after: raed, task: [python: 1ms]}\n"),
            "test.yaml:5:14: error: no stage is named 'raed'\n"
            "    b: {after: raed, task: [python: 1ms]}\n"
            "               ^\n"
            "  hint: did you mean 'read'?");
  EXPECT_THAT(complaint_of(kHead + "stages:\n  a: {tasks: 2, task: [python: 1ms]}\n"
                                   "  b: {tasks: 3, each_after: a, task: [python: 1ms]}\n"),
              StartsWith("test.yaml:5:29: error: 'b' has 3 tasks and 'a' has 2"));
  EXPECT_THAT(complaint_of(kHead + "stages:\n  a: {task: [python: 1ms]}\n"
                                   "  b: {after: [a, a], task: [python: 1ms]}\n"),
              HasSubstr("'after' has 'a' twice"));
}

TEST(Stages, StandAlone) {
  const std::string stages = "stages: {a: {task: [python: 1ms]}}\n";
  EXPECT_THAT(complaint_of(kHead + stages + "workload: {tasks: 1, task: [python: 1ms]}\n"),
              HasSubstr("'workload' has no meaning beside 'stages'"));
  EXPECT_THAT(complaint_of("question: What if?\n" + stages), HasSubstr("need 'strategies'"));
  EXPECT_THAT(complaint_of("question: What if?\nstrategies: [dummy_pool]\n" + stages),
              HasSubstr("'dummy_pool' is modelled without tasks that wait for others"));
  EXPECT_THAT(complaint_of(kHead + "stages: {}\n"), HasSubstr("'stages'"));
}

TEST(Devices, NumberTheWaitsThatNameThem) {
  const auto points = points_of(kHead +
                                "devices: {disk: {servers: 1}, pool: {servers: 4}}\n"
                                "workload: {tasks: 2, task: [wait: {time: 1ms, via: socket, "
                                "device: pool}]}\n");
  const model::Configuration& c = points.at(0).configuration;
  ASSERT_EQ(c.devices.size(), 2U);
  EXPECT_EQ(c.devices[1].servers, 4);
  EXPECT_EQ(std::get<model::WaitStep>(c.batch.task[0]).number, 2);
}

TEST(Devices, MustBeThereAndBeAskedForSomething) {
  const std::string rest = "workload: {tasks: 2, task: [wait: {time: 1ms, ";
  EXPECT_EQ(complaint_of(kHead + rest + "via: socket, device: pool}]}\n"),
            "test.yaml:3:68: error: no device is named 'pool'\n"
            "  workload: {tasks: 2, task: [wait: {time: 1ms, via: socket, device: pool}]}\n"
            "                                                                     ^\n"
            "  hint: add devices: {pool: {servers: 4}}");
  EXPECT_THAT(complaint_of("devices: {pool: {servers: 1}}\n" + kHead + rest + "device: pool}]}\n"),
              HasSubstr("a device answers requests, and a sleep is none"));
  EXPECT_THAT(complaint_of("devices: {pool: {servers: 0}}\n" + kHead + rest + "via: udp}]}\n"),
              HasSubstr("servers"));
}

}  // namespace
}  // namespace gilsim::scenario
