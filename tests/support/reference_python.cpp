#include "tests/support/reference_python.hpp"

#include <algorithm>

namespace gilsim::test {

Task RefLock::take(RefThread& self) {
  while (locked_) {
    const std::int64_t saved_switch_number = switch_number;
    Waiter waiter{&self, machine_.now(), machine_.now() + interval_};
    newer_.push_back(&waiter);
    latest_ = &waiter;
    machine_.falls_asleep(self, window_);
    do {
      machine_.set_timer(self, waiter.deadline - machine_.now(), [&] {
        self.debt = look_;
        waiter.state = Waiter::State::kRoused;
      });
      co_await RefMachine::block(self);
      if (waiter.state != Waiter::State::kRoused) break;
      waiter.state = Waiter::State::kAsleep;
      if (machine_.now() >= waiter.deadline) {
        time_out(waiter);
      } else {
        auto& group = group_of(waiter);
        group.erase(std::find(group.begin(), group.end(), &waiter));
        group.push_back(&waiter);
      }
    } while (waiter.state == Waiter::State::kAsleep);
    if (latest_ == &waiter) latest_ = nullptr;
    if (waiter.state != Waiter::State::kTimedOut) continue;
    if (locked_ && switch_number == saved_switch_number) {
      drop_request_ = true;
      machine_.interrupt(*holder_, notice_);
    }
  }
  locked_ = true;
  holder_ = &self;
  if (last_holder_ != &self) {
    last_holder_ = &self;
    ++switch_number;
  }
  if (!switch_cond_.empty()) {
    RefThread& parked = *switch_cond_.front();
    switch_cond_.pop_front();
    machine_.wake(parked);
  }
  drop_request_ = false;
}

Task RefLock::drop(RefThread& self) {
  last_holder_ = &self;
  locked_ = false;
  if (!older_.empty() || !newer_.empty()) {
    signal(self);
    co_await RefMachine::compute(self, 0);  // what the wake-up costs
  }
  if (drop_request_ && last_holder_ == &self) {
    drop_request_ = false;
    switch_cond_.push_back(&self);
    co_await RefMachine::block(self);
  }
}

std::deque<RefLock::Waiter*>& RefLock::group_of(Waiter& waiter) {
  return std::find(older_.begin(), older_.end(), &waiter) != older_.end() ? older_ : newer_;
}

void RefLock::time_out(Waiter& waiter) {
  waiter.state = Waiter::State::kTimedOut;
  auto& group = group_of(waiter);
  group.erase(std::find(group.begin(), group.end(), &waiter));
}

void RefLock::signal(const RefThread& dropper) {
  if (older_.empty()) std::swap(older_, newer_);
  const auto latest = std::find(older_.begin(), older_.end(), latest_);
  const bool stolen = always_stolen_ && latest != older_.end() &&
                      latest_->thread->core != dropper.core &&
                      machine_.now() - latest_->registered <= window_;
  Waiter& woken = *older_.front();
  Waiter& receiver = stolen ? *latest_ : woken;
  older_.erase(std::find(older_.begin(), older_.end(), &receiver));
  if (&receiver != &woken && woken.state == Waiter::State::kAsleep) {
    woken.state = Waiter::State::kRoused;
    machine_.wake(*woken.thread);
  }
  const bool asleep = receiver.state == Waiter::State::kAsleep;
  receiver.state = Waiter::State::kSignalled;
  if (asleep) machine_.wake(*receiver.thread);
}

Task RefPython::let_go_if_asked() {
  if (!lock.drop_requested()) co_return;
  ++lock.forced_drops;
  co_await lock.drop(*thread);
  co_await lock.take(*thread);
}

Task RefPython::run_bytecode(Nanoseconds left) {
  do {
    left = co_await RefMachine::bytecode(*thread, left);
    co_await let_go_if_asked();
  } while (left > 0);
}

Task RefPython::act(model::Action action) {
  using Kind = model::Action::Kind;
  const Nanoseconds time = action.time.count();
  if (action.kind == Kind::kPython) {
    co_await run_bytecode(time);
  } else if (action.kind == Kind::kNativeHeld) {
    co_await RefMachine::compute(*thread, time);
  } else {
    co_await lock.drop(*thread);
    if (action.kind == Kind::kNativeReleased) {
      co_await RefMachine::compute(*thread, time);
    } else {
      co_await RefMachine::compute(*thread, action.call.count());
      if (action.kind == Kind::kExit) co_return;
      if (action.kind == Kind::kPark && permit) {
        permit = false;
      } else {
        if (action.kind == Kind::kPark) parked = true;
        if (action.kind == Kind::kSleep) machine.set_timer(*thread, time, nullptr);
        if (action.kind == Kind::kReceive) machine.set_outside(*thread, time);
        co_await RefMachine::block(*thread);
      }
    }
    co_await lock.take(*thread);
  }
  while (lock.drop_requested()) co_await let_go_if_asked();
}

void RefPython::unpark() {
  if (parked) {
    parked = false;
    machine.wake(*thread);
  } else {
    permit = true;
  }
}

}  // namespace gilsim::test
