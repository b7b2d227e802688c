#include "models/lock/interval_lock.hpp"

namespace gilsim::model {

std::optional<CpuRequest> IntervalLock::take(LockSeat& seat) {
  if (seat.stage == kWaiting && seat.timed_out && holder_ && switches_ == seat.seen_switches) {
    ask(*holder_, seat);
  }
  if (holder_) return wait(seat);
  acquire(seat);
  return std::nullopt;
}

void IntervalLock::ask(const LockSeat&, const LockSeat&) {
  drop_requested_ = true;
  make_holder_look();
}

CpuRequest IntervalLock::wait(LockSeat& seat) {
  if (seat.stage == kIdle) books_.begins_to_wait(machine_.now());
  seat.stage = kWaiting;
  seat.timed_out = false;
  seat.seen_switches = switches_;
  waiting_.append(seat);
  machine_.wake_by_timer_in(*seat.thread, interval_);
  return CpuRequest::block();
}

void IntervalLock::timer_expired(LockSeat& seat) {
  seat.timed_out = true;
  waiting_.remove(seat);
}

void IntervalLock::acquire(LockSeat& seat) {
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

std::optional<CpuRequest> IntervalLock::release(LockSeat& seat) {
  switch (seat.stage) {
    case kIdle:
      books_.lets_go(machine_.now());
      holder_ = nullptr;
      last_holder_ = &seat;
      seat.stage = kSignalling;
      if (waiting_.empty()) break;
      machine_.wake(*waiting_.take_first().thread);
      return CpuRequest::compute({});  // pays for the wake-up before it looks again
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
