#include "models/io/shared_device.hpp"

#include <algorithm>

namespace gilsim::model {

double SharedDevice::share() const {
  return std::min(1.0, servers_ / static_cast<double>(transfers_.size()));
}

void SharedDevice::begin(sim::Time now, sim::Duration service, std::uint64_t id) {
  if (!transfers_.empty()) served_ = served_ + (now - at_).scaled(share());
  at_ = now;
  transfers_.push({served_ + service, sequence_++, id});
}

std::optional<sim::Time> SharedDevice::next_end() const {
  if (transfers_.empty()) return std::nullopt;
  const sim::Duration left = transfers_.top().served_at_end - served_;
  return at_ + std::max(left, sim::Duration{}).scaled(1 / share());
}

std::uint64_t SharedDevice::end_next() {
  at_ = *next_end();
  const Transfer ended = transfers_.top();
  served_ = std::max(served_, ended.served_at_end);
  transfers_.pop();
  return ended.id;
}

}  // namespace gilsim::model
