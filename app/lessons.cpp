#include "app/lessons.hpp"

#include <algorithm>

#include "app/baselines.hpp"
#include "app/format.hpp"

namespace gilsim::app {
namespace {

// A share of the whole, without decimals: "98 %".
std::string share(double part, double whole) {
  return human_count(100 * part / whole + 0.0) + " %";
}

std::string counted(int count, const std::string& noun) { return plural(count, noun); }

// What keeps a batch from getting faster: the smallest of what lock, cores and workers allow.
struct Limit {
  double speedup = 0;
  std::string because;
};

Limit limit_of(const model::Configuration& configuration) {
  const analysis::BatchTotals totals = totals_of(configuration, 1, 0);
  const double work = totals.cpu_total + totals.wait_total;
  const bool shares_the_lock = configuration.strategy == model::StrategyKind::kThreads;
  const int busy = std::min(configuration.workers, configuration.batch.tasks);
  const double by_workers = busy;
  const double by_cores =
      totals.cpu_total > 0 ? work / (totals.cpu_total / std::min(configuration.machine.cores, busy))
                           : by_workers;
  const double by_lock = shares_the_lock && totals.python_held_total > 0
                             ? work / totals.python_held_total
                             : by_workers;
  if (by_lock < by_workers && by_lock <= by_cores) {
    return {by_lock, "the lock lets one thread run bytecode at a time, and " +
                         share(totals.python_held_total, work) +
                         " of the work holds it: no number of threads gets past " +
                         human_ratio(by_lock)};
  }
  if (by_cores < by_workers) {
    return {by_cores, share(totals.cpu_total, work) + " of the work is computing, for which " +
                          counted(configuration.machine.cores, "core") + " allow" +
                          (configuration.machine.cores == 1 ? "s " : " ") + human_ratio(by_cores)};
  }
  const std::string overlap =
      totals.wait_total > totals.cpu_total
          ? share(totals.wait_total, work) + " of the work is waiting, and waits overlap: "
          : std::string(shares_the_lock ? "native code that releases the lock overlaps: "
                                        : "each process has a lock of its own: ");
  return {by_workers, overlap + "the limit is the number of workers, " + human_ratio(by_workers)};
}

std::string missing_part(const PointReport& point, double speedup, const Limit& limit) {
  const MetricReport* const wall = point.metric("wall");
  if (wall == nullptr || !wall->predicted || limit.speedup <= 0) return "";
  const double overhead = wall->predicted->median * (1 - speedup / limit.speedup);
  if (overhead < 0.01 * wall->predicted->median) return "";
  const bool processes = point.point.configuration.strategy == model::StrategyKind::kProcesses;
  return "; what is missing, " + human_time(overhead) + ", goes to " +
         (processes ? "starting, feeding and ending the processes and to uneven shares"
                    : "handing over the lock, wake-ups and uneven shares");
}

// The point of a strategy with the largest speedup.
const PointReport* best_of(const ScenarioReport& scenario, model::StrategyKind strategy) {
  const PointReport* best = nullptr;
  double best_speedup = 0;
  for (const PointReport& point : scenario.points) {
    const MetricReport* const speedup = point.metric("speedup");
    if (speedup == nullptr || !speedup->predicted) continue;
    if (point.point.configuration.strategy != strategy) continue;
    if (best == nullptr || speedup->predicted->median > best_speedup) {
      best = &point;
      best_speedup = speedup->predicted->median;
    }
  }
  return best;
}

void add_batch_lesson(std::vector<std::string>& lessons, const ScenarioReport& scenario,
                      model::StrategyKind strategy, const std::string& noun) {
  const PointReport* const point = best_of(scenario, strategy);
  if (point == nullptr) return;
  const double speedup = point->metric("speedup")->predicted->median;
  const Limit limit = limit_of(point->point.configuration);
  const int workers = point->point.workers;
  lessons.push_back(std::to_string(workers) + " " +
                    (workers == 1 ? noun : noun + (noun.back() == 's' ? "es" : "s")) + ": " +
                    human_ratio(speedup) + ". Why: " + limit.because +
                    missing_part(*point, speedup, limit) + ".");
}

// What one operation of a waiting thread takes beyond its own steps.
struct LockWait {
  const PointReport* point;
  std::string thread;
  double p50 = 0;
  double own = 0;
  double in_intervals = 0;
};

std::vector<LockWait> lock_waits(const ScenarioReport& scenario) {
  std::vector<LockWait> all;
  for (const PointReport& point : scenario.points) {
    const model::Configuration& configuration = point.point.configuration;
    for (std::size_t i = 0; i < configuration.threads.size(); ++i) {
      const std::string& name = configuration.threads[i].name;
      const MetricReport* const p50 = point.metric(name + ".p50");
      if (p50 == nullptr || !p50->predicted || configuration.threads.size() < 2) continue;
      LockWait wait{&point, name, p50->predicted->median,
                    1e9 * seconds_a_round(configuration, i, 1), 0};
      wait.in_intervals =
          (wait.p50 - wait.own) / static_cast<double>(configuration.switch_interval.count());
      all.push_back(wait);
    }
  }
  return all;
}

std::string lock_wait_text(const LockWait& wait) {
  const model::Configuration& configuration = wait.point->point.configuration;
  return printable(wait.point->point.strategy) + " at an interval of " +
         scenario::format_duration(configuration.switch_interval) + ": one operation of " +
         printable(wait.thread) + " takes " + human_time(wait.p50) + " (p50) for " +
         human_time(wait.own) + " of its own steps; the rest is " + human_count(wait.in_intervals) +
         (wait.in_intervals >= 0.95 && wait.in_intervals < 1.05 ? " switch interval"
                                                                : " switch intervals") +
         " of waiting for the lock and waking up.";
}

}  // namespace

std::vector<std::string> lessons_of(const ScenarioReport& scenario) {
  std::vector<std::string> lessons;
  add_batch_lesson(lessons, scenario, model::StrategyKind::kThreads, "thread");
  add_batch_lesson(lessons, scenario, model::StrategyKind::kProcesses, "process");
  const std::vector<LockWait> waits = lock_waits(scenario);
  if (waits.empty()) return lessons;
  const auto by_wait = [](const LockWait& a, const LockWait& b) {
    return a.in_intervals < b.in_intervals;
  };
  const auto [least, most] = std::minmax_element(waits.begin(), waits.end(), by_wait);
  lessons.push_back(lock_wait_text(*most));
  if (least->in_intervals < 0.5 * most->in_intervals) lessons.push_back(lock_wait_text(*least));
  return lessons;
}

}  // namespace gilsim::app
