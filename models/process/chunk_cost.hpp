// One draw of what a chunk of tasks costs. The items are drawn before the chunk: an order that is
// written down, since that of two calls in one expression is the compiler's.
#pragma once

#include <cstddef>

#include "models/os/machine.hpp"
#include "models/process/message_costs.hpp"

namespace gilsim::model {

inline sim::Duration draw(Machine& machine, const ChunkCost& cost, std::size_t tasks) {
  const sim::Duration items = machine.draw(cost.item) * static_cast<std::int64_t>(tasks);
  return machine.draw(cost.chunk) + items;
}

}  // namespace gilsim::model
