// A proposal: a scheduler in place of a lock. N. Aides' patch of 2010 (bpo-7946), after the kernel
// scheduler BFS: whoever is to run bytecode next is chosen by virtual deadline.
//
// A thread has a slice of 10 ms of bytecode, and with it a deadline 80 ms of bytecode ahead; both
// are renewed when it comes for the lock with its slice used up. So a thread that computes always
// has a late deadline, one that does I/O keeps an early one. Who comes with an earlier deadline
// than the holder's preempts it at once; anybody else has the holder look whether its slice is
// over. The next is the earliest deadline, or, of those that have expired, the first in the queue.
// A thread that lets go for a moment may snatch the lock back while the chosen one is still waking
// up; that one spins for 12 us before it takes over from a more urgent thread. Who lets go parks
// until the lock is taken when the chosen one is more urgent, or the slice is used up.
//
// Source: Python/bfs.c of the patch, bfs_schedule(), _bfs_yield(), bfs_find_task(), as ported to
// CPython 3.10 (github.com/JuliaPoo/cpython). `switch_interval` has no meaning for it.
// Left out: the mutex's own cost; reading the clock (about 1 us in 2010) every 5000 ticks.
#pragma once

#include <vector>

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class SchedulerLock final : public InterpreterLock {
 public:
  static constexpr auto kSlice = sim::Duration::milliseconds(10);
  static constexpr auto kDeadline = kSlice * 8;
  static constexpr auto kSpin = sim::Duration::microseconds(12);

  // `notice`: from a request to the running thread's next look at its eval breaker.
  SchedulerLock(Machine& machine, sim::Duration notice) : machine_(machine), notice_(notice) {}

  std::optional<CpuRequest> take(LockSeat& seat) override;
  std::optional<CpuRequest> release(LockSeat& seat) override;
  bool must_drop(const LockSeat& seat) override;
  void timer_expired(LockSeat& seat) override;
  sim::Duration stretch(const LockSeat& seat, sim::Duration wanted) override;

 private:
  enum Stage { kIdle, kWaiting, kSpinning, kSignalling, kParked };

  // Of a thread, by its id. Times are bytecode run under this lock, by whomever.
  struct Share {
    sim::Duration slice;
    sim::Duration deadline;
    sim::Time since;  // when it last took the lock
    bool preempted = false;
    bool asleep = false;
  };
  Share& share_of(const LockSeat& seat);
  sim::Duration ran_since(const LockSeat& seat);
  bool is_more_urgent(const LockSeat& seat, const LockSeat& than);

  void ask_for_turn(LockSeat& seat);
  CpuRequest sleep(LockSeat& seat);
  void acquire(LockSeat& seat);
  void make_holder_look();
  void choose_next();
  bool must_park(LockSeat& seat);

  Machine& machine_;
  sim::Duration notice_;
  std::vector<Share> shares_;
  sim::Duration python_time_;          // bytecode run so far
  LockSeat* turn_ = nullptr;           // runs, or is to run next
  const LockSeat* yielded_ = nullptr;  // let go of its own accord; nobody has taken over yet
  LockSeat* parked_ = nullptr;
  const LockSeat* last_holder_ = nullptr;
  bool preempt_ = false;
  bool look_at_slice_ = false;
  std::vector<LockSeat*> waiting_;  // in order of arrival
};

}  // namespace gilsim::model
