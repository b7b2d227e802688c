#include "models/lock/switching_lock.hpp"

namespace gilsim::model {

void SwitchingLock::begin_wait(LockSeat& seat) {
  if (seat.stage == kIdle) books_.begins_to_wait(machine_.now());
  seat.stage = kWaiting;
  seat.timed_out = false;
  seat.seen_switches = switches_;
}

void SwitchingLock::acquire(LockSeat& seat) {
  books_.takes(machine_.now(), seat.stage != kIdle);
  seat.stage = kIdle;
  holder_ = &seat;
  if (last_holder_ != &seat) {
    last_holder_ = &seat;
    ++switches_;
    ++handovers_;
  }
  if (!awaiting_switch_.empty()) machine_.wake(*awaiting_switch_.take_first().thread);
  forget_request(seat);
}

std::optional<CpuRequest> SwitchingLock::release(LockSeat& seat) {
  switch (seat.stage) {
    case kIdle:
      books_.lets_go(machine_.now());
      holder_ = nullptr;
      last_holder_ = &seat;
      seat.stage = kSignalling;
      if (!signal(seat)) break;
      return CpuRequest::compute({});  // pays for the wake-ups before it looks again
    case kAwaitingSwitch:
      seat.stage = kIdle;
      return std::nullopt;
    default:
      break;
  }
  if (is_asked(seat) && last_holder_ == &seat) {
    forget_request(seat);
    seat.stage = kAwaitingSwitch;
    awaiting_switch_.append(seat);
    return CpuRequest::block();
  }
  seat.stage = kIdle;
  return std::nullopt;
}

}  // namespace gilsim::model
