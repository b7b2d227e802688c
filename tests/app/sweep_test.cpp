#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/line_stream.hpp"
#include "models/configuration.hpp"
#include "scenario/family.hpp"
#include "scenario/read.hpp"
#include "tests/app/mix_fixture.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kMix = test::kMixTasks +
                         "strategies: [sequential, threads]\n"
                         "workers: [2]\n"
                         "expect: {threads@2: {speedup: {min: 1}}}\n";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) break;
    begin = end + 1;
  }
  return lines;
}

class Sweep : public test::MixFixture {
 protected:
  Sweep() : MixFixture("sweep", kMix) {}

  test::Ran sweep(const std::vector<std::string>& more) const { return ran(words(more)); }

  // The records without the header.
  std::vector<json> records(const std::vector<std::string>& more) const {
    std::vector<std::string> with = more;
    with.insert(with.end(), {"--ndjson", "-"});
    std::vector<json> parsed;
    for (const std::string& line : lines_of(sweep(with).out)) parsed.push_back(json::parse(line));
    if (!parsed.empty()) parsed.erase(parsed.begin());
    return parsed;
  }
};

TEST_F(Sweep, EveryCombinationTimesTheScenariosOwnPoints) {
  const std::vector<json> points =
      records({"--vary", "workers=1..3", "--vary", "machine.cores=1,2"});
  ASSERT_EQ(points.size(), 12U);
  for (std::size_t i = 0; i < points.size(); ++i) EXPECT_EQ(points[i]["point"], i);
  EXPECT_EQ(points[3]["varied"], (json{{"workers", 1}, {"machine.cores", 2}}));
  EXPECT_EQ(points[3]["label"], "threads@1");
  EXPECT_EQ(points[3]["cores"], 2);
  EXPECT_EQ(points[3]["combination"], 1);
}

TEST_F(Sweep, APointIsWhatRunSaysOfItWithTheSameSettings) {
  const std::vector<json> points =
      records({"--vary", "interpreter.switch_interval=100us..10ms:log:3", "--vary", "workers=2,4",
               "--replications", "4", "--seed", "7"});
  const json run = json::parse(
      ran({"run", mix_, "--host", host_, "--set", "expect={sequential: {wall: {min: 0}}}", "--set",
           "interpreter.switch_interval=1ms", "--set", "workers=[4]", "--replications", "4",
           "--seed", "7", "--json", "-"})
          .out);
  int compared = 0;
  for (const json& one : run["points"]) {
    for (const json& point : points) {
      if (point["varied"] != json{{"interpreter.switch_interval_ns", 1'000'000}, {"workers", 4}} ||
          point["strategy"] != one["strategy"]) {
        continue;
      }
      ++compared;
      EXPECT_EQ(point["fingerprint"], one["fingerprint"]);
      const json& figure = point["figures"][one["metric"].get<std::string>()];
      const std::string suffix = one["unit"] == "ns" ? "_ns" : "";
      for (const char* const which : {"median", "low", "high"}) {
        EXPECT_EQ(figure[which + suffix], one["predicted"][which]) << one["metric"];
      }
    }
  }
  EXPECT_EQ(compared, 5);
}

// One task sequence on one core, nobody else there: the switch interval changes nothing but what
// the draws change.
TEST_F(Sweep, PointsHaveTheSameDraws) {
  const std::vector<json> points =
      records({"--set", "strategies=[sequential]", "--vary",
               "interpreter.switch_interval=1ms..100ms:log:5", "--replications", "3"});
  ASSERT_EQ(points.size(), 5U);
  for (const json& point : points) {
    EXPECT_EQ(point["figures"], points[0]["figures"]);
    EXPECT_EQ(point["fingerprint"], points[0]["fingerprint"]);
  }
  const std::vector<json> other =
      records({"--set", "strategies=[sequential]", "--vary", "interpreter.switch_interval=1ms",
               "--replications", "3", "--seed", "2"});
  EXPECT_NE(other[0]["figures"], points[0]["figures"]);
}

TEST_F(Sweep, AnotherPointKeepsItsNamedStreams) {
  const scenario::ScenarioFamily family = scenario::ScenarioFamily::read_text(
      kMix, "mix.yaml", {}, {"workers=1..8", "machine.cores=1,2"}, scenario::Combination::kProduct);
  const model::HostProfile profile = test::round_profile();
  const auto draws = [&](std::size_t member, std::uint64_t replication) {
    const auto points = scenario::expand(family.member(member), profile, "mix.yaml");
    return model::sample_tasks(points.back().configuration, 1, replication);
  };
  for (std::size_t member = 1; member < family.size(); ++member) {
    EXPECT_EQ(draws(member, 3), draws(0, 3));
  }
  EXPECT_NE(draws(0, 3), draws(0, 4));
}

TEST_F(Sweep, NdjsonAndCsvAreTheSameToTheByteForAnyNumberOfJobs) {
  const auto outputs = [&](const std::string& jobs) {
    const std::string ndjson = folder_.path("s.ndjson"), csv = folder_.path("s.csv");
    const test::Ran result = sweep({"--vary", "workers=1..9", "--vary", "workload.tasks=1..5",
                                    "--jobs", jobs, "--precision", "5%", "--max-replications", "40",
                                    "--ndjson", ndjson, "--csv", csv, "--overwrite"});
    EXPECT_EQ(result.code, 0) << result.err;
    return std::vector<std::string>{test::read_text(ndjson), test::read_text(csv), result.out};
  };
  const std::vector<std::string> one = outputs("1");
  EXPECT_EQ(lines_of(one[0]).size(), 91U);
  for (const char* const jobs : {"2", "3", "7", "32"}) EXPECT_EQ(outputs(jobs), one) << jobs;
}

TEST_F(Sweep, ASequentialAfterTheOthersGivesTheSameSpeedups) {
  const auto speedups = [&](const std::string& strategies) {
    std::map<std::string, json> found;
    for (const json& point : records({"--set", "strategies=" + strategies, "--jobs", "3", "--vary",
                                      "workload.tasks=4..40:step:4"})) {
      if (point["strategy"] == "threads") {
        found[point["varied"].dump()] = point["figures"].at("speedup");
      }
    }
    return found;
  };
  const auto expected = speedups("[sequential, threads]");
  EXPECT_EQ(expected.size(), 10U);
  EXPECT_EQ(speedups("[threads, sequential]"), expected);
}

TEST_F(Sweep, ThePrecisionIsReachedOrSaidToBeMissed) {
  const std::vector<std::string> common = {"--set", "strategies=[threads]", "--vary",
                                           "workers=1..4"};
  std::vector<std::string> some = common;
  some.insert(some.end(), {"--precision", "10%", "--replications", "3"});
  for (const json& point : records(some)) {
    EXPECT_GE(point["replications"], 3);
    EXPECT_LE(point["half_width"], 0.10);
  }
  std::vector<std::string> few = common;
  few.insert(few.end(), {"--precision", "0.01%", "--max-replications", "6"});
  const test::Ran missed = sweep(few);
  EXPECT_EQ(missed.code, 0);
  EXPECT_EQ(missed.err,
            "gilsim: warning: 4 points not within the precision after 6 replications; "
            "--max-replications allows more\n");
  for (const json& point : records(few)) EXPECT_EQ(point["replications"], 6);
}

TEST_F(Sweep, FewerReplicationsAreTheFirstOfMore) {
  const auto with = [&](const std::string& precision) {
    return records({"--vary", "workload.tasks=8", "--precision", precision})[0];
  };
  const json rough = with("30%"), fine = with("3%");
  ASSERT_LT(rough["replications"], fine["replications"]);
  const std::string count = std::to_string(rough["replications"].get<int>());
  const json fixed = records({"--vary", "workload.tasks=8", "--replications", count})[0];
  EXPECT_EQ(fixed["fingerprint"], rough["fingerprint"]);
}

TEST_F(Sweep, TheSummarySaysWhatWasVariedAndWhereEachFigureIsBest) {
  const test::Ran result =
      sweep({"--vary", "workers=1..3", "--vary", "interpreter.switch_interval=1ms,5ms"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out,
              StartsWith("mix: Do threads help?\nHost: round figures for tests (" + host_ +
                         ")\nVaried: workers: 1, 2, 3\n"
                         "Varied: interpreter.switch_interval: 1ms, 5ms\n"
                         "12 points, 6 combinations (all with all); 3 replications; seed 1\n"));
  EXPECT_THAT(result.out, testing::ContainsRegex("speedup  best +[0-9.]+×  .* threads@3 +3 "));
  EXPECT_THAT(result.out, testing::ContainsRegex("wall +best .*threads@3"));
  EXPECT_THAT(result.out, EndsWith("Again: gilsim sweep --vary workers=1..3 --vary "
                                   "interpreter.switch_interval=1ms,5ms --host " +
                                   host_ + " --seed 1 --replications 3 " + mix_ + "\n"));
}

TEST_F(Sweep, CsvHasAColumnForEachVariedKeyAndARowForEachFigure) {
  const test::Ran result = sweep({"--vary", "interpreter.switch_interval=1ms,5ms", "--csv", "-"});
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 1U + 2 * (2 + 3));
  EXPECT_EQ(
      lines[0],
      "point,varied.interpreter.switch_interval_ns,label,strategy,workers,cores,interpreter,"
      "switch_interval_ns,lock,metric,unit,median,low,high,replications,half_width,fingerprint\r");
  EXPECT_THAT(lines[1],
              StartsWith("0,1000000,sequential,sequential,1,2,3.11.2,1000000,interval,wall,ns,"));
}

TEST_F(Sweep, EveryRecordSaysItsLock) {
  const std::vector<json> varied = records({"--vary", "interpreter.lock=none,fifo"});
  ASSERT_EQ(varied.size(), 4U);
  EXPECT_EQ(varied[1]["lock"], "none");
  EXPECT_EQ(varied[2]["lock"], "fifo");
  EXPECT_EQ(records({"--vary", "workers=2"}).at(0)["lock"], "interval");
}

TEST_F(Sweep, PointsThatDifferByTheirLockAloneAreToldApart) {
  const test::Ran result =
      sweep({"--vary", "workers=2", "--set", "interpreter.lock=[interval, none]"});
  EXPECT_THAT(result.out, AllOf(HasSubstr("threads@2, interval"), HasSubstr("threads@2, none")));
}

TEST_F(Sweep, VersionsAreTextAndMixedNumbersAreNumbers) {
  const std::vector<json> versions = records({"--vary", "interpreter.version=3.11"});
  EXPECT_EQ(versions.at(0)["varied"]["interpreter.version"], "3.11");
  const std::vector<json> cvs = records(
      {"--vary",
       "workload.task[1].wait={lognormal: {mean: 5ms, cv: 1}},{lognormal: {mean: 5ms, cv: 2}}"});
  EXPECT_EQ(cvs.at(0)["varied"]["workload.task[1].wait"], "{lognormal: {mean: 5ms, cv: 1}}");
}

TEST_F(Sweep, AValueThatIsIllegalForOnePointIsFoundBeforeAnythingIsWritten) {
  const std::string path = folder_.path("s.ndjson");
  const test::Ran result =
      sweep({"--vary", "workers=1..4", "--vary", "workload.tasks=5,6,0", "--ndjson", path});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "--vary:1:20: error: 'tasks' must be at least 1, not 0\n"
            "  workload.tasks=5,6,0\n"
            "                     ^\n");
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(Sweep, WhatOnlyTheProfileKnowsIsFoundBeforehandToo) {
  const test::Ran result =
      sweep({"--vary", "workers=1,2", "--vary", "interpreter.version=3.11,3.9"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, StartsWith("--vary:1:26: error: the host profile has no interpreter "
                                     "'3.9'\n  interpreter.version=3.11,3.9\n"));
}

TEST_F(Sweep, AnInterpreterWhoseLockNoModelFitsIsFoundBeforehandWithItsPlace) {
  model::HostProfile profile = test::round_profile();
  profile.interpreters.push_back(profile.interpreters.front());
  profile.interpreters.back().implementation = "pypy";
  profile.interpreters.back().version = "7.3";
  const std::string host = folder_.write("pypy.yaml", scenario::print_host_profile(profile));
  const std::string file = folder_.path("s.ndjson");
  const test::Ran result = ran(
      {"sweep", mix_, "--host", host, "--ndjson", file, "--vary", "interpreter.version=3.11,7.3"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, StartsWith("--vary:1:26: error: 'sequential' cannot be simulated: no "
                                     "lock model for pypy 7.3; there are:"));
  EXPECT_THAT(result.err, HasSubstr("hint: choose another interpreter.version, or say which lock: "
                                    "interpreter.lock"));
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(ran({"sweep", mix_, "--host", host, "--vary", "interpreter.version=3.11,7.3", "--set",
                 "interpreter.lock=none"})
                .code,
            0);
}

TEST_F(Sweep, WrongOptionsSayTheWayOut) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "gilsim: error: nothing to vary\n  hint: --vary workers=1..16"},
      {{"--vary", "workers=1,2", mix_}, "a sweep takes one scenario file"},
      {{"--vary", "workers=1", "--precision", "3"}, "--precision '3' is not a share"},
      {{"--vary", "workers=1", "--precision", "x%"}, "--precision 'x%' is not a share"},
      {{"--vary", "workers=1", "--max-replications", "3"}, "has no meaning without --precision"},
      {{"--vary", "workers=1", "--resume"}, "--resume needs the file to go on with"},
      {{"--vary", "workers=1", "--resume", "--ndjson", "-"}, "--resume needs the file"},
      {{"--vary", "workers=1", "--ndjson", "-", "--csv", "-"}, "both go to '-'"},
      {{"--vary", "host=default,this"}, "--host and --vary host=... do not go together"},
  };
  for (const auto& [more, complaint] : cases) {
    const test::Ran result = sweep(more);
    EXPECT_EQ(result.code, 2) << complaint;
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr(complaint));
  }
}

class Resume : public Sweep {
 protected:
  std::vector<std::string> options(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {"--vary",   "workers=1..6", "--vary", "workload.tasks=2,9",
                                    "--ndjson", path_,          "--csv",  csv_};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  std::string path_ = folder_.path("s.ndjson");
  std::string csv_ = folder_.path("s.csv");
};

// Cut anywhere: between lines, within one, in the middle of a combination, in the header, at 0.
TEST_F(Resume, IsTheUninterruptedSweepByteForByteWhereverItWasCut) {
  ASSERT_EQ(sweep(options()).code, 0);
  const std::string whole = test::read_text(path_), csv = test::read_text(csv_);
  const std::string summary = sweep(options({"--resume"})).out;
  ASSERT_GT(whole.size(), 4000U);
  for (std::size_t cut = 0; cut <= whole.size(); cut += whole.size() / 23) {
    folder_.write("s.ndjson", whole.substr(0, cut));
    const test::Ran result = sweep(options({"--resume", "--jobs", "2"}));
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(test::read_text(path_), whole) << cut;
    EXPECT_EQ(test::read_text(csv_), csv) << cut;
    EXPECT_EQ(result.out, summary) << cut;
  }
}

TEST_F(Resume, BeginsWhereThereIsNoFileYet) {
  EXPECT_EQ(sweep(options({"--resume"})).code, 0);
  EXPECT_EQ(lines_of(test::read_text(path_)).size(), 25U);
}

TEST_F(Resume, AnotherSweepIsRefusedAndLeftAsItIs) {
  ASSERT_EQ(sweep(options()).code, 0);
  const std::string before = test::read_text(path_), csv = test::read_text(csv_);
  const auto refused = [&](const std::vector<std::string>& more) {
    const test::Ran result = sweep(more);
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(test::read_text(path_), before);
    EXPECT_EQ(test::read_text(csv_), csv);
    return result.err;
  };
  EXPECT_THAT(refused(options({"--resume", "--seed", "2"})),
              HasSubstr("'" + path_ +
                        "' is another sweep: its seed is 1, not 2\n  hint: name "
                        "another file, or begin anew with --overwrite"));
  EXPECT_THAT(refused(options({"--resume", "--vary", "machine.cores=1,2"})),
              HasSubstr("is another sweep: its varied is "));
  EXPECT_THAT(refused(options({"--resume", "--set", "workload.task[0].python=3ms"})),
              HasSubstr("the scenario or the host profile has changed"));
  EXPECT_THAT(refused(options()), HasSubstr("'" + path_ + "' is there already\n  hint: --resume"));
  EXPECT_EQ(sweep(options({"--seed", "2", "--overwrite"})).code, 0);
}

TEST_F(Resume, WhatIsNoSweepIsRefused) {
  folder_.write("s.ndjson", "{\"a\": 1}\n");
  EXPECT_THAT(sweep(options({"--resume"})).err, HasSubstr("is not the NDJSON of a sweep"));
  ASSERT_EQ(sweep(options({"--overwrite"})).code, 0);
  std::vector<std::string> lines = lines_of(test::read_text(path_));
  folder_.write("s.ndjson", lines[0] + "\n" + lines[1] + "\n" + lines[3] + "\n");
  EXPECT_THAT(sweep(options({"--resume"})).err,
              HasSubstr("', line 3: not the point that belongs there"));
}

TEST_F(Resume, AStopBeforeTheFirstPointLeavesAFileToGoOnWith) {
  ASSERT_EQ(sweep(options()).code, 0);
  const std::string whole = test::read_text(path_);
  folder_.write("s.ndjson", lines_of(whole)[0] + "\n" + lines_of(whole)[1] + "\n");
  host::StopFlag stop{true};
  const test::Ran stopped = ran(words(options({"--resume"})), stop);
  EXPECT_EQ(stopped.code, 130);
  ASSERT_EQ(sweep(options({"--resume"})).code, 0);
  EXPECT_EQ(test::read_text(path_), whole);
}

TEST_F(Sweep, AnUnwritablePlaceAndAFullDiskAreExitCodeThree) {
  const test::Ran absent =
      sweep({"--vary", "workers=1,2", "--ndjson", folder_.path("absent/s.ndjson")});
  EXPECT_EQ(absent.code, 3);
  EXPECT_THAT(absent.err, HasSubstr("absent/s.ndjson': No such file or directory"));
  for (const char* const option : {"--ndjson", "--csv"}) {
    const test::Ran full = sweep({"--vary", "workers=1,2", option, "/dev/full"});
    EXPECT_EQ(full.code, 3) << option;
    EXPECT_THAT(full.err, HasSubstr("cannot write '/dev/full': No space left on device"));
  }
}

TEST(LineStream, TwoProgramsDoNotWriteOneFile) {
  const test::TemporaryFolder folder;
  std::ostringstream unused;
  const LineStream first(folder.path("s"), unused);
  EXPECT_THROW(LineStream(folder.path("s"), unused), std::runtime_error);
}

TEST(LineStream, KeepsWhatItIsToldToAndGoesOnThere) {
  const test::TemporaryFolder folder;
  std::ostringstream unused;
  LineStream stream(folder.write("s", "one\ntwo\nthr"), unused);
  EXPECT_EQ(test::read_text(folder.path("s")), "one\ntwo\nthr");
  stream.keep(8);
  stream.append("three\n");
  EXPECT_EQ(test::read_text(folder.path("s")), "one\ntwo\nthree\n");
}

}  // namespace
}  // namespace gilsim::app
