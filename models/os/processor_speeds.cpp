#include "models/os/processor_speeds.hpp"

#include <algorithm>

namespace gilsim::model {

double bandwidth_of(const std::vector<MemoryBandwidth>& curve, std::size_t threads) {
  const auto count = static_cast<double>(threads);
  const auto above = std::find_if(curve.begin(), curve.end(),
                                  [count](const auto& point) { return point.threads >= count; });
  if (above == curve.end()) return curve.back().bandwidth;
  if (above == curve.begin()) return above->bandwidth * count / above->threads;
  const MemoryBandwidth& below = *(above - 1);
  const double share = (count - below.threads) / (above->threads - below.threads);
  return below.bandwidth + share * (above->bandwidth - below.bandwidth);
}

ProcessorSpeeds::ProcessorSpeeds(const MachineParameters& parameters, double parallel_speed,
                                 double smt_speed)
    : bandwidth_(parameters.memory),
      parallel_speed_(parallel_speed),
      smt_speed_(smt_speed),
      busy_(static_cast<std::size_t>(parameters.cores), 0),
      memory_(busy_.size(), 0),
      busy_in_core_((busy_.size() + static_cast<std::size_t>(parameters.threads_per_core) - 1) /
                        static_cast<std::size_t>(parameters.threads_per_core),
                    0) {}

void ProcessorSpeeds::begins(std::size_t processor, double memory) {
  if (!busy_[processor]) {
    busy_[processor] = 1;
    if (++busy_in_core_[core_of(processor)] == 1) ++busy_cores_;
  }
  memory_[processor] = memory;
  share_memory();
}

void ProcessorSpeeds::ceases(std::size_t processor) {
  busy_[processor] = 0;
  memory_[processor] = 0;
  if (--busy_in_core_[core_of(processor)] == 0) --busy_cores_;
  share_memory();
}

double ProcessorSpeeds::of(std::size_t processor) const {
  return speed_without_memory(processor) * (memory_[processor] > 0 ? served_ : 1.0);
}

double ProcessorSpeeds::speed_without_memory(std::size_t processor) const {
  const double share =
      busy_cores_ < 2 ? 0.0
                      : static_cast<double>(busy_cores_ - 1) / static_cast<double>(cores() - 1);
  const double together = 1.0 + share * (parallel_speed_ - 1.0);
  return busy_in_core_[core_of(processor)] > 1 ? together * smt_speed_ : together;
}

void ProcessorSpeeds::share_memory() {
  if (bandwidth_.empty()) return;
  double demand = 0;
  std::size_t threads = 0;
  for (std::size_t i = 0; i < busy_.size(); ++i) {
    if (memory_[i] <= 0) continue;
    demand += memory_[i] * speed_without_memory(i);
    ++threads;
  }
  served_ = demand > 0 ? std::min(1.0, bandwidth_of(bandwidth_, threads) / demand) : 1.0;
}

}  // namespace gilsim::model
