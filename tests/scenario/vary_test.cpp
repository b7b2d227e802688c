#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"
#include "scenario/family.hpp"
#include "scenario/vary_range.hpp"

namespace gilsim::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kBatch = batch_of("python: 2ms\nwait: {time: 5ms, via: udp}");

ScenarioFamily family(const std::vector<std::string>& variations,
                      Combination combination = Combination::kProduct) {
  return ScenarioFamily::read_text(kBatch, "test.yaml", {}, variations, combination);
}

std::string family_complaint(const std::vector<std::string>& variations,
                             Combination combination = Combination::kProduct) {
  try {
    const ScenarioFamily read = family(variations, combination);
    for (std::size_t i = 0; i < read.size(); ++i) read.member(i);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}

std::vector<std::string> texts(const std::string& variation) {
  return family({variation}).keys()[0].texts;
}

TEST(Range, WholeNumbersGoByOneOrByTheStep) {
  EXPECT_THAT(texts("workers=1..4"), ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(texts("workers=1..8:step:3"), ElementsAre("1", "4", "7"));
  EXPECT_THAT(texts("workers=5..5"), ElementsAre("5"));
}

TEST(Range, DurationsAreExactToTheNanosecond) {
  EXPECT_THAT(texts("interpreter.switch_interval=1ms..2ms:step:400us"),
              ElementsAre("1ms", "1.4ms", "1.8ms"));
  EXPECT_THAT(texts("interpreter.switch_interval=1us..2us:lin:4"),
              ElementsAre("1us", "1333ns", "1667ns", "2us"));
}

TEST(Range, ALogarithmicOneHasItsEndsAndEqualRatios) {
  EXPECT_THAT(texts("interpreter.switch_interval=10us..100ms:log:5"),
              ElementsAre("10us", "100us", "1ms", "10ms", "100ms"));
  EXPECT_THAT(texts("workers=1..64:log:7"), ElementsAre("1", "2", "4", "8", "16", "32", "64"));
}

TEST(Range, RealNumbersHaveNoTailOfDigits) {
  EXPECT_THAT(texts("workload.task[1].wait.time.lognormal.cv=0.1..0.3:lin:3"),
              ElementsAre("0.1", "0.2", "0.3"));
  EXPECT_THAT(texts("workload.task[1].wait.time.lognormal.cv=0.0..0.3:step:0.1"),
              ElementsAre("0", "0.1", "0.2", "0.3"));
}

TEST(Range, WhatIsNoRangeIsRefusedWithItsPlaceAndTheWayOut) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"workers=16..1",
       "--vary:1:9: error: the range '16..1' goes down\n"
       "  workers=16..1\n"
       "          ^\n"
       "  hint: write the low end first: 1..16"},
      {"workers=2, 1..8:log:20", "--vary:1:12: error: the range '1..8:log:20' gives 1 twice"},
      {"workers=0..8:log:4", "is logarithmic and begins at or below 0"},
      {"workers=1..8:lin:1", "needs a number of values, 2 or more, after 'lin'"},
      {"workers=1..8:lin", "ends after 'lin'"},
      {"workers=1..8:5", "has '5' where step, lin or log is needed"},
      {"workers=1..8:step:0", "has a step that is not above 0"},
      {"workers=1..8:step:1ms", "has a step of another kind than its ends"},
      {"workers=1..8ms", "has ends of two kinds"},
      {"workers=1..many", "has 'many', which is neither a number nor a duration"},
      {"workers=1..2000000", "has more than 1000000 values"},
      {"interpreter.switch_interval=1ms..9ms", "needs a step or a number of values"},
  };
  for (const auto& [variation, complaint] : cases) {
    EXPECT_THAT(family_complaint({variation}), HasSubstr(complaint)) << variation;
  }
}

TEST(Variation, CommasInsideBracketsAndQuotesSeparateNothing) {
  EXPECT_THAT(texts("workers=[1, 2],[3]"), ElementsAre("[1, 2]", "[3]"));
  EXPECT_THAT(texts("question='a, b', \"c\""), ElementsAre("'a, b'", "\"c\""));
  EXPECT_EQ(family({"workers=[1, 2],[3]"}).member(0).workers, (std::vector{1, 2}));
}

TEST(Variation, APlainValueOfAListIsTheListOfIt) {
  const ScenarioFamily read = family({"workers=1..2", "strategies=threads,sequential"});
  EXPECT_EQ(read.member(3).workers, std::vector{2});
  EXPECT_EQ(read.member(3).strategies, std::vector{model::StrategyKind::kSequential});
}

TEST(Variation, WhatIsNoneIsRefusedWithItsPlace) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"workers", "--vary:1:8: error: no '=' in the variation"},
      {"workers=", "--vary:1:9: error: a value is missing in the variation"},
      {"workers=1,,2", "--vary:1:11: error: a value is missing in the variation"},
      {"workers=1\n", "--vary:1:1: error: a variation is one line"},
      {"workers=[1", "error: not valid YAML"},
      {"workers=1,2,1", "--vary:1:9: error: 'workers' has the value '1' twice"},
      {"expect.x=1", "--vary:1:1: error: 'expect' has no meaning in a sweep"},
  };
  for (const auto& [variation, complaint] : cases) {
    EXPECT_THAT(family_complaint({variation}), HasSubstr(complaint)) << variation;
  }
}

TEST(Variation, AnUnknownKeyIsNamedWithASuggestionAsAfterSet) {
  EXPECT_EQ(family_complaint({"interpreter.switch_intervall=1ms,2ms"}),
            "--vary:1:13: error: unknown key 'switch_intervall'\n"
            "  interpreter.switch_intervall=1ms,2ms\n"
            "              ^\n"
            "  hint: did you mean 'switch_interval'?");
}

TEST(Variation, AnIllegalValueIsMarkedAmongTheOthers) {
  EXPECT_EQ(family_complaint({"workload.tasks=1,2,many,3"}),
            "--vary:1:20: error: 'tasks': 'many' is not a whole number\n"
            "  workload.tasks=1,2,many,3\n"
            "                     ^\n"
            "  hint: write it like 50, 50_000_000 or 5e7");
}

TEST(Family, AProductVariesTheLastKeyFastest) {
  const ScenarioFamily read = family({"workers=1,2", "workload.tasks=7,8,9"});
  ASSERT_EQ(read.size(), 6U);
  std::vector<std::pair<int, int>> seen;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const Scenario scenario = read.member(i);
    seen.emplace_back(scenario.workers[0], scenario.workload->tasks);
  }
  EXPECT_THAT(seen, ElementsAre(std::pair(1, 7), std::pair(1, 8), std::pair(1, 9), std::pair(2, 7),
                                std::pair(2, 8), std::pair(2, 9)));
}

TEST(Family, ZippedKeysGoTogetherAndMayRepeatAValue) {
  const ScenarioFamily read = family({"workers=1,1,2", "workload.tasks=7..9"}, Combination::kZip);
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read.member(1).workers, std::vector{1});
  EXPECT_EQ(read.member(1).workload->tasks, 8);
}

TEST(Family, ZippedKeysOfDifferentLengthAreRefusedWithBothLengths) {
  EXPECT_EQ(family_complaint({"workers=1..3", "workload.tasks=7..8"}, Combination::kZip),
            "--vary:1:16: error: zipped keys need equally many values: 'workload.tasks' has 2, "
            "'workers' has 3\n"
            "  workload.tasks=7..8\n"
            "                 ^\n"
            "  hint: give both as many values, or leave out --zip for all combinations");
}

TEST(Family, AKeyIsVariedOnce) {
  EXPECT_THAT(family_complaint({"workload.tasks=1..2", "workload={tasks: 2, task: [wait: 1ms]}"}),
              HasSubstr("--vary:1:1: error: 'workload' is varied beside 'workload.tasks'"));
}

TEST(Family, AMemberIsWhatTheOverridesWouldGive) {
  const ScenarioFamily read =
      family({"interpreter.switch_interval=10us..100ms:log:40", "workload.task[0].python=1ms,3ms"});
  ASSERT_EQ(read.size(), 80U);
  const std::size_t member = 37;
  const std::vector<std::size_t> choices = read.choices(member);
  const Scenario expected =
      read_scenario_text(kBatch, "test.yaml",
                         {"interpreter.switch_interval=" + read.keys()[0].texts[choices[0]],
                          "workload.task[0].python=" + read.keys()[1].texts[choices[1]]});
  EXPECT_EQ(print_config(read.member(member)), print_config(expected));
}

TEST(Family, ExpectationsAreLeftOut) {
  const ScenarioFamily read =
      ScenarioFamily::read_text(kBatch + "workers: [4]\nexpect: {threads@4: {wall: {max: 1}}}\n",
                                "test.yaml", {}, {"workers=1..2"}, Combination::kProduct);
  EXPECT_TRUE(read.member(0).expect.empty());
}

TEST(Family, MoreThanTenMillionMembersAreRefused) {
  EXPECT_THAT(family_complaint({"workers=1..10000", "workload.tasks=1..10000"}),
              HasSubstr("the sweep has more than 10000000 combinations"));
}

}  // namespace
}  // namespace gilsim::scenario
