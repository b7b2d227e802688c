#include "models/lock/lock_seat.hpp"

namespace gilsim::model {

void WaiterList::append(LockSeat& seat) {
  seat.next = nullptr;
  seat.previous = last_;
  (last_ ? last_->next : first_) = &seat;
  last_ = &seat;
}

void WaiterList::remove(LockSeat& seat) {
  (seat.previous ? seat.previous->next : first_) = seat.next;
  (seat.next ? seat.next->previous : last_) = seat.previous;
}

LockSeat& WaiterList::take_first() {
  LockSeat& first = *first_;
  remove(first);
  return first;
}

}  // namespace gilsim::model
