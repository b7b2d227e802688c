#include "app/expectations.hpp"

#include "app/format.hpp"

namespace gilsim::app {
namespace {

double in_file_units(double value, const std::string& unit) {
  return unit == "ns" ? value * 1e-9 : value;
}

std::string range_text(const scenario::Range& range, const std::string& unit) {
  const double scale = unit == "ns" ? 1e9 : 1;
  std::string text;
  if (range.min) text += "at least " + human_value(*range.min * scale, unit);
  if (range.min && range.max) text += ", ";
  if (range.max) text += "at most " + human_value(*range.max * scale, unit);
  return text;
}

class Checker {
 public:
  Checker(const ScenarioReport& scenario, bool interrupted)
      : scenario_(scenario), interrupted_(interrupted) {}

  void check(const std::string& label, const std::string& metric, const scenario::Range& range) {
    bool known = false;
    for (const PointReport& point : scenario_.points) {
      if (point.point.label() != label) continue;
      known = true;
      check_point(point, metric, range);
    }
    if (!known) fail(label, metric, "the scenario has no such point");
  }

  std::vector<std::string> failures() const { return failures_; }

 private:
  void check_point(const PointReport& point, const std::string& name,
                   const scenario::Range& range) {
    const MetricReport* const metric = point.metric(name);
    if (metric == nullptr) {
      if (!interrupted_) fail(point.point.label(), name, "there is no such figure");
      return;
    }
    const analysis::Band& band = metric->predicted ? *metric->predicted : *metric->measured;
    const double value = in_file_units(band.median, metric->unit);
    if ((!range.min || value >= *range.min) && (!range.max || value <= *range.max)) return;
    fail(point.point.label(), name,
         human_value(band.median, metric->unit) + (metric->predicted ? "" : " (measured)") +
             ", expected " + range_text(range, metric->unit));
  }

  void fail(const std::string& label, const std::string& metric, const std::string& why) {
    failures_.push_back(scenario_.file + ": expect: " + label + ": " + metric + ": " + why);
  }

  const ScenarioReport& scenario_;
  bool interrupted_;
  std::vector<std::string> failures_;
};

}  // namespace

std::vector<std::string> failed_expectations(const ScenarioReport& scenario, bool interrupted) {
  Checker checker(scenario, interrupted);
  for (const auto& [label, metrics] : scenario.expect) {
    for (const auto& [metric, range] : metrics) checker.check(label, metric, range);
  }
  return checker.failures();
}

}  // namespace gilsim::app
