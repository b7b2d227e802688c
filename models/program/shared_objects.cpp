#include "models/program/shared_objects.hpp"

#include <algorithm>

#include "models/program/world.hpp"

namespace gilsim::model {
namespace {

constexpr sim::Duration kPiece = sim::Duration::microseconds(100);
constexpr double kMostUneven = 0.95;

}  // namespace

SharedObjects::SharedObjects(const std::optional<SharedObjectCosts>& costs,
                             sim::RandomStream random)
    : random_(std::move(random)),
      contended_(costs ? costs->contended.draw(random_) : 1.0),
      favoured_(costs ? costs->favoured : Estimate::exactly(0.5)) {}

void SharedObjects::enter(std::size_t interpreter, std::uint16_t object, PythonThread& thread) {
  Visitors& visitors = visitors_[{interpreter, object}];
  double weight = 1;
  if (!visitors.empty()) {
    const double share = std::clamp(favoured_.draw(random_), 0.5, kMostUneven);
    const double uneven = share / (1 - share);
    weight = random_.uniform() < 0.5 ? uneven : 1 / uneven;
  }
  visitors.push_back({&thread, weight, 1});
}

void SharedObjects::leave(std::size_t interpreter, std::uint16_t object,
                          const PythonThread& thread) {
  Visitors& visitors = visitors_.at({interpreter, object});
  visitors.erase(visitors.begin() + static_cast<std::ptrdiff_t>(index_of(visitors, thread)));
  if (visitors.size() == 1) visitors.front().weight = 1;
}

sim::Duration SharedObjects::begin_piece(std::size_t interpreter, std::uint16_t object,
                                         const PythonThread& thread, sim::Duration work) {
  Visitors& visitors = visitors_.at({interpreter, object});
  Visitor& visitor = visitors[index_of(visitors, thread)];
  visitor.slowness = slowness_of(visitors, visitor);
  const sim::Duration time = std::min(work, kPiece).scaled(visitor.slowness);
  return std::max(time, sim::Duration::nanoseconds(1));
}

sim::Duration SharedObjects::work_in(std::size_t interpreter, std::uint16_t object,
                                     const PythonThread& thread, sim::Duration time) const {
  const Visitors& visitors = visitors_.at({interpreter, object});
  return time.scaled(1 / visitors[index_of(visitors, thread)].slowness);
}

std::size_t SharedObjects::index_of(const Visitors& visitors, const PythonThread& thread) {
  std::size_t index = 0;
  while (visitors[index].thread != &thread) ++index;
  return index;
}

double SharedObjects::slowness_of(const Visitors& visitors, const Visitor& visitor) const {
  double all = visitor.weight;
  for (const Visitor& other : visitors) {
    const bool works = &other != &visitor && other.thread->state() == ThreadState::kRunning;
    if (works) all += other.weight;
  }
  return all == visitor.weight ? 1 : contended_ * all / visitor.weight;
}

}  // namespace gilsim::model
