#include "app/speed_watch.hpp"

#include "app/format.hpp"
#include "app/progress.hpp"
#include "host/host_error.hpp"
#include "host/host_speed.hpp"
#include "host/pulse.hpp"

namespace gilsim::app {
namespace {

constexpr double kStale = 1.25;  // shared hosts drift by up to a tenth

}  // namespace

void count_with_speed(model::Configuration& configuration, const model::Estimate& seen) {
  configuration.bytecode_speed = seen.median;
  if (seen.samples < 2) return;
  std::optional<model::RunToRun>& spread = configuration.machine.run_to_run;
  if (!spread) spread.emplace();
  host::widen(*spread, seen, configuration.interpreter.rates.main);
}

SpeedWatch::SpeedWatch(const std::vector<Study>& studies,
                       const std::vector<host::InstalledInterpreter>& interpreters) {
  std::size_t i = 0;
  for (const Study& study : studies) {
    for (const scenario::Point& point : study.points) {
      watched_.try_emplace(
          point.interpreter,
          Watched{
              interpreters[i], point.configuration.interpreter, model::Estimate::exactly(1), {}});
      ++i;
    }
  }
}

void SpeedWatch::before_predictions(Io& io) {
  Progress progress(io, "checking the host's speed", watched_.size(), Progress::Plain::kSilent);
  std::size_t done = 0;
  for (auto& [version, watched] : watched_) {
    if (io.stop) return;
    try {
      watched.at_prediction =
          host::speed_now(watched.installed, watched.calibrated, kProcessesBefore, &io.stop);
    } catch (const host::Interrupted&) {
      return;
    }
    progress.update(++done);
  }
}

void SpeedWatch::apply_to(std::vector<Study>& studies) const {
  for (Study& study : studies) {
    for (scenario::Point& point : study.points) {
      count_with_speed(point.configuration, watched_.at(point.interpreter).at_prediction);
    }
  }
}

void SpeedWatch::once_a_round(Io& io) {
  for (auto& [version, watched] : watched_) {
    if (io.stop) return;
    try {
      watched.later.push_back(
          host::speed_now(watched.installed, watched.calibrated, 1, &io.stop).median /
          watched.at_prediction.median);
    } catch (const host::Interrupted&) {
      return;
    }
  }
}

std::vector<SpeedWatch::Line> SpeedWatch::lines() const {
  std::vector<Line> lines;
  for (const auto& [version, watched] : watched_) {
    Line line{version, watched.at_prediction.median, {}};
    if (!watched.later.empty()) line.during_the_runs = analysis::band_of(watched.later);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string SpeedWatch::predicted_text() const {
  std::string text;
  for (const Line& line : lines()) {
    text += "Speed check: Python " + printable(line.interpreter) + " now runs at " +
            human_ratio(line.at_prediction) +
            " of its calibrated speed; the predictions count with that.\n";
    if (line.at_prediction < 1 / kStale || line.at_prediction > kStale) {
      text +=
          "That is far off: the profile is stale or the host is busy; `gilsim calibrate` again.\n";
    }
  }
  return text;
}

std::string SpeedWatch::measured_text() const {
  std::string text;
  for (const Line& line : lines()) {
    if (!line.during_the_runs) continue;
    const analysis::Band& band = *line.during_the_runs;
    text += "While the real runs went on, this host ran Python " + printable(line.interpreter) +
            " at " + human_ratio(band.median) + " [" + human_ratio(band.low) + ", " +
            human_ratio(band.high) + "] of the speed predicted with.\n";
  }
  return text;
}

}  // namespace gilsim::app
