#include "models/lock/holder_request_lock.hpp"

namespace gilsim::model {

void HolderRequestLock::ask(const LockSeat& holder, const LockSeat&) {
  if (holder.thread->id >= requests_.size()) requests_.resize(holder.thread->id + 1U);
  requests_[holder.thread->id] = true;
  make_holder_look();
}

bool HolderRequestLock::is_asked(const LockSeat& seat) const {
  return seat.thread->id < requests_.size() && requests_[seat.thread->id];
}

void HolderRequestLock::forget_request(const LockSeat& seat) {
  if (seat.thread->id < requests_.size()) requests_[seat.thread->id] = false;
}

}  // namespace gilsim::model
