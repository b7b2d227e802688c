#include "models/program/layout_speed.hpp"

namespace gilsim::model {
namespace {

double tax_of(const Configuration& configuration) {
  const bool untaxed =
      configuration.interpreter.free_threaded || configuration.lock != LockKind::kFreeThreaded;
  return untaxed ? 1.0 : configuration.free_threading_tax;
}

}  // namespace

std::array<double, 3> slowness_by_layout(const Configuration& configuration, std::uint64_t seed,
                                         std::uint64_t replication) {
  const LayoutRates& rates = configuration.interpreter.rates;
  sim::RandomStream random(seed, replication, "rates");
  const double nominal = rates.main.median * tax_of(configuration) / configuration.bytecode_speed;
  std::array<double, 3> slowness{};
  const Estimate* const by_layout[] = {&rates.main, &rates.worker, &rates.child};
  for (std::size_t i = 0; i < slowness.size(); ++i) {
    slowness[i] = nominal / by_layout[i]->draw(random);
  }
  return slowness;
}

}  // namespace gilsim::model
