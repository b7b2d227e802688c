#include "app/timeline_of.hpp"

#include <algorithm>
#include <stdexcept>

#include "app/errors.hpp"
#include "app/figures.hpp"
#include "models/timeline/recorder.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kReadableChanges = 160;

template <class AnySpan>
void cut(std::vector<AnySpan>& spans, sim::Time from, sim::Time to) {
  std::vector<AnySpan> kept;
  for (AnySpan span : spans) {
    span.from = std::max(span.from, from);
    span.to = std::min(span.to, to);
    if (span.from < span.to) kept.push_back(span);
  }
  spans = std::move(kept);
}

// When so many changes have been seen; spans are in the order of their ends.
sim::Time end_of_readable(const model::Timeline& timeline, sim::Time from) {
  std::size_t seen = 0;
  for (const model::Span& span : timeline.spans) {
    if (span.to > from && ++seen == kReadableChanges) return span.to;
  }
  return timeline.to;
}

}  // namespace

model::Timeline timeline_of(const scenario::Point& point, std::uint64_t seed,
                            std::uint64_t replication, sim::Time from, sim::Time to) {
  model::TimelineRecorder recorder(from, to);
  try {
    model::simulate(point.configuration, seed, replication, model::Laws::kChecked, &recorder);
  } catch (const std::invalid_argument& error) {
    throw UsageError("'" + point.label() + "' cannot be simulated: " + error.what());
  }
  return recorder.take();
}

model::Timeline readable_part(const model::Timeline& timeline, sim::Time from,
                              std::optional<sim::Time> to) {
  model::Timeline part = timeline;
  part.from = std::max(timeline.from, from);
  part.to = std::min(timeline.to, to.value_or(end_of_readable(timeline, from)));
  cut(part.spans, part.from, part.to);
  cut(part.core_spans, part.from, part.to);
  return part;
}

std::vector<Latencies> latencies_of(const scenario::Point& point, std::uint64_t seed,
                                    int replications) {
  std::vector<Latencies> all;
  const auto of_name = [&](const std::string& name) -> Latencies& {
    for (Latencies& known : all) {
      if (known.name == name) return known;
    }
    all.push_back({name, {}});
    return all.back();
  };
  const auto is_shown = [&](const std::string& name) {
    for (const model::LoopingThread& thread : point.configuration.threads) {
      if (thread.name == name) return waits(thread.program);
    }
    return point.configuration.is_batch();
  };
  for (int i = 0; i < replications; ++i) {
    const auto run =
        model::simulate(point.configuration, seed, static_cast<std::uint64_t>(i)).outcome;
    for (const model::ThreadOutcome& thread : run.threads) {
      if (!is_shown(thread.name)) continue;
      for (const sim::Duration latency : thread.latencies) {
        of_name(thread.name).seconds.push_back(latency.in_seconds());
      }
    }
  }
  return all;
}

PlotReport picture_source(const Study& study, const scenario::Point& point,
                          const std::string& reproduce, int replications) {
  PlotReport report;
  report.version = GILSIM_VERSION;
  report.reproduce = reproduce;
  report.replications = replications;
  const model::HostIdentity& host = study.profile.host;
  report.processor = host.processor.empty() ? study.profile.description : host.processor;
  report.kernel = host.kernel;
  report.host_cores = study.profile.machine.cores;
  PlotPoint shown;
  shown.interpreter = point.interpreter;
  report.points = {shown};
  return report;
}

}  // namespace gilsim::app
