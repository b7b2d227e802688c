#include "app/figures.hpp"

#include <algorithm>

namespace gilsim::app {
namespace {

double nanoseconds(sim::Duration duration) { return static_cast<double>(duration.count()); }

void add_thread(RunFigures& run, const model::LoopingThread& thread,
                const model::ThreadOutcome& outcome, sim::Duration duration) {
  run.figures.push_back({thread.name + ".rate", "1/s",
                         static_cast<double>(outcome.operations) / duration.in_seconds()});
  if (!waits(thread.program) || outcome.latencies.empty()) return;
  std::vector<double> latencies;
  latencies.reserve(outcome.latencies.size());
  for (const sim::Duration latency : outcome.latencies) latencies.push_back(nanoseconds(latency));
  run.figures.push_back({thread.name + ".p50", "ns", analysis::quantile(latencies, 0.50)});
  run.figures.push_back({thread.name + ".p95", "ns", analysis::quantile(latencies, 0.95)});
  run.figures.push_back({thread.name + ".p99", "ns", analysis::quantile(latencies, 0.99)});
}

}  // namespace

bool waits(const std::vector<model::Step>& program) {
  return std::any_of(program.begin(), program.end(), [](const model::Step& step) {
    return std::holds_alternative<model::WaitStep>(step);
  });
}

std::optional<double> RunFigures::value(const std::string& metric) const {
  for (const Figure& figure : figures) {
    if (figure.metric == metric) return figure.value;
  }
  return std::nullopt;
}

RunFigures figures_of(const model::Configuration& configuration, const model::Outcome& outcome) {
  RunFigures run;
  run.lock_handovers = static_cast<double>(outcome.lock_handovers);
  run.forced_drops = static_cast<double>(outcome.forced_drops);
  run.voluntary_switches = static_cast<double>(outcome.voluntary_switches);
  run.involuntary_switches = static_cast<double>(outcome.involuntary_switches);
  if (configuration.is_batch()) {
    run.figures.push_back({"wall", "ns", nanoseconds(outcome.wall)});
    run.figures.push_back({"cpu", "ns", nanoseconds(outcome.cpu)});
    return run;
  }
  for (const model::LoopingThread& thread : configuration.threads) {
    for (const model::ThreadOutcome& seen : outcome.threads) {
      if (seen.name == thread.name) add_thread(run, thread, seen, configuration.duration);
    }
  }
  return run;
}

std::vector<Series> series_of(const std::vector<RunFigures>& runs,
                              const std::vector<RunFigures>* reference) {
  std::vector<Series> all;
  const auto series = [&](const std::string& metric, const std::string& unit) -> Series& {
    for (Series& known : all) {
      if (known.metric == metric) return known;
    }
    all.push_back({metric, unit, {}});
    return all.back();
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const Figure& figure : runs[i].figures) {
      series(figure.metric, figure.unit).values.push_back(figure.value);
      if (figure.metric != "wall" || reference == nullptr || i >= reference->size()) continue;
      const std::optional<double> sequential = (*reference)[i].value("wall");
      if (sequential && figure.value > 0) {
        series("speedup", "1").values.push_back(*sequential / figure.value);
      }
    }
  }
  return all;
}

}  // namespace gilsim::app
