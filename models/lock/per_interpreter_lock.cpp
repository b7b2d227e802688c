#include "models/lock/per_interpreter_lock.hpp"

namespace gilsim::model {

void PerInterpreterLock::ask(const LockSeat& holder, const LockSeat& asking) {
  if (asking.interpreter >= requests_.size()) requests_.resize(asking.interpreter + 1U);
  requests_[asking.interpreter] = true;
  if (asking.interpreter == holder.interpreter) make_holder_look();
}

bool PerInterpreterLock::is_asked(const LockSeat& seat) const {
  return seat.interpreter < requests_.size() && requests_[seat.interpreter];
}

void PerInterpreterLock::forget_request(const LockSeat& seat) {
  if (seat.interpreter < requests_.size()) requests_[seat.interpreter] = false;
}

}  // namespace gilsim::model
