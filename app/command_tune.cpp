#include <algorithm>
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

// The varied keys that matter to the point and that its label does not say.
std::string setting_text(const SweepPlan& plan, std::size_t combination,
                         const scenario::Point& point) {
  std::string text;
  const std::vector<std::size_t> chosen = plan.family.choices(combination);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::string& key = plan.columns[i].key;
    const bool is_alone = point.strategy == "sequential";
    if (key == "workers" || key == "strategies") continue;
    if (is_alone && (key == "workload.chunk_size" || key == "start_method")) continue;
    text += key + "=" + plan.family.keys()[i].texts[chosen[i]] + " ";
  }
  return text + point.label();
}

// Threads of different groups do not compete: of named threads one group is looked at.
std::vector<Alternative> alternatives_of(const SweepPlan& plan, const scenario::Point& own) {
  std::vector<Alternative> all;
  std::set<std::string> known;
  for (std::size_t i = 0; i < plan.combinations(); ++i) {
    for (scenario::Point& point : plan.expand(i)) {
      const bool competes = point.configuration.is_batch() || point.label() == own.label();
      if (!competes) continue;
      std::string setting = setting_text(plan, i, point);
      if (!known.insert(setting).second) continue;  // `sequential` has no workers
      all.push_back({std::move(setting), std::move(point), {}, Standing::kMet, false});
    }
  }
  if (all.empty()) {
    throw UsageError("no varied setting has the point '" + own.label() + "'",
                     "choose another one with --point");
  }
  return all;
}

void require_one_group(const Study& study, const Arguments& arguments) {
  std::set<std::string> labels;
  for (const scenario::Point& point : study.points) labels.insert(point.label());
  const bool is_named = !study.points.front().configuration.is_batch();
  if (!is_named || arguments.has("point") || labels.size() < 2) return;
  throw UsageError("the scenario has several groups of threads, which do not compete",
                   "choose one with --point: " + scenario::join({labels.begin(), labels.end()}));
}

// What is worth a look where nobody said what to vary.
std::vector<std::string> usual_variations(const Study& study) {
  if (!study.scenario.workload) {
    return {"interpreter.switch_interval=50us,100us,200us,500us,1ms,2ms,5ms,10ms,20ms,50ms"};
  }
  const int tasks = study.scenario.workload->tasks;
  const int most = std::min(tasks, 16 * study.profile.machine.cores);
  std::set<int> counts(study.scenario.workers.begin(), study.scenario.workers.end());
  for (const int count : {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, tasks}) {
    if (count <= most) counts.insert(count);
  }
  std::string workers;
  for (const int count : counts) workers += (workers.empty() ? "" : ",") + std::to_string(count);
  return {"workers=" + workers};
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
  for (const char* const name :
       {"vary", "minimize", "maximize", "subject-to", "against", "point", "host", "set", "runs"}) {
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

// Both settings count with how fast the host is now.
std::vector<host::InstalledInterpreter> prepared_for_check(std::vector<Alternative>& alternatives,
                                                           Alternative& own, Study study, Io& io) {
  study.points = {own.point};
  for (const Alternative& alternative : alternatives) study.points.push_back(alternative.point);
  std::vector<Study> studies = {std::move(study)};
  const auto interpreters = interpreters_for(studies);
  SpeedWatch speed(studies, interpreters);
  speed.before_predictions(io);
  speed.apply_to(studies);
  own.point = studies[0].points[0];
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    alternatives[i].point = studies[0].points[i + 1];
  }
  return interpreters;
}

// The settings differ; the interpreter of each is that of its point.
int run_check(const Tuned& tuned, const Alternative& own,
              const std::vector<host::InstalledInterpreter>& interpreters, const TuneRule& rule,
              const std::string& against, int runs, Io& io) {
  if (!tuned.best) return kOk;
  std::vector<std::string> metrics = {rule.objective.metric};
  if (!against.empty()) metrics.push_back(against);
  const TuneCheck check =
      checked(own, tuned.alternatives[*tuned.best],
              {interpreters[0], interpreters[*tuned.best + 1]}, rule, metrics, runs, io);
  io.out << "\n" << check.text;
  if (check.interrupted) return kInterrupted;
  return report_failures(check.failures, io) ? kUsage : kOk;
}

Arguments completed(const Arguments& given) {
  Arguments arguments = given;
  const bool is_checked = arguments.has("check");
  if (is_checked && !arguments.has("host")) arguments = arguments.with("host", {"this"});
  if (!arguments.has("vary")) {
    const auto usual = usual_variations(read_one_study(arguments));
    arguments = arguments.with("vary", usual);
  }
  return arguments;
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
  const SweepPlan plan = plan_sweep(arguments, rule.jobs, io);
  std::vector<Alternative> alternatives = alternatives_of(plan, own_point);
  Alternative own{full_label(own_point), own_point, {}, Standing::kMet, false};
  std::vector<host::InstalledInterpreter> interpreters;
  if (arguments.has("check")) interpreters = prepared_for_check(alternatives, own, study, io);
  const Tuned tuned = tune(std::move(alternatives), own, rule, io);
  if (tuned.interrupted) {
    io.err << "gilsim: interrupted\n";
    return kInterrupted;
  }
  io.out << printable(plan.name) << ": " << printable(plan.question) << "\n\n"
         << tune_text(tuned, own, rule, against);
  io.out.flush();
  const int code =
      arguments.has("check") ? run_check(tuned, own, interpreters, rule, against, runs, io) : kOk;
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
      option.meaning = "A,B,C, LO..HI, LO..HI:log:N (default: switch interval, or workers)";
    }
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
      {"gilsim tune configs/talk/pages.yaml --minimize wall",
       "gilsim tune FILE --vary workers=1..16 --vary workload.chunk_size=1,4,16 --minimize wall",
       "gilsim tune configs/convoy.yaml --point cpu+sleeper --minimize p99 \\",
       "    --subject-to 'throughput >= 0.95' --check"},
      options(),
      run};
}

}  // namespace gilsim::app
