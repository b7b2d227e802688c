#include "app/predict.hpp"

#include <optional>

#include "app/parallel.hpp"
#include "app/progress.hpp"
#include "app/replicate.hpp"

namespace gilsim::app {
namespace {

using Slot = std::optional<Replication>;

Prediction gathered(std::vector<Slot>::iterator first, std::vector<Slot>::iterator last) {
  Prediction prediction;
  JointFingerprint fingerprint;
  for (auto slot = first; slot != last; ++slot) {
    if (!*slot) return {};
    prediction.replications.push_back(std::move((*slot)->figures));
    fingerprint.add((*slot)->fingerprint);
  }
  prediction.fingerprint = fingerprint.value();
  return prediction;
}

}  // namespace

std::vector<Prediction> predict(const std::vector<scenario::Point>& points,
                                const PredictionOptions& options, Io& io) {
  for (const scenario::Point& point : points) require_lock_model(point);
  const std::size_t replications = static_cast<std::size_t>(options.replications);
  std::vector<Slot> slots(points.size() * replications);
  Progress progress(io, "simulating", slots.size(), Progress::Plain::kSilent);
  parallel_for(
      slots.size(), options.jobs, io.stop,
      [&](std::size_t i) {
        slots[i] = simulate_replication(points[i / replications], options.seed, i % replications);
      },
      [&](std::size_t done) { progress.update(done); });
  std::vector<Prediction> predictions;
  for (auto first = slots.begin(); first != slots.end();
       first += static_cast<std::ptrdiff_t>(replications)) {
    predictions.push_back(gathered(first, first + static_cast<std::ptrdiff_t>(replications)));
  }
  return predictions;
}

}  // namespace gilsim::app
