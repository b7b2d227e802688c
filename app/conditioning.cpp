#include "app/conditioning.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "app/format.hpp"
#include "models/lock/registry.hpp"

namespace gilsim::app {
namespace {

using model::Configuration;
enum class End { kLow, kHigh };

model::Cost pinned(const model::Cost& cost, End end) {
  return model::Cost::exactly(end == End::kLow ? cost.low : cost.high);
}

void pin_wakes(model::WakeCurve& curve, End end) {
  for (model::WakeLatency& point : curve) point.latency = pinned(point.latency, end);
}

void pin_wakes(Configuration& c, End end) {
  pin_wakes(c.machine.futex_wake, end);
  pin_wakes(c.machine.timer_wake, end);
  c.machine.waker_cost = pinned(c.machine.waker_cost, end);
}

void pin_calls(Configuration& c, End end) {
  model::WaitCosts& waits = c.interpreter.waits;
  for (model::WaitCost* const wait :
       {&waits.sleep, &waits.socket, &waits.pipe, &waits.file, &waits.udp}) {
    wait->call = pinned(wait->call, end);
    wait->cpu = pinned(wait->cpu, end);
    wait->latency = pinned(wait->latency, end);
    if (wait->at_once) wait->at_once = pinned(*wait->at_once, end);
    if (!wait->answered) continue;
    model::AnsweredCost& answered = *wait->answered;
    for (model::Cost* const cost :
         {&answered.bytecode, &answered.ask, &answered.receive, &answered.serve}) {
      *cost = pinned(*cost, end);
    }
  }
}

struct Uncertain {
  const char* name;
  void (*pin)(Configuration&, End);
};

constexpr Uncertain kUncertain[] = {
    {"the odds that a waiter still awake takes a sleeper's signal",
     [](Configuration& c, End end) {
       const model::Estimate& odds = c.interpreter.signal_stolen;
       c.interpreter.signal_stolen =
           model::Estimate::exactly(end == End::kLow ? odds.low : odds.high);
     }},
    {"wake-ups, beside system calls that run against them,",
     [](Configuration& c, End end) {
       pin_wakes(c, end);
       pin_calls(c, end == End::kLow ? End::kHigh : End::kLow);
     }},
    {"wake-ups and system calls",
     [](Configuration& c, End end) {
       pin_wakes(c, end);
       pin_calls(c, end);
     }},
    {"the time from registering as a waiter to being asleep",
     [](Configuration& c, End end) {
       c.machine.signal_window = pinned(c.machine.signal_window, end);
     }},
};

bool works_without_lock(const model::Step& step) {
  const auto* const native = std::get_if<model::NativeStep>(&step);
  return std::holds_alternative<model::WaitStep>(step) ||
         (native != nullptr && native->lock == model::LockMode::kReleased);
}

bool works_without_lock(const std::vector<model::Step>& program) {
  return std::any_of(program.begin(), program.end(),
                     [](const model::Step& step) { return works_without_lock(step); });
}

sim::Duration longest_wake(const Configuration& configuration) {
  sim::Duration longest;
  for (const model::WakeLatency& point : configuration.machine.futex_wake) {
    longest = std::max(longest, point.latency.median);
  }
  return longest;
}

const model::WaitCost& cost_of(const model::WaitStep& step, const model::WaitCosts& costs) {
  switch (step.via) {
    case model::WaitVia::kSocket:
      return costs.socket;
    case model::WaitVia::kPipe:
      return costs.pipe;
    case model::WaitVia::kFile:
      return costs.file;
    case model::WaitVia::kUdp:
      return costs.udp;
    case model::WaitVia::kSleep:
      break;
  }
  return costs.sleep;
}

// How long a step is away from the lock; nothing for one that keeps it.
std::optional<sim::Duration> time_away(const model::Step& step,
                                       const Configuration& configuration) {
  if (!works_without_lock(step)) return std::nullopt;
  const sim::Duration own = std::visit([](const auto& s) { return model::mean_of(s.time); }, step);
  const auto* const wait = std::get_if<model::WaitStep>(&step);
  if (wait == nullptr) return own;
  const model::WaitCost& cost = cost_of(*wait, configuration.interpreter.waits);
  if (own == sim::Duration{} && cost.answered) {
    return cost.answered->ask.median + cost.answered->serve.median + cost.answered->receive.median;
  }
  const bool at_once = own == sim::Duration{} && cost.at_once;
  return own + cost.call.median + cost.cpu.median +
         (at_once ? cost.at_once->median : cost.latency.median);
}

bool computes_only(const model::LoopingThread& thread) {
  return !works_without_lock(thread.program);
}

// Threads whose operations are over before who they woke has come up.
std::vector<IllConditioned> shorter_than_a_wake(const Configuration& configuration) {
  std::vector<IllConditioned> all;
  if (configuration.is_batch()) return all;
  const auto& threads = configuration.threads;
  if (std::none_of(threads.begin(), threads.end(), computes_only)) return all;
  const sim::Duration wake = longest_wake(configuration);
  for (const model::LoopingThread& thread : threads) {
    for (const model::Step& step : thread.program) {
      const auto away = time_away(step, configuration);
      if (!away || *away >= wake) continue;
      const auto text = [](sim::Duration t) { return human_time(static_cast<double>(t.count())); };
      all.push_back({"an operation of " + text(*away) + " is shorter than a wake-up of " +
                         text(wake) + ", so who is at the lock first is a race",
                     thread.name + ".rate", "1/s", 0, 0, 0});
      break;
    }
  }
  return all;
}

int threads_of(const Configuration& configuration) {
  if (configuration.is_batch()) {
    return model::is_thread_strategy(configuration.strategy) ? configuration.workers : 1;
  }
  int threads = 0;
  for (const model::LoopingThread& thread : configuration.threads) threads += thread.count;
  return threads;
}

bool is_main(const std::string& metric) {
  const std::string end = ".rate";
  return metric == "wall" || (metric.size() > end.size() &&
                              metric.compare(metric.size() - end.size(), end.size(), end) == 0);
}

std::vector<double> values_of(const Prediction& prediction, const std::string& metric) {
  std::vector<double> values;
  for (const RunFigures& run : prediction.replications) {
    values.push_back(run.value(metric).value_or(0));
  }
  return values;
}

// The predictions with each uncertain figure at either end, and the one as it is.
class Variants {
 public:
  Variants(const scenario::Point& point, std::vector<scenario::Point>& all) : first_(all.size()) {
    all.push_back(point);
    for (const Uncertain& uncertain : kUncertain) {
      for (const End end : {End::kLow, End::kHigh}) {
        all.push_back(point);
        uncertain.pin(all.back().configuration, end);
      }
    }
  }

  // Of each main figure the cause that moves it most, where one moves it too far.
  std::vector<IllConditioned> judged(const std::vector<Prediction>& predictions) const {
    std::vector<IllConditioned> all;
    if (predictions[first_].replications.empty()) return all;
    for (const Figure& figure : predictions[first_].replications.front().figures) {
      if (!is_main(figure.metric)) continue;
      std::optional<IllConditioned> worst;
      for (std::size_t i = 0; i < std::size(kUncertain); ++i) {
        const auto seen = beyond(predictions, figure, i);
        if (seen && (!worst || moved(*seen) > moved(*worst))) worst = seen;
      }
      if (worst) all.push_back(*worst);
    }
    return all;
  }

 private:
  std::optional<IllConditioned> beyond(const std::vector<Prediction>& predictions,
                                       const Figure& figure, std::size_t uncertain) const {
    const auto values = [&](std::size_t variant) {
      return values_of(predictions[first_ + variant], figure.metric);
    };
    const auto median = [&](std::size_t variant) {
      return analysis::quantile(values(variant), 0.5);
    };
    const IllConditioned seen{kUncertain[uncertain].name,
                              figure.metric,
                              figure.unit,
                              median(0),
                              median(1 + 2 * uncertain),
                              median(2 + 2 * uncertain)};
    const analysis::Band own = analysis::band_of(values(0));
    const bool outside = std::min(seen.at_low, seen.at_high) < own.low ||
                         std::max(seen.at_low, seen.at_high) > own.high;
    if (moved(seen) <= kMostMoved || !outside) return std::nullopt;
    return seen;
  }

  std::size_t first_;
};

void add_missing(std::vector<IllConditioned>& all, const std::vector<IllConditioned>& more) {
  for (const IllConditioned& one : more) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const IllConditioned& other) {
      return other.metric == one.metric;
    });
    if (!known) all.push_back(one);
  }
}

}  // namespace

bool may_race(const Configuration& configuration) {
  if (threads_of(configuration) < 2 || configuration.machine.cores < 2) return false;
  if (!model::excludes(configuration)) return false;
  if (configuration.is_batch()) return works_without_lock(configuration.batch.task);
  return std::any_of(configuration.threads.begin(), configuration.threads.end(),
                     [](const auto& thread) { return works_without_lock(thread.program); });
}

void mark_ill_conditioned(std::vector<Prediction>& predictions,
                          const std::vector<scenario::Point>& points,
                          const PredictionOptions& options, Io& io) {
  constexpr int kEnough = 7;  // medians are compared under the same draws
  std::vector<scenario::Point> all;
  std::vector<std::optional<Variants>> variants(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (may_race(points[i].configuration)) variants[i].emplace(points[i], all);
  }
  PredictionOptions few = options;
  few.replications = std::min(options.replications, kEnough);
  const std::vector<Prediction> tried = predict(all, few, io);
  if (io.stop) return;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!variants[i]) continue;
    predictions[i].ill_conditioned = variants[i]->judged(tried);
    add_missing(predictions[i].ill_conditioned, shorter_than_a_wake(points[i].configuration));
  }
}

// How far the figure is from what was predicted, either way; without limit where it becomes 0.
double moved(const IllConditioned& condition) {
  const auto [least, most] =
      std::minmax({condition.predicted, condition.at_low, condition.at_high});
  if (most <= 0) return 1;
  if (least <= 0) return std::numeric_limits<double>::infinity();
  return std::max(most / condition.predicted, condition.predicted / least);
}

std::string conditioning_text(const IllConditioned& condition) {
  if (condition.predicted == 0) return condition.metric + ": " + condition.cause;
  return condition.metric + " is " + human_value(condition.at_low, condition.unit) + " or " +
         human_value(condition.at_high, condition.unit) + " instead of " +
         human_value(condition.predicted, condition.unit) + " with " + condition.cause +
         " at the 5 % or the 95 % quantile measured";
}

}  // namespace gilsim::app
