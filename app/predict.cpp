#include "app/predict.hpp"

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/parallel.hpp"
#include "app/progress.hpp"
#include "models/simulation.hpp"

namespace gilsim::app {
namespace {

struct Slot {
  bool done = false;
  RunFigures figures;
  std::uint64_t fingerprint = 0;
};

Slot simulated(const scenario::Point& point, std::uint64_t seed, std::uint64_t replication) {
  try {
    const model::SimulatedOutcome result = model::simulate(point.configuration, seed, replication);
    return {true, figures_of(point.configuration, result.outcome), result.fingerprint};
  } catch (const std::invalid_argument& error) {
    throw UsageError("'" + point.label() + "' cannot be simulated: " + error.what());
  }
}

// FNV-1a over the eight bytes of `value`, least significant first.
std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  for (int byte = 0; byte < 8; ++byte) {
    hash = (hash ^ ((value >> (8 * byte)) & 0xff)) * 0x100000001b3ULL;
  }
  return hash;
}

Prediction gathered(std::vector<Slot>::iterator first, std::vector<Slot>::iterator last) {
  Prediction prediction;
  prediction.fingerprint = 0xcbf29ce484222325ULL;
  for (auto slot = first; slot != last; ++slot) {
    if (!slot->done) return {};
    prediction.replications.push_back(std::move(slot->figures));
    prediction.fingerprint = mixed(prediction.fingerprint, slot->fingerprint);
  }
  return prediction;
}

}  // namespace

std::vector<Prediction> predict(const std::vector<scenario::Point>& points,
                                const PredictionOptions& options, Io& io) {
  const std::size_t replications = static_cast<std::size_t>(options.replications);
  std::vector<Slot> slots(points.size() * replications);
  Progress progress(io, "simulating", slots.size(), Progress::Plain::kSilent);
  parallel_for(
      slots.size(), options.jobs, io.stop,
      [&](std::size_t i) {
        slots[i] = simulated(points[i / replications], options.seed, i % replications);
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
