#include "app/run_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using testing::HasSubstr;

RunStore two_points() {
  RunStore store;
  store.seed = 7;
  store.cores = 2;
  store.host = {"f00", "a processor", "6.18", "glibc 2.36"};
  store.first = "2026-01-01T00:00:00Z";
  store.latest = "2026-01-02T00:00:00Z";
  store.driver = "d";
  store.profile = "2025-12-31T00:00:00Z";
  store.speeds["3.11.2"] = {{0.97, 0.9, 1.01, 8}, {1, 1.02}};
  RunFigures one, other;
  one.figures = {{"wall", "ns", 1500}, {"x.rate", "1/s", 2.5}};
  one.voluntary_switches = 12;
  other.figures = {{"wall", "ns", 1600}};
  store.add({"mix", "threads@2, 2 cores, 3.11.2, 5ms", "w1", {one, other}, {31}});
  store.add({"mix", "sequential, 2 cores, 3.11.2, 5ms", "w2", {}, {}});
  return store;
}

std::string complaint(const std::string& text) {
  const test::TemporaryFolder folder;
  try {
    RunStore::read(folder.write("runs.json", text));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "fine";
}

TEST(RunStore, ReadsBackWhatItWrote) {
  const test::TemporaryFolder folder;
  const RunStore store = RunStore::read(folder.write("runs.json", two_points().text()));
  EXPECT_EQ(store.text(), two_points().text());
  const KeptPoint* const point = store.find("mix", "w1");
  ASSERT_NE(point, nullptr);
  ASSERT_EQ(point->runs.size(), 2u);
  EXPECT_EQ(point->runs[0].value("wall"), 1500);
  EXPECT_EQ(point->runs[0].value("x.rate"), 2.5);
  EXPECT_EQ(point->runs[0].voluntary_switches, 12);
  EXPECT_FALSE(point->runs[1].value("x.rate")) << "that run had none";
  EXPECT_EQ(point->handovers, std::vector<double>{31});
  EXPECT_EQ(store.speeds.at("3.11.2").before.median, 0.97);
  EXPECT_EQ(store.speeds.at("3.11.2").before.low, 0.9);
  EXPECT_EQ(store.profile, "2025-12-31T00:00:00Z");
}

TEST(RunStore, ALineAPointKeepsDifferencesReadable) {
  const std::string text = two_points().text();
  EXPECT_THAT(text, HasSubstr("\n{\"scenario\":\"mix\",\"point\":\"threads@2"));
  EXPECT_THAT(text, HasSubstr("\n{\"scenario\":\"mix\",\"point\":\"sequential"));
}

TEST(RunStore, FindsByScenarioAndWorkAlone) {
  const RunStore store = two_points();
  EXPECT_EQ(store.find("other", "w1"), nullptr);
  EXPECT_EQ(store.find("mix", "w3"), nullptr);
}

TEST(RunStore, RefusesWhatIsNoneWithTheFilesName) {
  EXPECT_THAT(complaint("{"), HasSubstr("runs.json' can't be understood"));
  EXPECT_THAT(complaint("{}"), HasSubstr("runs.json' does not hold real runs"));
  EXPECT_THAT(complaint("[1]"), HasSubstr("does not hold real runs"));
  EXPECT_THAT(complaint(R"({"kind": "real runs", "schema": 99})"),
              HasSubstr("another version of this program"));
  EXPECT_THAT(complaint(R"({"kind": "real runs", "schema": 1})"), HasSubstr("can't be understood"));
  EXPECT_THROW(RunStore::read("/absent/runs.json"), UsageError);
}

TEST(RunStore, EveryFigureNeedsAValueARun) {
  std::string text = two_points().text();
  const std::string pair = "[1500,1600]";
  text.replace(text.find(pair), pair.size(), "[1500]");
  EXPECT_THAT(complaint(text), HasSubstr("'wall' has not a figure a run"));
}

}  // namespace
}  // namespace gilsim::app
