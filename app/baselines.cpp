#include "app/baselines.hpp"

#include <algorithm>

namespace gilsim::app {
namespace {

using Baselines = std::map<std::string, double>;
using Samples = std::map<std::string, std::vector<double>>;

bool computes(const model::Step& step) { return !std::holds_alternative<model::WaitStep>(step); }

bool holds_the_lock(const model::Step& step) {
  if (std::holds_alternative<model::PythonStep>(step)) return true;
  const auto* const native = std::get_if<model::NativeStep>(&step);
  return native != nullptr && native->lock == model::LockMode::kHeld;
}

// Relative to the profile, now.
double speed_of(const model::Step& step, const model::Configuration& configuration) {
  if (!computes(step)) return 1;
  const bool bytecode = std::holds_alternative<model::PythonStep>(step);
  return configuration.speed * (bytecode ? configuration.bytecode_speed : 1);
}

analysis::BatchStrategy strategy_of(model::StrategyKind kind) {
  if (kind == model::StrategyKind::kAsyncio) return analysis::BatchStrategy::kLoop;
  if (model::is_thread_strategy(kind)) return analysis::BatchStrategy::kThreads;
  const bool own_locks =
      model::is_process_strategy(kind) || kind == model::StrategyKind::kInterpreters;
  return own_locks ? analysis::BatchStrategy::kProcesses : analysis::BatchStrategy::kSequential;
}

Baselines medians(const Samples& samples) {
  Baselines result;
  for (const auto& [name, values] : samples) result[name] = analysis::quantile(values, 0.5);
  return result;
}

std::map<std::string, Baselines> batch_baselines_of(const model::Configuration& configuration,
                                                    const PredictionOptions& options) {
  Samples wall, speedup, cpu, handovers;
  for (int i = 0; i < options.replications; ++i) {
    const analysis::BatchTotals totals =
        totals_of(configuration, options.seed, static_cast<std::uint64_t>(i));
    const Baselines alone = analysis::batch_baselines(totals, analysis::BatchStrategy::kSequential);
    cpu["work"].push_back(totals.cpu_total);
    handovers["interval"].push_back(
        configuration.workers < 2 ? 0
                                  : totals.python_held_total /
                                        static_cast<double>(configuration.switch_interval.count()));
    for (const auto& [name, value] :
         analysis::batch_baselines(totals, strategy_of(configuration.strategy))) {
      wall[name].push_back(value);
      if (value > 0) speedup[name].push_back(alone.at(name) / value);
    }
  }
  return {{"wall", medians(wall)},
          {"speedup", medians(speedup)},
          {"cpu", medians(cpu)},
          {"handovers", medians(handovers)}};
}

// Two handovers an operation that costs an interval, or one an interval among computing threads.
double handovers_by_interval(const model::Configuration& configuration,
                             const std::map<std::string, Baselines>& rates) {
  const double duration = configuration.duration.in_seconds();
  const auto computing =
      std::count_if(configuration.threads.begin(), configuration.threads.end(),
                    [](const model::LoopingThread& t) { return !waits(t.program); });
  if (computing > 1) return duration / configuration.switch_interval.in_seconds();
  double operations = 0;
  for (const auto& [metric, by_rule] : rates) {
    if (metric.find(".rate") != std::string::npos) operations += by_rule.at("interval") * duration;
  }
  return computing == 1 || rates.size() > 1 ? 2 * operations : 0;
}

std::map<std::string, Baselines> looping_baselines_of(const model::Configuration& configuration,
                                                      const PredictionOptions& options) {
  std::map<std::string, Baselines> result;
  const auto& threads = configuration.threads;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    if (!waits(threads[i].program)) continue;
    analysis::LoopingTotals totals;
    totals.own_steps = seconds_a_round(configuration, i, options.seed);
    totals.switch_interval = configuration.switch_interval.in_seconds();
    totals.cpu_threads = static_cast<int>(
        std::count_if(threads.begin(), threads.end(),
                      [](const model::LoopingThread& t) { return !waits(t.program); }));
    if (totals.own_steps <= 0) continue;
    for (const auto& [name, rate] : analysis::looping_rate_baselines(totals)) {
      result[threads[i].name + ".rate"][name] = rate;
      for (const char* const quantile : {".p50", ".p95", ".p99"}) {
        result[threads[i].name + quantile][name] = 1e9 / rate;
      }
    }
  }
  result["handovers"]["interval"] = handovers_by_interval(configuration, result);
  return result;
}

}  // namespace

analysis::BatchTotals totals_of(const model::Configuration& configuration, std::uint64_t seed,
                                std::uint64_t replication) {
  analysis::BatchTotals totals;
  totals.workers = configuration.workers;
  totals.cores = configuration.machine.cores;
  const std::vector<model::Step>& steps = configuration.batch.task;
  for (const auto& task : model::sample_tasks(configuration, seed, replication)) {
    double own = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const double speed = speed_of(steps[i], configuration);
      if (task[i] == model::kNoStep) continue;
      const double time = static_cast<double>(task[i].count()) / speed;
      own += time;
      (computes(steps[i]) ? totals.cpu_total : totals.wait_total) += time;
      if (holds_the_lock(steps[i])) totals.python_held_total += time;
    }
    totals.longest_task = std::max(totals.longest_task, own);
  }
  return totals;
}

double seconds_a_round(const model::Configuration& configuration, std::size_t thread,
                       std::uint64_t seed) {
  double total = 0;
  const auto rounds = model::sample_rounds(configuration, thread, seed, 0);
  for (const auto& round : rounds) {
    for (std::size_t i = 0; i < round.size(); ++i) {
      if (round[i] == model::kNoStep) continue;
      total +=
          round[i].in_seconds() / speed_of(configuration.threads[thread].program[i], configuration);
    }
  }
  return total / static_cast<double>(std::max<std::size_t>(rounds.size(), 1));
}

std::map<std::string, Baselines> baselines_of(const model::Configuration& configuration,
                                              const PredictionOptions& options) {
  return configuration.is_batch() ? batch_baselines_of(configuration, options)
                                  : looping_baselines_of(configuration, options);
}

}  // namespace gilsim::app
