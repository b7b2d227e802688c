#include "app/replicate.hpp"

#include <algorithm>
#include <stdexcept>

#include "analysis/mean_interval.hpp"
#include "app/errors.hpp"
#include "models/lock/registry.hpp"
#include "models/simulation.hpp"

namespace gilsim::app {
namespace {

constexpr double kConfidence = 0.95;

bool is_main(const std::string& metric) {
  const std::string rate = ".rate";
  return metric == "wall" || (metric.size() > rate.size() &&
                              metric.compare(metric.size() - rate.size(), rate.size(), rate) == 0);
}

double largest_half_width(const std::vector<RunFigures>& runs) {
  double largest = 0;
  for (const Series& series : series_of(runs, nullptr)) {
    if (!is_main(series.metric)) continue;
    largest = std::max(largest, analysis::relative_half_width(series.values, kConfidence));
  }
  return largest;
}

[[noreturn]] void refuse(const scenario::Point& point, const std::invalid_argument& error) {
  throw UsageError("'" + point.label() + "' cannot be simulated: " + error.what());
}

}  // namespace

void require_lock_model(const scenario::Point& point) {
  try {
    model::lock_model_for(point.configuration);
  } catch (const std::invalid_argument& error) {
    refuse(point, error);
  }
}

Replication simulate_replication(const scenario::Point& point, std::uint64_t seed,
                                 std::uint64_t replication) {
  try {
    const model::SimulatedOutcome result = model::simulate(point.configuration, seed, replication);
    return {figures_of(point.configuration, result.outcome), result.fingerprint};
  } catch (const std::invalid_argument& error) {
    refuse(point, error);
  }
}

// FNV-1a over the eight bytes, least significant first.
void JointFingerprint::add(std::uint64_t fingerprint) {
  for (int byte = 0; byte < 8; ++byte) {
    value_ = (value_ ^ ((fingerprint >> (8 * byte)) & 0xff)) * 0x100000001b3ULL;
  }
}

Replicated replicate(const scenario::Point& point, std::uint64_t seed,
                     const ReplicationRule& rule) {
  Replicated result;
  JointFingerprint fingerprint;
  const auto enough = [&] {
    const int done = static_cast<int>(result.runs.size());
    if (done < rule.least) return false;
    if (done >= rule.most || !rule.precision) return true;
    return largest_half_width(result.runs) <= *rule.precision;
  };
  while (!enough()) {
    Replication one = simulate_replication(point, seed, result.runs.size());
    result.runs.push_back(std::move(one.figures));
    fingerprint.add(one.fingerprint);
  }
  result.fingerprint = fingerprint.value();
  if (result.runs.size() >= 2) result.half_width = largest_half_width(result.runs);
  return result;
}

}  // namespace gilsim::app
