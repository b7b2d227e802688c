#include "app/validation_summary.hpp"

#include <set>

#include "app/format.hpp"
#include "app/report_tables.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

// "cpu.rate" and "sleeper.rate" are one kind of metric.
std::string kind_of(const std::string& metric) {
  const std::size_t dot = metric.rfind('.');
  return dot == std::string::npos ? metric : metric.substr(dot + 1);
}

std::set<std::string> kinds_in(const Report& report) {
  std::set<std::string> kinds;
  for (const ScenarioReport& scenario : report.scenarios) {
    for (const PointReport& point : scenario.points) {
      for (const MetricReport& metric : point.metrics) {
        if (metric.error()) kinds.insert(kind_of(metric.metric));
      }
    }
  }
  return kinds;
}

std::string percent_or_blank(const std::optional<double>& fraction) {
  return fraction ? human_percent(*fraction) : "";
}

void add_row(TextTable& table, const std::string& kind, const std::string& predictor,
             const analysis::ErrorSummary& errors, const std::string& coverage) {
  table.add_row({kind, predictor, std::to_string(errors.n),
                 percent_or_blank(errors.median_abs_error), percent_or_blank(errors.p90_abs_error),
                 coverage});
}

// The simulation and each baseline on exactly the figures that the baseline speaks of.
struct Contest {
  std::string kind;
  std::string baseline;
  analysis::ErrorSummary ours;
  analysis::ErrorSummary theirs;
};

Contest contest_of(const Report& report, const std::string& kind, const std::string& baseline) {
  const analysis::Summary summary = summary_of(report, [&](const MetricReport& metric) {
    return kind_of(metric.metric) == kind && metric.baseline.count(baseline) != 0;
  });
  return {kind, baseline, summary.errors, summary.baselines.at(baseline)};
}

std::string lost_contest(const Contest& contest) {
  if (!contest.ours.median_abs_error || !contest.theirs.median_abs_error) return "";
  if (*contest.theirs.median_abs_error >= *contest.ours.median_abs_error) return "";
  return "The trivial baseline '" + contest.baseline + "' predicts " + contest.kind +
         " better than the simulation: median error " +
         human_percent(*contest.theirs.median_abs_error) + " against " +
         human_percent(*contest.ours.median_abs_error) + " on the same " +
         plural(contest.ours.n, "figure") + ".\n";
}

std::string decision(const ScenarioReport& scenario, std::size_t index) {
  const auto predicted = best_rival(scenario, index, &MetricReport::predicted);
  const auto measured = best_rival(scenario, index, &MetricReport::measured);
  if (!predicted || !measured || *predicted != index) return "";
  const PointReport& chosen = scenario.points[*predicted];
  const PointReport& best = scenario.points[*measured];
  const std::string where = printable(scenario.name) + " on " +
                            plural(chosen.point.configuration.machine.cores, "core") + ": ";
  if (*predicted == *measured) {
    return where + "predicted best and measured best: " + best.point.label() + ".\n";
  }
  const MetricReport* const wall = chosen.metric("wall");
  if (wall == nullptr || !wall->measured) return "";
  const double cost = wall->measured->median / best.metric("wall")->measured->median - 1;
  return where + "predicted best " + chosen.point.label() + ", measured best " +
         best.point.label() + "; the wrong choice costs " + human_percent(cost) + ".\n";
}

}  // namespace

std::string validation_summary(const Report& report) {
  const analysis::Summary all = summary_of(report);
  if (all.errors.n == 0) return "Nothing to compare: no figure has both a prediction and a run.\n";
  TextTable table;
  table.add_column("metric", TextTable::Align::kLeft);
  table.add_column("predictor", TextTable::Align::kLeft);
  for (const char* const title : {"figures", "median error", "90 % within", "coverage"}) {
    table.add_column(title);
  }
  add_row(table, "all", "simulation", all.errors, percent_or_blank(all.coverage));
  std::string lost;
  for (const std::string& kind : kinds_in(report)) {
    const analysis::Summary own =
        summary_of(report, [&](const MetricReport& m) { return kind_of(m.metric) == kind; });
    add_row(table, kind, "simulation", own.errors, percent_or_blank(own.coverage));
    for (const auto& [name, errors] : own.baselines) {
      add_row(table, kind, "'" + name + "'", errors, "");
      lost += lost_contest(contest_of(report, kind, name));
    }
  }
  std::string text =
      "Summary (error: relative, of medians; coverage: measured median inside the "
      "predicted 5 % to 95 %)\n\n" +
      table.text() + "\n";
  text += lost.empty() ? "No trivial baseline predicts any of these metrics better.\n" : lost;
  for (const ScenarioReport& scenario : report.scenarios) {
    for (std::size_t i = 0; i < scenario.points.size(); ++i) text += decision(scenario, i);
  }
  return text;
}

}  // namespace gilsim::app
