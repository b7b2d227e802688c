#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/report_csv.hpp"
#include "app/report_json.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;

PointReport threads_point() {
  PointReport point;
  point.point.strategy = "threads";
  point.point.workers = 2;
  point.point.interpreter = "3.11.2";
  point.point.configuration.strategy = model::StrategyKind::kThreads;
  point.point.configuration.machine.cores = 2;
  MetricReport wall{"wall", "ns", {}, {}, 0, {{"bound", 95.4}}};
  wall.predicted = analysis::Band{100.25, 90.5, 110.6};
  wall.measured = analysis::Band{80, 70, 90};
  wall.runs = 10;
  MetricReport speedup{"speedup", "1", {}, {}, 0, {}};
  speedup.predicted = analysis::Band{0.5, 0.25, 0.75};
  point.metrics = {wall, speedup};
  point.fingerprint = 0xabc;
  return point;
}

Report small_report() {
  Report report;
  report.command = "validate";
  report.reproduce = "gilsim validate a.yaml";
  report.seed = std::numeric_limits<std::uint64_t>::max();
  report.replications = 21;
  report.cores = 2;
  report.scenarios = {
      {"a, \"b\".yaml", "a", "Why?", "here", "question: Why?\n", {}, {threads_point()}}};
  return report;
}

TEST(ReportJson, TimesAreIntegersAndTheErrorIsRelative) {
  const json report = json::parse(report_json(small_report()));
  EXPECT_EQ(report["schema"], 1);
  EXPECT_EQ(report["seed"], std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(report["configurations"]["a, \"b\".yaml"], "question: Why?\n");
  const json& wall = report["points"][0];
  EXPECT_TRUE(wall["predicted"]["median"].is_number_integer());
  EXPECT_EQ(wall["predicted"]["median"], 100);
  EXPECT_EQ(wall["predicted"]["low"], 91);
  EXPECT_EQ(wall["measured"]["runs"], 10);
  EXPECT_EQ(wall["baseline"]["bound"], 95);
  EXPECT_NEAR(wall["error"].get<double>(), 100.25 / 80 - 1, 1e-12);
  EXPECT_EQ(wall["fingerprint"], "0000000000000abc");
}

TEST(ReportJson, WhatWasNotMeasuredIsNull) {
  const json report = json::parse(report_json(small_report()));
  const json& speedup = report["points"][1];
  EXPECT_TRUE(speedup["measured"].is_null());
  EXPECT_TRUE(speedup["error"].is_null());
  EXPECT_EQ(report["summary"]["n"], 1);
  EXPECT_EQ(report["summary"]["coverage"], 0.0);
  EXPECT_EQ(report["summary"]["baselines"]["bound"]["n"], 1);
}

TEST(ReportJson, AFigureThatIsNoNumberIsAMistakeAndNeverNull) {
  Report report = small_report();
  report.scenarios[0].points[0].metrics[1].predicted->high = std::nan("");
  EXPECT_THROW(report_json(report), std::logic_error);
  EXPECT_THROW(report_csv(report), std::logic_error);
}

TEST(ReportJson, TextThatIsNotUtf8IsStillWellFormed) {
  Report report = small_report();
  report.scenarios[0].question = "caf\xe9?";
  EXPECT_TRUE(json::accept(report_json(report)));
}

TEST(ReportCsv, FieldsAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(ReportCsv, OneLineAPointAndMetricWithAColumnForEachBaseline) {
  EXPECT_EQ(report_csv(small_report()),
            "scenario,file,strategy,workers,cores,interpreter,switch_interval_ns,lock,metric,unit,"
            "predicted,predicted_low,predicted_high,measured,measured_low,measured_high,runs,error,"
            "fingerprint,baseline_bound\r\n"
            "a,\"a, \"\"b\"\".yaml\",threads,2,2,3.11.2,5000000,,wall,ns,100,91,111,80,70,90,10,"
            "0.253125,0000000000000abc,95\r\n"
            "a,\"a, \"\"b\"\".yaml\",threads,2,2,3.11.2,5000000,,speedup,1,0.5,0.25,0.75,,,,,,"
            "0000000000000abc,\r\n");
}

}  // namespace
}  // namespace gilsim::app
