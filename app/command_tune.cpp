#include <algorithm>
#include <ostream>

#include "analysis/selection.hpp"
#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/focus.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/sweep_plan.hpp"
#include "app/text_table.hpp"
#include "app/tune.hpp"
#include "scenario/duration.hpp"
#include "scenario/number.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kMostRows = 12;

Objective objective_option(const Arguments& arguments) {
  const auto least = arguments.value("minimize");
  const auto most = arguments.value("maximize");
  if (least.has_value() == most.has_value()) {
    throw UsageError(least ? "--minimize and --maximize exclude each other" : "nothing to optimize",
                     "--minimize wall, or --maximize sleeper.rate");
  }
  return {least ? *least : *most, most.has_value()};
}

[[noreturn]] void refuse_constraint(const std::string& text) {
  throw UsageError("--subject-to '" + text + "' is not a constraint",
                   "as in 'echo.p99 <= 10ms', 'cpu.rate >= 900', 'cpu.rate >= 0.95x'");
}

// "METRIC >= VALUE": a duration, a number, or with `x` a multiple of the own setting's.
std::optional<Constraint> constraint_option(const Arguments& arguments) {
  const auto text = arguments.value("subject-to");
  if (!text) return std::nullopt;
  const std::size_t at = text->find_first_of("<>");
  if (at == std::string::npos || at + 1 >= text->size() || (*text)[at + 1] != '=') {
    refuse_constraint(*text);
  }
  const auto trimmed = [](const std::string& word) {
    const std::size_t first = word.find_first_not_of(' ');
    const std::size_t last = word.find_last_not_of(' ');
    return first == std::string::npos ? "" : word.substr(first, last - first + 1);
  };
  Constraint constraint;
  constraint.metric = trimmed(text->substr(0, at));
  constraint.at_least = (*text)[at] == '>';
  std::string value = trimmed(text->substr(at + 2));
  constraint.relative = !value.empty() && value.back() == 'x';
  if (constraint.relative) value.pop_back();
  sim::Duration time;
  if (!constraint.relative && !scenario::read_duration(value, time)) {
    constraint.bound = static_cast<double>(time.count());
  } else if (scenario::parse_real(value, constraint.bound)) {
    refuse_constraint(*text);
  }
  if (constraint.metric.empty()) refuse_constraint(*text);
  return constraint;
}

std::string varied_text(const SweepPlan& plan, std::size_t combination) {
  std::string text;
  const std::vector<std::size_t> chosen = plan.family.choices(combination);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    text += plan.columns[i].key + "=" + plan.family.keys()[i].texts[chosen[i]] + " ";
  }
  return text;
}

std::vector<Alternative> alternatives_of(const SweepPlan& plan, const Arguments& arguments) {
  const auto label = arguments.value("point");
  std::vector<Alternative> all;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < plan.combinations(); ++i) {
    for (scenario::Point& point : plan.expand(i)) {
      if (std::find(labels.begin(), labels.end(), point.label()) == labels.end()) {
        labels.push_back(point.label());
      }
      if (label && point.label() != *label) continue;
      std::string setting = varied_text(plan, i) + point.label();
      all.push_back({std::move(setting), std::move(point), {}, true, false});
    }
  }
  if (all.empty()) {
    throw UsageError("no point is labelled '" + *label + "'",
                     scenario::suggestion(*label, labels, "labels"));
  }
  const bool named = !all.front().point.configuration.is_batch();
  if (named && !label && labels.size() > 1) {
    throw UsageError("the scenario has several groups of threads, which do not compete",
                     "choose one with --point: " + scenario::join(labels));
  }
  return all;
}

std::string unit_of(const Alternative& alternative, const std::string& metric) {
  for (const Figure& figure : alternative.runs.front().figures) {
    if (figure.metric == metric) return figure.unit;
  }
  return "1";
}

class TuneText {
 public:
  TuneText(const Tuned& tuned, const Alternative& own, const TuneRule& rule)
      : tuned_(tuned), own_(own), rule_(rule) {}

  std::string text() const {
    if (!tuned_.best) return "No setting meets the constraint.\n";
    std::vector<const Alternative*> shown;
    for (const Alternative& alternative : tuned_.alternatives) {
      if (alternative.allowed) shown.push_back(&alternative);
    }
    std::stable_sort(shown.begin(), shown.end(),
                     [&](const auto* a, const auto* b) { return gain(*a) > gain(*b); });
    const auto refused = tuned_.alternatives.size() - shown.size();
    if (shown.size() > kMostRows) shown.resize(kMostRows);
    TextTable table;
    table.add_column("setting", TextTable::Align::kLeft);
    table.add_column(rule_.objective.metric);
    table.add_column("gain");
    if (rule_.constraint) table.add_column(rule_.constraint->metric);
    table.add_column("runs");
    table.add_column("", TextTable::Align::kLeft);
    for (const Alternative* const alternative : shown)
      add(table, *alternative, verdict(*alternative));
    add(table, own_, "as it is");
    std::string text = table.text();
    if (refused > 0) {
      text += "  " + plural(static_cast<long long>(refused), "setting") +
              (refused == 1 ? " does" : " do") + " not meet the constraint\n";
    }
    return text + "\n" + advice() + front();
  }

 private:
  // Over the replications that both have.
  double gain(const Alternative& alternative) const {
    const double own = own_.mean(rule_.objective.metric, alternative.runs.size()).value_or(0);
    const double other = alternative.mean(rule_.objective.metric).value_or(0);
    if (own <= 0 || other <= 0) return 1;
    return rule_.objective.maximize ? other / own : own / other;
  }
  std::string verdict(const Alternative& alternative) const {
    if (&alternative == &tuned_.alternatives[*tuned_.best]) return "best";
    return alternative.worse ? "worse" : "tied";
  }
  std::string value(const Alternative& alternative, const std::string& metric) const {
    const auto mean = alternative.mean(metric);
    return mean ? human_value(*mean, unit_of(alternative, metric)) : "";
  }
  void add(TextTable& table, const Alternative& alternative,
           const std::string& verdict_text) const {
    std::vector<std::string> cells = {printable(alternative.setting),
                                      value(alternative, rule_.objective.metric),
                                      human_ratio(gain(alternative))};
    if (rule_.constraint) cells.push_back(value(alternative, rule_.constraint->metric));
    cells.push_back(std::to_string(alternative.runs.size()));
    cells.push_back(verdict_text);
    table.add_row(std::move(cells));
  }
  std::string advice() const {
    const Alternative& best = tuned_.alternatives[*tuned_.best];
    const auto tied = std::count_if(tuned_.alternatives.begin(), tuned_.alternatives.end(),
                                    [](const auto& a) { return a.allowed && !a.worse; });
    return "Best: " + printable(best.setting) + ", " + human_ratio(gain(best)) +
           (tied > 1 ? "; " + std::to_string(tied - 1) + " more cannot be told apart from it"
                     : "") +
           ". Worse ones are so at " + human_count(100 * rule_.confidence) +
           " % confidence together.\n";
  }
  // Of the objective and the constrained metric.
  std::string front() const {
    if (!rule_.constraint) return "";
    std::vector<double> first, second;
    for (const Alternative& alternative : tuned_.alternatives) {
      const double a = alternative.mean(rule_.objective.metric).value_or(0);
      const double b = alternative.mean(rule_.constraint->metric).value_or(0);
      if (a <= 0 || b <= 0) return "";
      first.push_back(rule_.objective.maximize ? 1 / a : a);
      second.push_back(rule_.constraint->at_least ? 1 / b : b);
    }
    const auto front = analysis::pareto_front(first, second);
    const std::size_t knee = analysis::knee_of(front, first, second);
    std::string text =
        "Pareto front of " + rule_.objective.metric + " and " + rule_.constraint->metric + ":\n";
    for (const std::size_t i : front) {
      const Alternative& alternative = tuned_.alternatives[i];
      text += "  " + printable(alternative.setting) + ": " +
              value(alternative, rule_.objective.metric) + ", " +
              value(alternative, rule_.constraint->metric) + (i == knee ? " (knee)" : "") + "\n";
    }
    return text;
  }

  const Tuned& tuned_;
  const Alternative& own_;
  const TuneRule& rule_;
};

std::string again_line(const Arguments& arguments, const TuneRule& rule) {
  std::string line = "gilsim tune";
  for (const char* const name :
       {"vary", "minimize", "maximize", "subject-to", "point", "host", "set"}) {
    for (const std::string& value : arguments.all(name)) {
      line += std::string(" --") + name + " " + shell_quoted(value);
    }
  }
  if (arguments.has("zip")) line += " --zip";
  return line + " --seed " + std::to_string(rule.seed) + " --most " + std::to_string(rule.most) +
         " " + shell_quoted(arguments.operands().front());
}

int run(const Arguments& arguments, Io& io) {
  TuneRule rule;
  rule.objective = objective_option(arguments);
  rule.constraint = constraint_option(arguments);
  rule.seed = seed_option(arguments);
  rule.jobs = jobs_option(arguments);
  rule.most = static_cast<int>(arguments.number("most", 128, 8, 100'000));
  const SweepPlan plan = plan_sweep(arguments, rule.jobs, io);
  std::vector<Alternative> alternatives = alternatives_of(plan, arguments);
  const Study study = read_one_study(arguments);
  const scenario::Point& own_point = chosen_point(study, arguments);
  Alternative own{full_label(own_point), own_point, {}, true, false};
  const Tuned tuned = tune(std::move(alternatives), own, rule, io);
  if (tuned.interrupted) {
    io.err << "gilsim: interrupted\n";
    return kInterrupted;
  }
  io.out << printable(plan.name) << ": " << printable(plan.question) << "\n\n"
         << TuneText(tuned, own, rule).text() << "\nAgain: " << again_line(arguments, rule) << "\n";
  check_written(io.out);
  return kOk;
}

std::vector<OptionSpec> options() {
  std::vector<OptionSpec> all = {
      {"minimize", 0, "METRIC", "wall, cpu, NAME.p50, NAME.p99"},
      {"maximize", 0, "METRIC", "NAME.rate"},
      {"subject-to", 0, "CONSTRAINT", "'cpu.rate >= 0.95x' of the own setting, 'echo.p99 <= 10ms'"},
      {"most", 0, "N", "replications where the choice is close (default 128; first 8)"},
      point_option(),
      jobs_spec()};
  for (const OptionSpec& option : sweep_plan_options()) {
    const bool of_sweeps = option.name == "replications" || option.name == "precision" ||
                           option.name == "max-replications";
    if (!of_sweeps) all.push_back(option);
  }
  return all;
}

}  // namespace

Command tune_command() {
  return {
      "tune",
      "FILE",
      "the best of many settings, and what cannot be told apart from it",
      {"gilsim tune FILE --vary workers=1..16 --minimize wall",
       "gilsim tune configs/convoy.yaml --point cpu+sleeper --maximize sleeper.rate \\",
       "    --vary interpreter.switch_interval=50us..50ms:log:13 --subject-to 'cpu.rate >= 0.95x'"},
      options(),
      run};
}

}  // namespace gilsim::app
