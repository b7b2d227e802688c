#include "models/lock/condition_variable.hpp"

namespace gilsim::model {

void ConditionVariable::enter(LockSeat& seat) {
  seat.waiting = true;
  seat.group = static_cast<std::uint8_t>(1 - older_);
  groups_[seat.group].append(seat);
}

void ConditionVariable::leave(LockSeat& seat) {
  seat.waiting = false;
  groups_[seat.group].remove(seat);
}

LockSeat& ConditionVariable::first_to_wake() {
  if (groups_[older_].empty()) older_ = static_cast<std::uint8_t>(1 - older_);
  return groups_[older_].first();
}

void ConditionVariable::sleep_again(LockSeat& seat) {
  groups_[seat.group].remove(seat);
  groups_[seat.group].append(seat);
}

}  // namespace gilsim::model
