// No interpreter lock at all, and no price for its absence: every thread runs bytecode whenever it
// has a core.
//
// A bound, not an interpreter: what any other lock, and any free-threaded build, can at best reach.
#pragma once

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class NoLock final : public InterpreterLock {
 public:
  bool is_exclusive() const override { return false; }
  std::optional<CpuRequest> take(LockSeat&) override { return std::nullopt; }
  std::optional<CpuRequest> release(LockSeat&) override { return std::nullopt; }
  bool must_drop(const LockSeat&) override { return false; }
  void timer_expired(LockSeat&) override {}
};

}  // namespace gilsim::model
