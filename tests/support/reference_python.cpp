#include "tests/support/reference_python.hpp"

#include <algorithm>

namespace gilsim::test {

Task RefLock::take(RefThread& self) {
  while (locked_) {
    const std::int64_t saved_switch_number = switch_number;
    bool timed_out = false;
    cond_.push_back(&self);
    machine_.set_timer(self, interval_, [&] {
      timed_out = true;
      cond_.erase(std::find(cond_.begin(), cond_.end(), &self));
    });
    co_await RefMachine::block(self);
    if (timed_out && locked_ && switch_number == saved_switch_number) {
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
  if (!cond_.empty()) {
    RefThread& signalled = *cond_.front();
    cond_.pop_front();
    machine_.wake(signalled);
    co_await RefMachine::compute(self, 0);  // what the wake-up costs
  }
  if (drop_request_ && last_holder_ == &self) {
    drop_request_ = false;
    switch_cond_.push_back(&self);
    co_await RefMachine::block(self);
  }
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
