// Whether an interpreter of a host profile can run a strategy, and the way out where it can't.
#pragma once

#include <optional>
#include <string>

#include "models/configuration.hpp"

namespace gilsim::scenario {

struct Refusal {
  std::string message;
  std::string hint;
};

std::optional<Refusal> refusal_of(model::StrategyKind strategy,
                                  const model::InterpreterParameters& interpreter);

}  // namespace gilsim::scenario
