// What every variant of the interpreter lock offers to the threads of one interpreter.
//
// Taking and releasing are conversations: a step that needs CPU time or must block returns what the
// thread does next, and is called again when that is over; nothing returned means done. So a
// variant is an explicit state machine a thread, in LockSeat::stage.
#pragma once

#include <cstdint>
#include <optional>

#include "models/lock/collections.hpp"
#include "models/lock/lock_books.hpp"
#include "models/lock/lock_seat.hpp"
#include "models/os/machine.hpp"

namespace gilsim::model {

class InterpreterLock {
 public:
  virtual ~InterpreterLock() = default;

  virtual std::optional<CpuRequest> take(LockSeat& seat) = 0;
  virtual std::optional<CpuRequest> release(LockSeat& seat) = 0;
  // A check of the eval breaker by the holder: true when it has to let go now.
  virtual bool must_drop(const LockSeat& seat) = 0;
  // The timer of a thread that waits inside take() has expired.
  virtual void timer_expired(LockSeat& seat) = 0;

  // What else a check makes the holder do, before it may have to let go: a conversation, too. Here
  // it makes a collection that is due.
  virtual std::optional<CpuRequest> pending(LockSeat& seat);
  // The holder is about to run `wanted` of bytecode: how much of it before its next check matters.
  virtual sim::Duration stretch(const LockSeat&, sim::Duration wanted) {
    return collections_.before_next(wanted, 1);
  }
  // That stretch is over; it ran for so long.
  virtual void ran(const LockSeat&, sim::Duration bytecode) { collections_.ran(bytecode); }

  // False: any number of threads hold it at once.
  virtual bool is_exclusive() const { return true; }
  // True: C code keeps the lock over calls that it knows not to block.
  virtual bool keeps_over_short_calls() const { return false; }

  void schedule(const Collections& collections) { collections_ = collections; }

  std::int64_t handovers() const { return handovers_; }  // takes by another than the last holder
  std::int64_t forced_drops() const { return forced_drops_; }  // releases on request
  void count_forced_drop() { ++forced_drops_; }
  // Kept by every variant that is exclusive, where it changes hands.
  const LockBooks& books() const { return books_; }

 protected:
  Collections collections_;
  LockBooks books_;
  std::int64_t handovers_ = 0;
  std::int64_t forced_drops_ = 0;
};

}  // namespace gilsim::model
