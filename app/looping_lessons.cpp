#include <algorithm>

#include "app/baselines.hpp"
#include "app/format.hpp"
#include "app/lessons.hpp"
#include "models/lock/registry.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kMost = 2;

// A thread that waits beside one that computes, at one switch interval.
struct Sight {
  const PointReport* point = nullptr;
  std::string thread;
  double p50 = 0;
  double own = 0;  // its own steps, nominal
  double interval = 0;
};

bool computes_beside(const model::Configuration& configuration) {
  return std::any_of(configuration.threads.begin(), configuration.threads.end(),
                     [](const model::LoopingThread& thread) { return !waits(thread.program); });
}

std::vector<Sight> sights_of(const ScenarioReport& scenario) {
  std::vector<Sight> sights;
  for (const PointReport& point : scenario.points) {
    const model::Configuration& configuration = point.point.configuration;
    if (!computes_beside(configuration) || !model::has_own_lock(configuration)) continue;
    for (std::size_t i = 0; i < configuration.threads.size(); ++i) {
      const std::string& name = configuration.threads[i].name;
      const MetricReport* const p50 = point.metric(name + ".p50");
      if (p50 == nullptr || !p50->predicted) continue;
      sights.push_back({&point, name, p50->predicted->median,
                        1e9 * seconds_a_round(configuration, i, 1),
                        static_cast<double>(configuration.switch_interval.count())});
    }
  }
  return sights;
}

std::string intervals(double count) {
  const std::string text = human_count(count);
  return text + (text == "1" ? " switch interval" : " switch intervals");
}

std::string interval_of(const Sight& sight) {
  return scenario::format_duration(sight.point->point.configuration.switch_interval);
}

std::string beginning(const Sight& sight) {
  return printable(sight.point->point.strategy) + ": one operation of " + printable(sight.thread) +
         " takes " + human_time(sight.p50) + " (p50) at an interval of " + interval_of(sight);
}

std::string alone(const Sight& sight) {
  return beginning(sight) + ", its own steps " + human_time(sight.own) + ": the rest, " +
         intervals((sight.p50 - sight.own) / sight.interval) +
         ", is waiting for the lock and waking up.";
}

std::string compared(const Sight& shortest, const Sight& longest) {
  const double slope = (longest.p50 - shortest.p50) / (longest.interval - shortest.interval);
  return beginning(shortest) + ", " + human_time(longest.p50) + " at " + interval_of(longest) +
         ", its own steps " + human_time(shortest.own) + ": each waits about " + intervals(slope) +
         " for the lock.";
}

bool same_threads(const Sight& a, const Sight& b) {
  return a.thread == b.thread && a.point->point.strategy == b.point->point.strategy &&
         a.point->point.interpreter == b.point->point.interpreter &&
         a.point->point.configuration.lock == b.point->point.configuration.lock &&
         a.point->point.configuration.machine.cores == b.point->point.configuration.machine.cores;
}

}  // namespace

std::vector<std::string> looping_lessons(const ScenarioReport& scenario) {
  std::vector<std::string> lessons;
  std::vector<Sight> sights = sights_of(scenario);
  while (!sights.empty() && lessons.size() < kMost) {
    const Sight first = sights.front();
    const auto rest = std::stable_partition(sights.begin(), sights.end(), [&](const Sight& sight) {
      return same_threads(sight, first);
    });
    const auto [shortest, longest] =
        std::minmax_element(sights.begin(), rest,
                            [](const Sight& a, const Sight& b) { return a.interval < b.interval; });
    lessons.push_back(shortest->interval < longest->interval ? compared(*shortest, *longest)
                                                             : alone(first));
    sights.erase(sights.begin(), rest);
  }
  return lessons;
}

}  // namespace gilsim::app
