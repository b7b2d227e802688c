#include "models/os/background.hpp"

#include "models/os/machine.hpp"

namespace gilsim::model {

Background::Background(const BackgroundParameters& parameters, Machine& machine, std::uint64_t seed,
                       std::uint64_t replication)
    : parameters_(parameters), machine_(machine) {
  for (int i = 0; i < parameters.threads; ++i) {
    minds_.push_back({{seed, replication, "background:" + std::to_string(i)}, false});
    minds_.back().has_computed = minds_.back().random.uniform() >= parameters.duty;
  }
}

CpuRequest Background::next(Thread& thread) {
  Mind& mind = minds_[Machine::index_among_outsiders(thread)];
  if (parameters_.duty >= 1) return CpuRequest::compute(parameters_.burst);
  if (!mind.has_computed) {
    mind.has_computed = true;
    return CpuRequest::compute(parameters_.burst.scaled(mind.random.exponential()));
  }
  mind.has_computed = false;
  const double mean = (1 - parameters_.duty) / parameters_.duty;
  machine_.wake_by_timer_in(thread, parameters_.burst.scaled(mean * mind.random.exponential()));
  return CpuRequest::block();
}

}  // namespace gilsim::model
