#include "scenario/scaled_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"
#include "sample_profile.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;

std::string batch(const std::string& task, const std::string& scales) {
  return "question: What if?\nstrategies: [threads]\nworkload: {tasks: 2, task: [" + task + "]" +
         scales + "}\n";
}

std::vector<model::Step> task_of(const std::string& task, const std::string& scales) {
  const auto points = expand(read_scenario_text(batch(task, scales), "test.yaml"),
                             read_host_profile_text(kSampleProfile, "host.yaml"), "test.yaml");
  return points.front().configuration.batch.task;
}

double share_of_waiting(const std::vector<model::Step>& task) {
  const TaskMeans means = *means_of(task);
  return means.waiting / means.total();
}

const std::string kSteps =
    "{python: 2ms}, {native: 1ms}, {wait: {lognormal: {mean: 3ms, cv: 0.5}}}";

TEST(ScaledTask, TakesTheTimeAskedForAndKeepsItsShares) {
  const auto task = task_of(kSteps, ", task_time: 60ms");
  EXPECT_EQ(means_of(task)->total(), 60e6);
  EXPECT_DOUBLE_EQ(share_of_waiting(task), 0.5);
}

TEST(ScaledTask, WaitsForTheShareAskedForAndKeepsItsTime) {
  for (const double share : {0.0, 0.25, 0.9, 1.0}) {
    const auto task = task_of(kSteps, ", waiting: " + std::to_string(share));
    EXPECT_EQ(means_of(task)->total(), 6e6);
    EXPECT_DOUBLE_EQ(share_of_waiting(task), share);
  }
}

TEST(ScaledTask, HasNoStepThatIsScaledToNothing) {
  EXPECT_EQ(task_of(kSteps, ", waiting: 0").size(), 2U);
  EXPECT_EQ(task_of(kSteps, ", waiting: 1").size(), 1U);
}

TEST(ScaledTask, KeepsKindsProportionsAndVariation) {
  const auto task = task_of(kSteps, ", task_time: 12ms, waiting: 0.75");
  EXPECT_EQ(model::mean_of(std::get<model::PythonStep>(task[0]).time),
            sim::Duration::milliseconds(2));
  EXPECT_EQ(model::mean_of(std::get<model::NativeStep>(task[1]).time),
            sim::Duration::milliseconds(1));
  const auto wait = std::get<model::Lognormal>(std::get<model::WaitStep>(task[2]).time);
  EXPECT_EQ(wait.mean, sim::Duration::milliseconds(9));
  EXPECT_EQ(wait.cv, 0.5);
}

TEST(ScaledTask, ASingleKindOfStepCannotBeMadeTheOther) {
  EXPECT_EQ(complaint(batch("{python: 2ms}", ", waiting: 0.5")),
            "test.yaml:3:45: error: 'waiting' cannot be met: no step of the task waits\n"
            "  workload: {tasks: 2, task: [{python: 2ms}], waiting: 0.5}\n"
            "                                              ^\n"
            "  hint: give 'task' a bytecode or native step and a wait whose times are durations");
  EXPECT_THAT(complaint(batch("{wait: 2ms}", ", waiting: 0.5")),
              HasSubstr("'waiting' cannot be met: no step of the task computes"));
  EXPECT_THAT(complaint(batch("{python: {loops: 20}}", ", task_time: 1ms")),
              HasSubstr("'task_time' cannot be met: a step says a number of loops and no time"));
  EXPECT_THAT(complaint(batch("{wait: 0s}", ", task_time: 1ms")),
              HasSubstr("'task_time' cannot be met: the task takes no time"));
}

}  // namespace
}  // namespace gilsim::scenario
