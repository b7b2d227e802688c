// The benchmark program as its users start it, with small amounts. No figure of time is looked at.
#include <gtest/gtest.h>
#include <stdio.h>
#include <sys/wait.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "bench/draws.hpp"

namespace gilsim::bench {
namespace {

using nlohmann::json;

struct Output {
  int status;
  std::string text;
};

Output output_of(const std::string& command) {
  FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) throw std::runtime_error("popen failed");
  Output output;
  char buffer[4096];
  while (const std::size_t n = fread(buffer, 1, sizeof buffer, pipe)) output.text.append(buffer, n);
  const int status = pclose(pipe);
  output.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return output;
}

Output bench(const std::string& arguments) {
  return output_of(std::string("'") + GILSIM_BENCH_PROGRAM + "' " + arguments);
}

json results(const std::string& arguments) {
  const Output output = bench("--json " + arguments);
  EXPECT_EQ(output.status, 0) << output.text;
  return json::parse(output.text).at("results");
}

TEST(Bench, QuickRunMeasuresEveryWorkloadOfThePlan) {
  const json plan = json::parse(bench("--list --quick").text).at("plan");
  const json findings = results("--quick");
  ASSERT_EQ(findings.size(), plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const json& finding = findings[i];
    EXPECT_EQ(finding.at("workload"), plan[i].at("workload"));
    EXPECT_EQ(finding.at("size"), plan[i].at("size"));
    EXPECT_GT(finding.at("operations"), 0);
    EXPECT_GT(finding.at("best_ns"), 0);
    EXPECT_GE(finding.at("median_ns"), finding.at("best_ns"));
    EXPECT_GT(finding.at("check"), 0);
    EXPECT_GT(finding.at("peak_resident_bytes"), 0);
  }
}

TEST(Bench, EachHandoverOfTheLockTakesOneHoldTime) {
  for (const std::string workload : {"lock", "lock-timer"}) {
    for (const json& finding : results("--quick --workload " + workload)) {
      const std::int64_t warm_up = finding.at("size").get<std::int64_t>() + 10'000;
      const std::int64_t handovers = warm_up + finding.at("operations").get<std::int64_t>();
      EXPECT_EQ(finding.at("check"), 5'000'000 * handovers) << finding;
    }
  }
}

TEST(Bench, HoldEndsAtTheSameTimeWithAndWithoutTheSimulator) {
  const json whole = results("--quick --workload hold");
  const json bare = results("--quick --workload event-set");
  ASSERT_EQ(whole.size(), bare.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(whole[i].at("check"), bare[i].at("check")) << whole[i];
  }
}

// 20 000 customers at a load of 0.8: one standard deviation of the mean wait is 8 % of it.
TEST(Bench, MeanWaitsOfQueuesAreWithinThirtyPercentOfTheory) {
  const json findings = results("--quick --workload queue");
  const double theory[] = {4.0, 0.745541};  // seconds; M/M/1, M/M/4
  ASSERT_EQ(findings.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(findings[i].at("check").get<double>() / kSecond, theory[i], 0.3 * theory[i]);
  }
}

// In 10 s there are at most 2000 intervals of 5 ms; a handover takes less than 1 ms on top.
TEST(Bench, CpuBoundThreadsHandTheLockOverOnceAnInterval) {
  const json findings = results("--quick --workload machine");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_LE(findings[0].at("check"), 2000);
  EXPECT_GE(findings[0].at("check"), 10'000 / 6);
}

TEST(Bench, TheLawCheckerChangesNothing) {
  const json watched = results("--quick --workload machine");
  const json lawless = results("--quick --workload machine-lawless");
  EXPECT_EQ(watched[0].at("operations"), lawless[0].at("operations"));
  EXPECT_EQ(watched[0].at("check"), lawless[0].at("check"));
}

TEST(Bench, RepetitionsOfTheWholeMachineDoTheSame) {
  const json findings = results("--workload machine-io --size 8 --amount 1000 --repetitions 3");
  EXPECT_EQ(findings.at(0).at("repetitions"), 3);
}

TEST(Bench, UnknownWorkloadIsAUsageError) {
  const Output output = bench("--workload lokc");
  EXPECT_EQ(output.status, 2);
  EXPECT_EQ(output.text.find("error: the plan has no such workload and size for this program\n"),
            0u)
      << output.text;
}

TEST(Bench, PythonPeersDrawTheSameNumbers) {
  const Output python =
      output_of("PYTHONDONTWRITEBYTECODE=1 PYTHONPATH='" GILSIM_SOURCE_DIR
                "/bench/peers/simpy' python3 -c 'import draws; print(draws.services(1000)); "
                "print(draws.interarrivals(4, 1000)); print(draws.hold_first(1000)); "
                "print(draws.hold_increments())'");
  ASSERT_EQ(python.status, 0) << python.text;
  const auto line = [](Exponentials draws, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i ? ", " : "[") + std::to_string(draws.next());
    return text + "]\n";
  };
  HoldTimes times;
  std::string increments;
  for (int i = 0; i < 8192; ++i) increments += (i ? ", " : "[") + std::to_string(times.increment());
  EXPECT_TRUE(python.text == line(service_times(), 1000) + line(interarrival_times(4), 1000) +
                                 line({"hold/first", kSecond}, 1000) + increments + "]\n");
}

}  // namespace
}  // namespace gilsim::bench
