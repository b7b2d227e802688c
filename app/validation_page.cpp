#include "app/validation_page.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "app/conditioning.hpp"
#include "app/format.hpp"
#include "app/markdown.hpp"
#include "app/usl_baseline.hpp"
#include "app/validation_domain.hpp"
#include "app/validation_scores.hpp"

namespace gilsim::app {
namespace {

std::string percent(const std::optional<double>& fraction) {
  return fraction ? human_percent(*fraction) : "";
}

std::string fixed2(const std::optional<double>& value) {
  if (!value) return "";
  const std::string text = std::to_string(std::round(*value * 100) / 100);
  return text.substr(0, text.find('.') + 3);
}

std::string share(int count, int of) {
  return of == 0 ? "" : human_percent(static_cast<double>(count) / of);
}

std::string sum_up(const PageSource& source, const ScenarioFilter& filter) {
  std::size_t cases = 0, files = 0;
  for (const ScenarioReport& scenario : source.report.scenarios) {
    if (!filter(scenario)) continue;
    ++files;
    for (const PointReport& point : scenario.points) {
      cases += std::any_of(point.metrics.begin(), point.metrics.end(),
                           [](const MetricReport& metric) { return metric.error().has_value(); });
    }
  }
  return plural(static_cast<long long>(cases), "case") + " of " +
         plural(static_cast<long long>(files), "scenario");
}

std::string head(const PageSource& source) {
  std::set<std::string> interpreters;
  std::size_t runs = 0, recorded = 0;
  for (const KeptPoint& point : source.store.points) {
    runs += point.runs.size();
    recorded += point.handovers.size();
  }
  for (const auto& [interpreter, speed] : source.store.speeds) interpreters.insert(interpreter);
  std::string names;
  for (const std::string& name : interpreters) names += (names.empty() ? "" : ", ") + name;
  const Study& study = source.studies.front();
  return "# Predicted beside measured\n\nMade by `" + source.report.reproduce +
         "`: do not edit.\n\n" + "- Host: " + printable(source.store.host.processor) + ", " +
         plural(source.store.cores, "core") + ", Linux " + printable(source.store.host.kernel) +
         ", " + printable(source.store.host.libc) + "\n- CPython " + names + "\n- Host profile: `" +
         study.profile_path + "`, measured " + printable(study.profile.measured) + " (" +
         printable(study.profile.description) + ")\n- Real runs: " + std::to_string(runs) +
         ", and " + std::to_string(recorded) +
         " more with the recorder for the handovers of the lock; from " +
         printable(source.store.first) + " to " + printable(source.store.latest) +
         ", round by round over all cases\n- Predictions: " +
         std::to_string(source.report.replications) + " simulations a case, seed " +
         std::to_string(source.report.seed) +
         "; they know the profile and how fast each interpreter ran before the first round, and "
         "nothing else of the runs\n\n";
}

std::string host_speed(const PageSource& source) {
  MarkdownTable table({"interpreter", "before the first round", "during the rounds [5 %, 95 %]"},
                      {"l", "r", "r"});
  for (const auto& [interpreter, speed] : source.store.speeds) {
    std::string during;
    if (!speed.rounds.empty()) {
      const analysis::Band band = analysis::band_of(speed.rounds);
      during = human_ratio(band.median) + " [" + human_ratio(band.low) + ", " +
               human_ratio(band.high) + "]";
    }
    table.add({interpreter, human_ratio(speed.before.median), during});
  }
  return "How fast the host ran bytecode: before the first round relative to the profile (the "
         "predictions count with it), during the rounds relative to that (they do not).\n\n" +
         table.text() + "\n";
}

std::string scores(const PageSource& source, const std::string& title,
                   const ScenarioFilter& filter) {
  MarkdownTable table({"quantity", "figures", "median error", "nine of ten within", "Spearman",
                       "Kendall", "single runs inside 90 %", "medians inside", "width", "spread"},
                      {"l", "r", "r", "r", "r", "r", "r", "r", "r", "r"});
  for (const QuantityScore& score : quantity_scores(scored_figures(source.report, filter))) {
    const analysis::IntervalScore& intervals = score.intervals;
    table.add({score.quantity, std::to_string(score.errors.n),
               percent(score.errors.median_abs_error), percent(score.errors.p90_abs_error),
               fixed2(score.spearman), fixed2(score.kendall),
               share(intervals.inside, intervals.values),
               share(intervals.medians_inside, intervals.points), percent(intervals.median_width),
               percent(intervals.measured_spread)});
  }
  return "## " + title + "\n\n" + sum_up(source, filter) + ".\n\n" + table.text() + "\n";
}

std::string rules(const PageSource& source, const std::string& title,
                  const ScenarioFilter& filter) {
  MarkdownTable table(
      {"quantity", "rule", "needs measurements", "figures", "rule: median error", "nine of ten",
       "simulation, same figures: median error", "nine of ten", "better"},
      {"l", "l", "l", "r", "r", "r", "r", "r", "l"});
  for (const QuantityScore& score : quantity_scores(scored_figures(source.report, filter))) {
    for (const auto& [name, rule] : score.rules) {
      if (!rule.rule.median_abs_error || !rule.simulation.median_abs_error) continue;
      const bool wins = *rule.simulation.median_abs_error <= *rule.rule.median_abs_error;
      table.add({score.quantity, name, needs_measurements(name) ? "yes" : "no",
                 std::to_string(rule.rule.n), percent(rule.rule.median_abs_error),
                 percent(rule.rule.p90_abs_error), percent(rule.simulation.median_abs_error),
                 percent(rule.simulation.p90_abs_error), wins ? "simulation" : "**rule**"});
    }
  }
  return "### " + title + "\n\n" + table.text() + "\n";
}

std::string decisions(const PageSource& source, const std::string& title,
                      const ScenarioFilter& filter, bool with_cases) {
  const std::vector<ScoredDecision> all = scored_decisions(source.report, filter);
  const analysis::DecisionSummary summary = summary_of(all);
  std::string text = "**" + title + "**: right in " + std::to_string(summary.right) + " of " +
                     std::to_string(summary.n) + "; the choice costs " +
                     human_percent(summary.mean_regret) + " on average and " +
                     human_percent(summary.worst_regret) + " at worst.\n\n";
  if (!with_cases) return text;
  MarkdownTable table(
      {"scenario", "cores", "interpreter", "predicted best", "measured best", "costs"},
      {"l", "r", "l", "l", "l", "r"});
  for (const ScoredDecision& one : all) {
    if (one.decision.regret <= 0) continue;
    table.add({one.scenario->name, std::to_string(one.chosen->point.configuration.machine.cores),
               one.chosen->point.interpreter, one.chosen->point.label(), one.best->point.label(),
               human_percent(one.decision.regret)});
  }
  return text + (table.empty() ? "" : "The wrong ones:\n\n" + table.text() + "\n");
}

struct Distributions {
  int wide = 0;
  int agree = 0;
};

Distributions distributions(const PageSource& source, const ScenarioFilter& filter) {
  Distributions found;
  for (const ScoredFigure& figure : scored_figures(source.report, filter)) {
    if (!is_wide(figure)) continue;
    ++found.wide;
    found.agree += analysis::ranges_agree(*figure.metric->predicted, *figure.metric->measured);
  }
  return found;
}

std::string ill_conditioned(const PageSource& source, const ScenarioFilter& open,
                            const ScenarioFilter& held_out) {
  const Distributions ours = distributions(source, open);
  const Distributions theirs = distributions(source, held_out);
  return "## Ill-conditioned figures\n\nA figure is flagged before any run where moving an "
         "uncertain parameter of the profile to its 5 % or 95 % quantile moves it by more than a "
         "quarter, or where its own interval reaches as far. They are in the tables above like all "
         "others; here they count by their distribution: both medians inside each other's range. "
         "Open cases: " +
         std::to_string(ours.agree) + " of " + std::to_string(ours.wide) +
         " flagged figures agree; held-out cases: " + std::to_string(theirs.agree) + " of " +
         std::to_string(theirs.wide) + ".\n\n";
}

std::string case_name(const ScoredFigure& figure) {
  return figure.scenario->name + ", " + kept_label(figure.point->point) + ", " +
         figure.metric->metric;
}

std::string cause_of(const Causes& causes, const std::string& name) {
  std::string longest, cause = "not known yet";
  for (const auto& [beginning, text] : causes) {
    if (name.rfind(beginning, 0) != 0 || beginning.size() < longest.size()) continue;
    longest = beginning;
    cause = text;
  }
  return cause;
}

// One a case: its worst figure.
std::string worst(const PageSource& source, const ScenarioFilter& filter) {
  constexpr std::size_t kShown = 10;
  std::vector<ScoredFigure> figures = scored_figures(source.report, filter);
  const auto size_of = [](const ScoredFigure& figure) {
    return std::abs(std::log(figure.metric->predicted->median / figure.metric->measured->median));
  };
  figures.erase(std::remove_if(figures.begin(), figures.end(),
                               [](const ScoredFigure& figure) {
                                 return figure.metric->predicted->median <= 0;
                               }),
                figures.end());
  std::stable_sort(figures.begin(), figures.end(),
                   [&](const auto& a, const auto& b) { return size_of(a) > size_of(b); });
  MarkdownTable table({"case", "predicted [5 %, 95 %]", "measured [5 %, 95 %]", "error", "cause"},
                      {"l", "r", "r", "r", "l"});
  std::set<const PointReport*> shown;
  for (const ScoredFigure& figure : figures) {
    if (shown.size() == kShown) break;
    if (!shown.insert(figure.point).second) continue;
    const auto band = [&](const analysis::Band& b) {
      const std::string& unit = figure.metric->unit;
      return human_value(b.median, unit) + " [" + human_value(b.low, unit) + ", " +
             human_value(b.high, unit) + "]";
    };
    const std::string name = case_name(figure);
    table.add({name, band(*figure.metric->predicted), band(*figure.metric->measured),
               signed_percent(*figure.metric->error()), cause_of(source.causes, name)});
  }
  return "## The ten worst cases\n\nOf the open ones, each by its worst figure. The held-out cases "
         "are not looked at one by one.\n\n" +
         table.text() + "\n";
}

std::string pictures(const PageSource& source) {
  std::string text;
  for (const std::string& file : source.pictures) {
    text += "![Predicted over measured](" + file + ")\n\n";
  }
  return text;
}

std::string missing(const PageSource& source) {
  if (source.missing.empty()) return "";
  std::string text = "Without real runs, and so not scored: ";
  for (std::size_t i = 0; i < source.missing.size(); ++i) {
    text += (i == 0 ? "" : "; ") + source.missing[i];
  }
  return text + ".\n\n";
}

constexpr const char* kHowToRead =
    "Errors are relative, of medians, without sign; *nine of ten within* is their 90 % quantile. "
    "Spearman's and Kendall's rank correlations say whether predictions put cases in the order in "
    "which runs do. *Single runs inside 90 %*: how many of the real runs lie inside the predicted "
    "5 % to 95 % (90 would be exact); *medians inside*: how many of their medians do; *width* and "
    "*spread*: median of (95 % - 5 %) / median, predicted and measured. *I/O rate* is that of "
    "threads that wait, *rate beside I/O* that of computing threads beside them; p50, p95 and p99 "
    "are latencies of operations. Handovers of the lock are counted in recorded runs.\n\n";

constexpr const char* kRules =
    "Trivial rules, on exactly the figures that each speaks of: `sequential` (nothing overlaps), "
    "`ideal` (divided by the workers or the cores), `python or cores` (the larger of what holds "
    "the "
    "lock and everything over the cores), `bound` (the largest of the lock's, the cores', a "
    "worker's "
    "and the longest task's share), `amdahl` (the lock as the serial part), `usl` (the Universal "
    "Scalability Law fitted to real runs with 1 and 2 workers, so for 4 workers and more only), "
    "`interval` (an operation costs its own time and an interval; the lock changes hands once an "
    "interval), `k intervals`, `no lock`, `work` (CPU time is the tasks' own).\n\n";

}  // namespace

bool is_held_out(const ScenarioReport& scenario) { return scenario.name.rfind("holdout/", 0) == 0; }

std::string validation_page(const PageSource& source) {
  const ScenarioFilter open = [](const ScenarioReport& one) { return !is_held_out(one); };
  const ScenarioFilter held_out = [](const ScenarioReport& one) { return is_held_out(one); };
  return head(source) + kHowToRead + missing(source) + scores(source, "Scores: open cases", open) +
         scores(source, "Scores: held-out cases", held_out) + targets_text(source.report) +
         "## Against trivial rules\n\n" + kRules + rules(source, "Open cases", open) +
         rules(source, "Held-out cases", held_out) +
         "## Decisions\n\nOf the ways to run a batch on the same cores and interpreter, the one "
         "predicted shortest against the one measured shortest.\n\n" +
         decisions(source, "Open cases", open, true) +
         decisions(source, "Held-out cases", held_out, false) +
         ill_conditioned(source, open, held_out) + "## Pictures\n\n" + pictures(source) +
         domain_text(source.report) + worst(source, open) + "## The host meanwhile\n\n" +
         host_speed(source);
}

}  // namespace gilsim::app
