#include "app/validation_domain.hpp"

#include <algorithm>
#include <map>

#include "app/format.hpp"
#include "app/markdown.hpp"
#include "app/validation_page.hpp"
#include "app/validation_scores.hpp"

namespace gilsim::app {
namespace {

using Figures = std::vector<ScoredFigure>;

bool waits_in(const model::Configuration& configuration) {
  if (configuration.is_batch()) return waits(configuration.batch.task);
  return std::any_of(configuration.threads.begin(), configuration.threads.end(),
                     [](const auto& thread) { return waits(thread.program); });
}

int computing_threads(const model::Configuration& configuration) {
  return static_cast<int>(std::count_if(configuration.threads.begin(), configuration.threads.end(),
                                        [](const auto& thread) { return !waits(thread.program); }));
}

std::string class_of(const PointReport& point) {
  const model::Configuration& configuration = point.point.configuration;
  if (configuration.is_batch()) {
    return "batch, " + point.point.strategy +
           (waits_in(configuration) ? ", tasks wait" : ", tasks compute");
  }
  if (!waits_in(configuration)) return "named threads, all compute";
  const int computing = computing_threads(configuration);
  return computing == 0   ? "named threads, all wait"
         : computing == 1 ? "named threads, one computes beside"
                          : "named threads, several compute beside";
}

analysis::ErrorSummary errors_of(const Figures& figures) {
  std::vector<analysis::ScoreInput> inputs;
  for (const ScoredFigure& one : figures) {
    inputs.push_back({*one.metric->predicted, *one.metric->measured, {}});
  }
  return analysis::summarize(inputs).errors;
}

std::string verdict(const analysis::ErrorSummary& errors) {
  if (*errors.p90_abs_error <= 0.10) return "within 10 %";
  if (*errors.median_abs_error <= 0.10) return "mostly within 10 %";
  if (*errors.median_abs_error <= 0.30) return "the size, not the digits";
  return "the kind of thing, not its size";
}

template <class Keep>
Figures kept(const Figures& all, Keep keep) {
  Figures found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found), keep);
  return found;
}

void add_target(MarkdownTable& table, const std::string& what, const std::string& target,
                const std::optional<double>& found, double limit) {
  table.add({what, target, found ? human_percent(*found) : "nothing measured",
             !found            ? ""
             : *found <= limit ? "met"
                               : "**missed**"});
}

}  // namespace

std::string domain_text(const Report& report) {
  std::map<std::string, std::map<int, std::map<std::string, Figures>>> by_class;
  for (const ScoredFigure& one : scored_figures(report, [](const auto&) { return true; })) {
    const bool is_main = one.quantity == "wall" || one.quantity == "I/O rate" ||
                         one.quantity == "handovers" || one.quantity == "p50";
    if (!is_main) continue;
    const int cores = one.point->point.configuration.machine.cores;
    by_class[class_of(*one.point)][cores][one.quantity].push_back(one);
  }
  MarkdownTable table({"kind of case", "cores", "quantity", "figures", "median error",
                       "nine of ten within", "trust"},
                      {"l", "r", "l", "r", "r", "r", "l"});
  for (const auto& [name, by_cores] : by_class) {
    for (const auto& [cores, by_quantity] : by_cores) {
      for (const auto& [quantity, figures] : by_quantity) {
        const analysis::ErrorSummary errors = errors_of(figures);
        table.add({name, std::to_string(cores), quantity, std::to_string(errors.n),
                   human_percent(*errors.median_abs_error), human_percent(*errors.p90_abs_error),
                   verdict(errors)});
      }
    }
  }
  return "## Domain of applicability\n\nOpen and held-out cases together, by kind.\n\n" +
         table.text() + "\n";
}

std::string targets_text(const Report& report) {
  const Figures all = scored_figures(report, is_held_out);
  const auto of = [&](const std::string& quantity) {
    return errors_of(kept(all, [&](const auto& one) { return one.quantity == quantity; }));
  };
  const auto io = [&](bool one_computes) {
    return errors_of(kept(all, [&](const ScoredFigure& one) {
      const int computing = computing_threads(one.point->point.configuration);
      return (one.quantity == "I/O rate" || one.quantity == "p50") &&
             (one_computes ? computing == 1 : computing > 1);
    }));
  };
  const analysis::DecisionSummary decisions = summary_of(scored_decisions(report, is_held_out));
  MarkdownTable table({"what", "target", "found", ""}, {"l", "r", "r", "l"});
  add_target(table, "wall time, median error", "3 %", of("wall").median_abs_error, 0.03);
  add_target(table, "wall time, nine of ten within", "8 %", of("wall").p90_abs_error, 0.08);
  add_target(table, "handovers, median error", "10 %", of("handovers").median_abs_error, 0.10);
  add_target(table, "I/O rate and p50, one computing thread, median error", "10 %",
             io(true).median_abs_error, 0.10);
  add_target(table, "I/O rate and p50, more computing threads, median error", "30 %",
             io(false).median_abs_error, 0.30);
  if (decisions.n > 0) {
    add_target(table, "regret of a decision, mean", "1 %", decisions.mean_regret, 0.01);
    add_target(table, "regret of a decision, worst", "5 %", decisions.worst_regret, 0.05);
  }
  return "## Targets, on the held-out cases\n\n" + table.text() + "\n";
}

}  // namespace gilsim::app
