// A configuration with tiny steps and stated rates, for real runs that check form, not time.
#pragma once

#include "host/execute.hpp"

namespace gilsim::host {

inline model::Distribution constant(sim::Duration value) { return model::Constant{value}; }

inline model::Configuration tiny_configuration() {
  model::Configuration configuration;
  configuration.interpreter.rates.main = model::Estimate::exactly(2e7);
  configuration.interpreter.native_released = model::Estimate::exactly(2e6);
  configuration.interpreter.native_held = model::Estimate::exactly(1e8);
  configuration.interpreter.shared = {model::Estimate::exactly(1e7), model::Estimate::exactly(1)};
  return configuration;
}

inline model::Configuration batch_of(int tasks, std::vector<model::Step> task) {
  auto configuration = tiny_configuration();
  configuration.batch = {tasks, std::move(task)};
  return configuration;
}

}  // namespace gilsim::host
