#include <algorithm>

#include "app/baselines.hpp"
#include "app/format.hpp"
#include "app/lessons.hpp"
#include "models/lock/registry.hpp"
#include "models/program/strategy.hpp"

namespace gilsim::app {
namespace {

struct Limit {
  double speedup = 0;
  std::string sentence;  // without its full stop
};

std::string share(double part, double whole) { return human_count(100 * part / whole) + " %"; }

bool shares_the_lock(const model::Configuration& configuration) {
  return model::is_thread_strategy(configuration.strategy);
}

// Equal tasks are done in turns of as many as there are workers; chunks make the turns coarser.
double allowed_by_turns(const model::Configuration& configuration) {
  const int tasks = configuration.batch.tasks;
  const int chunk = model::chunk_size_of(configuration);
  const int chunks = (tasks + chunk - 1) / chunk;
  const int turns = (chunks + configuration.workers - 1) / configuration.workers;
  return static_cast<double>(tasks) / std::min(tasks, turns * chunk);
}

bool always_the_same(const model::Step& step) {
  return std::visit([](const auto& s) { return model::is_constant(s.time); }, step);
}

std::string turns_text(const model::Configuration& configuration, double allowed) {
  const std::string each = shares_the_lock(configuration) ? "thread" : "process";
  const std::string several = shares_the_lock(configuration) ? "threads" : "processes";
  const int workers = configuration.workers;
  const bool alike = std::all_of(configuration.batch.task.begin(), configuration.batch.task.end(),
                                 [](const model::Step& step) { return always_the_same(step); });
  return plural(configuration.batch.tasks, "task") + " on " + std::to_string(workers) + " " +
         (workers == 1 ? each : several) + " allow " + (alike ? "" : "about ") +
         human_ratio(allowed);
}

Limit limit_of(const model::Configuration& configuration) {
  const analysis::BatchTotals totals = totals_of(configuration, 1, 0);
  const double work = totals.cpu_total + totals.wait_total;
  const double by_turns = allowed_by_turns(configuration);
  const int busy_cores = std::min(configuration.machine.cores, configuration.workers);
  const double by_cores = totals.cpu_total > 0 ? work * busy_cores / totals.cpu_total : by_turns;
  const bool locked = shares_the_lock(configuration) && model::excludes(configuration) &&
                      totals.python_held_total > 0;
  const double by_lock = locked ? work / totals.python_held_total : by_turns;
  if (by_lock < by_turns && by_lock <= by_cores) {
    return {by_lock, "The lock lets one thread at a time run bytecode, and " +
                         share(totals.python_held_total, work) +
                         " of the work holds it: no number of threads gets past " +
                         human_ratio(by_lock)};
  }
  if (by_cores < by_turns) {
    return {by_cores, share(totals.cpu_total, work) + " of the work is computing, for which " +
                          plural(configuration.machine.cores, "core") +
                          (configuration.machine.cores == 1 ? " allows " : " allow ") +
                          human_ratio(by_cores)};
  }
  const std::string why =
      totals.wait_total > totals.cpu_total
          ? share(totals.wait_total, work) + " of the work is waiting, and waits overlap; "
      : shares_the_lock(configuration) ? "Code that releases the lock runs side by side; "
                                       : "Each process has a lock of its own; ";
  return {by_turns, why + turns_text(configuration, by_turns)};
}

std::string missing_part(const PointReport& point, double speedup, const Limit& limit) {
  const MetricReport* const wall = point.metric("wall");
  if (wall == nullptr || !wall->predicted || limit.speedup <= 0) return "";
  const double missing = wall->predicted->median * (1 - speedup / limit.speedup);
  if (missing < 0.01 * wall->predicted->median) return "";
  const model::Configuration& configuration = point.point.configuration;
  return "; what is missing, " + human_time(missing) + ", is the price of " +
         (shares_the_lock(configuration)
              ? "handing over the lock, waking up and uneven shares"
              : "starting, feeding and ending the processes and of uneven shares");
}

// The point of a strategy with the largest speedup; one with several workers, where there is one.
const PointReport* best_of(const ScenarioReport& scenario, model::StrategyKind strategy) {
  const PointReport* best = nullptr;
  const auto rank = [](const PointReport& point) {
    return std::pair(point.point.workers > 1, point.metric("speedup")->predicted->median);
  };
  for (const PointReport& point : scenario.points) {
    const MetricReport* const speedup = point.metric("speedup");
    if (speedup == nullptr || !speedup->predicted) continue;
    if (point.point.configuration.strategy != strategy) continue;
    if (best == nullptr || rank(point) > rank(*best)) best = &point;
  }
  return best;
}

void add_lesson(std::vector<std::string>& lessons, const ScenarioReport& scenario,
                model::StrategyKind strategy) {
  const PointReport* const point = best_of(scenario, strategy);
  if (point == nullptr) return;
  const double speedup = point->metric("speedup")->predicted->median;
  const Limit limit = limit_of(point->point.configuration);
  lessons.push_back(point->point.label() + ": " + human_ratio(speedup) + ". " + limit.sentence +
                    missing_part(*point, speedup, limit) + ".");
}

}  // namespace

std::vector<std::string> batch_lessons(const ScenarioReport& scenario) {
  std::vector<std::string> lessons;
  for (const model::Strategy& strategy : model::strategies()) {
    if (model::is_thread_strategy(strategy.kind) || model::is_process_strategy(strategy.kind)) {
      add_lesson(lessons, scenario, strategy.kind);
    }
  }
  return lessons;
}

std::vector<std::string> lessons_of(const ScenarioReport& scenario) {
  if (scenario.points.empty()) return {};
  if (!scenario.points[0].point.configuration.batch.stages.empty()) return graph_lessons(scenario);
  return scenario.points[0].point.configuration.is_batch() ? batch_lessons(scenario)
                                                           : looping_lessons(scenario);
}

}  // namespace gilsim::app
