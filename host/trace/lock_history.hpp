// One lock as the events tell it: who holds it, who waits since when, and what that adds up to.
#pragma once

#include <optional>
#include <vector>

#include "host/trace/summary.hpp"

namespace gilsim::trace {

class LockHistory {
 public:
  LockHistory(std::uint32_t image, std::uint16_t lock, std::vector<ThreadSummary>& threads);

  void request(std::uint32_t thread, std::uint64_t time);
  // An interval has run out. As in take_gil(), it asks the holder to drop the lock when it has not
  // changed hands in the meantime.
  void timeout(std::uint32_t thread, std::uint64_t time);
  void woken(std::uint32_t thread, std::uint64_t time);
  void take(std::uint32_t thread, std::uint64_t time);
  void drop(std::uint32_t thread, std::uint64_t time);
  // The recorder saw that the drop before was asked for.
  void forced(std::uint32_t thread);
  // The thread goes away without having got the lock.
  void forget(std::uint32_t thread, std::uint64_t time);
  // The end of the trace: what goes on counts up to here.
  void finish(std::uint64_t time);

  bool is_held_by(std::uint32_t thread) const { return holder_ == thread; }
  const LockSummary& summary() const { return summary_; }

 private:
  struct Waiter {
    std::uint32_t thread;
    std::uint64_t since;
    std::uint64_t interval_began;
    std::uint64_t timed_out;  // the last time; 0: never
  };
  // A drop, until it is known whether it was asked for and who took the lock.
  struct Dropped {
    std::uint32_t thread;
    std::uint64_t time;
    std::uint64_t tenure;
    std::optional<std::uint32_t> oldest;
    std::optional<std::uint32_t> requester;
    bool is_forced = false;
    std::optional<std::uint32_t> taker;
    bool taker_was_waiting = false;
  };

  std::vector<Waiter>::iterator find(std::uint32_t thread);
  void charge_waiters(std::uint64_t time);
  void mark_forced();
  void count_forced();

  LockSummary summary_;
  std::vector<ThreadSummary>& threads_;
  std::vector<Waiter> waiters_;  // in the order of their requests
  std::optional<std::uint32_t> holder_;
  std::optional<std::uint32_t> last_holder_;
  std::uint64_t taken_ = 0;
  std::uint64_t switched_ = 0;  // when it last changed hands
  bool is_asked_for_ = false;
  std::optional<Dropped> dropped_;
};

}  // namespace gilsim::trace
