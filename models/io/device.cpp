#include "models/io/device.hpp"

#include <algorithm>

namespace gilsim::model {

sim::Duration DeviceQueue::admit(sim::Time now, sim::Duration service) {
  sim::Time& first_free = *std::min_element(free_at_.begin(), free_at_.end());
  const sim::Time begin = std::max(now, first_free);
  first_free = begin + service;
  return begin - now;
}

}  // namespace gilsim::model
