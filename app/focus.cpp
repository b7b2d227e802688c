#include "app/focus.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/plot_axis.hpp"
#include "models/lock/registry.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

std::vector<std::string> labels_of(const Study& study) {
  std::vector<std::string> labels;
  for (const scenario::Point& point : study.points) {
    if (std::find(labels.begin(), labels.end(), point.label()) == labels.end()) {
      labels.push_back(point.label());
    }
  }
  return labels;
}

// Threads of one process beyond the first.
int that_share(const model::Configuration& configuration) {
  if (!configuration.is_batch()) return static_cast<int>(configuration.threads.size()) - 1;
  if (model::is_thread_strategy(configuration.strategy)) return configuration.workers - 1;
  return 0;
}

double distance_to_default(sim::Duration interval) {
  const auto usual = static_cast<double>(model::Configuration().switch_interval.count());
  return std::fabs(std::log(static_cast<double>(std::max<std::int64_t>(interval.count(), 1))) -
                   std::log(usual));
}

std::tuple<double, int, int> worth(const scenario::Point& point) {
  const bool alone = point.configuration.is_batch() &&
                     point.configuration.strategy == model::StrategyKind::kSequential;
  return {-distance_to_default(point.configuration.switch_interval),
          that_share(point.configuration), alone ? 0 : point.workers};
}

}  // namespace

OptionSpec point_option() {
  return {"point", 0, "LABEL",
          "the point to look at, as threads@4 (default: most threads that share a lock)"};
}

Study read_one_study(const Arguments& arguments) {
  if (arguments.operands().size() > 1) {
    throw UsageError("more than one scenario given", "this command looks at one at a time");
  }
  return read_studies(arguments, HostDefault::kOfScenario).front();
}

const scenario::Point& chosen_point(const Study& study, const Arguments& arguments) {
  const std::optional<std::string> label = arguments.value("point");
  const scenario::Point* best = nullptr;
  for (const scenario::Point& point : study.points) {
    if (label && point.label() != *label) continue;
    if (best == nullptr || worth(point) > worth(*best)) best = &point;
  }
  if (best != nullptr) return *best;
  const std::vector<std::string> labels = labels_of(study);
  const std::string like = scenario::nearest(*label, labels);
  throw UsageError(
      "no point of '" + study.file + "' is labelled '" + *label + "'",
      like.empty() ? "there are " + scenario::join(labels) : "did you mean '" + like + "'?");
}

std::string full_label(const scenario::Point& point) {
  const model::Configuration& configuration = point.configuration;
  std::string text = printable(point.label()) + " on " +
                     plural(configuration.machine.cores, "core") + ", CPython " +
                     point.interpreter + ", switch interval " +
                     tic_name(configuration.switch_interval.in_seconds(), "s");
  if (configuration.lock) text += ", lock " + std::string(model::name_of(*configuration.lock));
  return text;
}

std::vector<std::string> other_labels(const Study& study, const scenario::Point& point) {
  std::vector<std::string> labels = labels_of(study);
  labels.erase(std::remove(labels.begin(), labels.end(), point.label()), labels.end());
  return labels;
}

}  // namespace gilsim::app
