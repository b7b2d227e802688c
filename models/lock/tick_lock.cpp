#include "models/lock/tick_lock.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

sim::Duration remainder_of(sim::Duration time, sim::Duration period) {
  return sim::Duration::nanoseconds(time.count() % period.count());
}

}  // namespace

std::optional<CpuRequest> TickLock::take(LockSeat& seat) {
  if (!free_) {
    if (seat.stage == kIdle) register_waiter();
    if (seat.stage == kTrying) {  // the kernel has looked again, too
      seat.stage = kAsleep;
      asleep_.append(seat);
      return CpuRequest::block();
    }
    seat.stage = kTrying;
    return CpuRequest::compute(machine_.draw(machine_.parameters().system_call));
  }
  if (seat.stage != kIdle) --waiters_;
  acquire(seat);
  return std::nullopt;
}

// From now on the holder's releases matter: its bytecode is counted until now, and ends at the
// next.
void TickLock::register_waiter() {
  books_.begins_to_wait(machine_.now());
  if (++waiters_ > 1 || !holder_) return;
  const sim::Duration done = stretch_ - machine_.work_left(*holder_->thread);
  counted_ = std::max(done, {});
  since_release_ = remainder_of(since_release_ + counted_, period_);
  machine_.interrupt(*holder_->thread, period_ - since_release_);
}

void TickLock::acquire(LockSeat& seat) {
  books_.takes(machine_.now(), seat.stage != kIdle);
  seat.stage = kIdle;
  free_ = false;
  holder_ = &seat;
  if (last_holder_ == &seat) return;
  last_holder_ = &seat;
  ++handovers_;
}

sim::Duration TickLock::stretch(const LockSeat& seat, sim::Duration wanted) {
  stretch_ = InterpreterLock::stretch(seat, wanted);
  if (waiters_ > 0) stretch_ = std::min(stretch_, period_ - since_release_);
  counted_ = {};
  return stretch_;
}

void TickLock::ran(const LockSeat& seat, sim::Duration bytecode) {
  InterpreterLock::ran(seat, bytecode);
  since_release_ += bytecode - counted_;
  stretch_ = counted_ = {};
  if (waiters_ == 0) since_release_ = remainder_of(since_release_, period_);
}

bool TickLock::must_drop(const LockSeat&) {
  if (since_release_ < period_) return false;
  since_release_ = {};
  return true;
}

std::optional<CpuRequest> TickLock::release(LockSeat& seat) {
  if (seat.stage == kPosting) {
    seat.stage = kIdle;
    return std::nullopt;
  }
  books_.lets_go(machine_.now());
  free_ = true;
  holder_ = nullptr;
  if (waiters_ == 0) return std::nullopt;
  seat.stage = kPosting;
  if (!asleep_.empty()) machine_.wake(*asleep_.take_first().thread);
  return CpuRequest::compute(machine_.draw(machine_.parameters().system_call));
}

}  // namespace gilsim::model
