#include "models/lock/interval_lock.hpp"

namespace gilsim::model {

std::optional<CpuRequest> IntervalLock::take(LockSeat& seat) {
  if (seat.stage == kWaiting) {
    if (seat.waiting) {  // woken by its timer, or for a signal that is gone
      seat.roused = false;
      if (machine_.now() < seat.deadline) {
        waiting_.sleep_again(seat);
        return sleep(seat);
      }
      seat.timed_out = true;
      waiting_.leave(seat);
    }
    if (seat.timed_out && holder_ && switches_ == seat.seen_switches) ask(*holder_, seat);
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
  begin_wait(seat);
  seat.deadline = machine_.now() + interval_;
  waiting_.enter(seat);
  latest_ = &seat;
  latest_registered_ = machine_.now();
  machine_.falls_asleep(*seat.thread, machine_.parameters().signal_window.median);
  return sleep(seat);
}

CpuRequest IntervalLock::sleep(LockSeat& seat) {
  machine_.wake_by_timer_in(*seat.thread, seat.deadline - machine_.now());
  return CpuRequest::block();
}

void IntervalLock::timer_expired(LockSeat& seat) {
  machine_.charge(*seat.thread, machine_.cost_of_timed_wait());
  seat.roused = true;  // its place it keeps until it runs
}

bool IntervalLock::signal(const LockSeat& releasing) {
  if (!waiting_.has_waiters()) return false;
  LockSeat& first = waiting_.first_to_wake();
  LockSeat* const stealing = thief(releasing);
  LockSeat& receiver = stealing ? *stealing : first;
  const bool asleep = !receiver.roused;
  receiver.roused = false;
  waiting_.leave(receiver);
  if (&receiver != &first && !first.roused) {
    first.roused = true;
    machine_.wake(*first.thread);
  }
  if (asleep) machine_.wake(*receiver.thread);
  return true;
}

// The waiter that has just registered in the signalled group, on another core, and is still awake.
LockSeat* IntervalLock::thief(const LockSeat& releasing) {
  if (!latest_ || !waiting_.reaches(*latest_)) return nullptr;
  if (latest_->thread->core == releasing.thread->core) return nullptr;
  const sim::Duration age = machine_.now() - latest_registered_;
  if (age > machine_.parameters().signal_window.high || age > machine_.draw(window_)) {
    return nullptr;
  }
  return steals() ? latest_ : nullptr;
}

bool IntervalLock::steals() {
  if (odds_ < 0) odds_ = machine_.draw(stolen_);
  return machine_.uniform() < odds_;
}

}  // namespace gilsim::model
