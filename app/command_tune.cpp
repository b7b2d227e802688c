#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <set>

#include "app/command.hpp"
#include "app/command_parts.hpp"
#include "app/errors.hpp"
#include "app/focus.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/speed_watch.hpp"
#include "app/sweep_plan.hpp"
#include "app/tune.hpp"
#include "app/tune_check.hpp"
#include "app/tune_search.hpp"
#include "app/tune_text.hpp"
#include "scenario/duration.hpp"
#include "scenario/number.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

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
  // Of throughput it is the share that counts, whatever an operation is.
  if (constraint.metric == "throughput" && constraint.bound <= 2) constraint.relative = true;
  return constraint;
}

void require_one_group(const Study& study, const Arguments& arguments) {
  std::set<std::string> labels;
  for (const scenario::Point& point : study.points) labels.insert(point.label());
  const bool is_named = !study.points.front().configuration.is_batch();
  if (!is_named || arguments.has("point") || labels.size() < 2) return;
  throw UsageError("the scenario has several groups of threads, which do not compete",
                   "choose one with --point: " + scenario::join({labels.begin(), labels.end()}));
}

// "p99" where one thread has such a metric: "echo.p99".
std::string full_metric(const std::string& metric, const scenario::Point& point) {
  if (point.configuration.is_batch() || (metric != "p50" && metric != "p99" && metric != "rate")) {
    return metric;
  }
  std::vector<std::string> found;
  for (const model::LoopingThread& thread : point.configuration.threads) {
    if (waits(thread.program)) found.push_back(thread.name + "." + metric);
  }
  if (found.size() == 1) return found.front();
  throw UsageError("'" + metric + "' is a metric of no single thread",
                   "write NAME." + metric + ", as in " + point.configuration.threads.front().name +
                       "." + metric);
}

// The second metric of the Pareto front.
std::string against_option(const Arguments& arguments, const TuneRule& rule,
                           const scenario::Point& own) {
  if (const auto given = arguments.value("against")) return full_metric(*given, own);
  if (rule.constraint) return rule.constraint->metric;
  if (rule.objective.metric == "wall") return "cpu";
  return own.configuration.is_batch() || rule.objective.metric == "throughput" ? "" : "throughput";
}

std::string again_line(const Arguments& arguments, const TuneRule& rule) {
  std::string line = "gilsim tune";
  for (const char* const name : {"vary", "over", "minimize", "maximize", "subject-to", "against",
                                 "point", "host", "set", "runs"}) {
    for (const std::string& value : arguments.all(name)) {
      line += std::string(" --") + name + " " + shell_quoted(value);
    }
  }
  for (const char* const name : {"zip", "check"}) {
    if (arguments.has(name)) line += std::string(" --") + name;
  }
  return line + " --seed " + std::to_string(rule.seed) + " --most " + std::to_string(rule.most) +
         " " + shell_quoted(arguments.operands().front());
}

// For real runs: which interpreter each point needs, and how fast the host runs it now.
class Checkpoint {
 public:
  Checkpoint(std::vector<Alternative>& alternatives, Alternative& own, Study study, Io& io) {
    study.points = {own.point};
    for (const Alternative& alternative : alternatives) study.points.push_back(alternative.point);
    std::vector<Study> studies = {std::move(study)};
    const auto interpreters = interpreters_for(studies);
    SpeedWatch speed(studies, interpreters);
    speed.before_predictions(io);
    speed.apply_to(studies);
    for (std::size_t i = 0; i < interpreters.size(); ++i) {
      const scenario::Point& point = studies[0].points[i];
      known_.try_emplace(point.interpreter,
                         Known{interpreters[i], point.configuration.bytecode_speed});
    }
    own.point = studies[0].points[0];
    apply_to(alternatives);
  }
  // Settings that were added later differ in anything but the interpreter.
  void apply_to(std::vector<Alternative>& alternatives) const {
    for (Alternative& alternative : alternatives) {
      alternative.point.configuration.bytecode_speed =
          known_.at(alternative.point.interpreter).speed;
    }
  }
  const host::InstalledInterpreter& installed_for(const Alternative& alternative) const {
    return known_.at(alternative.point.interpreter).installed;
  }

 private:
  struct Known {
    host::InstalledInterpreter installed;
    double speed;
  };
  std::map<std::string, Known> known_;
};

int run_check(const Tuned& tuned, const Alternative& own, const Checkpoint& checkpoint,
              const TuneRule& rule, const std::string& against, int runs, Io& io) {
  if (!tuned.best) return kOk;
  std::vector<std::string> metrics = {rule.objective.metric};
  if (!against.empty()) metrics.push_back(against);
  const TuneCheck check = checked(
      own, tuned.alternatives[*tuned.best],
      {checkpoint.installed_for(own), checkpoint.installed_for(tuned.alternatives[*tuned.best])},
      rule, metrics, runs, io);
  io.out << "\n" << check.text;
  if (check.interrupted) return kInterrupted;
  return report_failures(check.failures, io) ? kUsage : kOk;
}

Arguments completed(const Arguments& given) {
  Arguments arguments = given;
  const bool is_checked = arguments.has("check");
  if (is_checked && !arguments.has("host")) arguments = arguments.with("host", {"this"});
  return arguments;
}

// The grid, then further settings until there are none.
Tuned searched(Tuned tuned, Alternative& own, const TuneRule& rule, TuneSearch& search,
               const Checkpoint* checkpoint, Io& io) {
  for (;;) {
    tuned = tune(std::move(tuned), own, rule, io);
    if (tuned.interrupted) return tuned;
    std::vector<Alternative> more = search.further(tuned, rule.objective);
    if (more.empty()) return tuned;
    if (checkpoint) checkpoint->apply_to(more);
    for (Alternative& alternative : more) tuned.alternatives.push_back(std::move(alternative));
  }
}

int run(const Arguments& given, Io& io) {
  TuneRule rule;
  rule.objective = objective_option(given);
  rule.constraint = constraint_option(given);
  rule.seed = seed_option(given);
  rule.jobs = jobs_option(given);
  rule.most = static_cast<int>(given.number("most", 128, 8, 100'000));
  const int runs = runs_option(given);
  const Arguments arguments = completed(given);
  const Study study = read_one_study(arguments);
  require_one_group(study, arguments);
  const scenario::Point& own_point = chosen_point(study, arguments);
  rule.objective.metric = full_metric(rule.objective.metric, own_point);
  if (rule.constraint) rule.constraint->metric = full_metric(rule.constraint->metric, own_point);
  const std::string against = against_option(arguments, rule, own_point);
  TuneSearch search(arguments, study, own_point, rule.jobs, io);
  Tuned tuned;
  tuned.alternatives = search.first();
  Alternative own{full_label(own_point), own_point, {}, {}, Standing::kMet, false};
  std::optional<Checkpoint> checkpoint;
  if (arguments.has("check")) checkpoint.emplace(tuned.alternatives, own, study, io);
  tuned = searched(std::move(tuned), own, rule, search, checkpoint ? &*checkpoint : nullptr, io);
  if (tuned.interrupted) {
    io.err << "gilsim: interrupted\n";
    return kInterrupted;
  }
  io.out << printable(search.name()) << ": " << printable(search.question()) << "\n\n"
         << tune_text(tuned, own, rule, against, search.note(tuned));
  io.out.flush();
  const int code = checkpoint ? run_check(tuned, own, *checkpoint, rule, against, runs, io) : kOk;
  io.out << "\nAgain: " << again_line(arguments, rule) << "\n";
  check_written(io.out);
  return code;
}

std::vector<OptionSpec> options() {
  std::vector<OptionSpec> all = {
      {"minimize", 0, "METRIC", "wall, cpu, NAME.p50, NAME.p99"},
      {"maximize", 0, "METRIC", "NAME.rate, throughput"},
      {"subject-to", 0, "CONSTRAINT",
       "'throughput >= 0.95x' of the own setting, 'echo.p99 <= 10ms'"},
      {"against", 0, "METRIC", "second metric of the Pareto front (default: the constraint's)"},
      {"check", 0, "", "really run the best and the own setting on this host, compare the gains"},
      {"runs", 'n', "N", "with --check: real runs of each (default 10)"},
      {"most", 0, "N", "replications where the choice is close (default 128; first 8)"},
      {"point", 0, "LABEL", "the own setting, as threads@4; of named threads the group to tune"},
      jobs_spec()};
  for (OptionSpec& option : sweep_plan_options()) {
    const bool of_sweeps = option.name == "replications" || option.name == "precision" ||
                           option.name == "max-replications";
    if (option.name == "vary") {
      option.meaning = "A,B,C, or LO..HI:log:N, refined at the best";
    }
    if (of_sweeps) continue;
    all.push_back(option);
    if (option.name == "vary") all.push_back(over_option());
  }
  return all;
}

}  // namespace

Command tune_command() {
  return {
      "tune",
      "FILE",
      "the best of many settings, and what cannot be told apart from it",
      {"gilsim tune configs/talk/pages.yaml --minimize wall",
       "gilsim tune FILE --over workers,strategy,chunk --minimize wall",
       "gilsim tune FILE --vary workers=1..16 --vary workload.chunk_size=1,4,16 --minimize wall",
       "gilsim tune configs/convoy.yaml --point cpu+sleeper --minimize p99 \\",
       "    --subject-to 'throughput >= 0.95' --check"},
      options(),
      run};
}

}  // namespace gilsim::app
