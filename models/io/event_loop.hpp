// The queues of an asyncio event loop: handles that are ready, timers, and what the selector will
// report. Says which handle runs next and how long a poll blocks; what they cost is the caller's.
//
// Rules (CPython, Lib/asyncio/base_events.py, BaseEventLoop._run_once): a turn polls, adds what the
// selector reports to the ready queue, then the timers that are due within the clock's resolution,
// and runs what the queue holds now: what these handles make ready waits for the next turn. The
// poll does not block while something is ready, else it lasts until the next timer. epoll's timeout
// is rounded up to milliseconds twice (Lib/selectors.py, EpollSelector.select;
// Modules/selectmodule.c), so 9 ms become 10; the kernel adds a slack of a thousandth (fs/select.c,
// select_estimate_accuracy). Left out: cancelled handles, signals, other selectors than epoll.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <vector>

#include "sim/time.hpp"

namespace gilsim::model {

// What epoll_wait is told for a timeout that the loop wants.
sim::Duration epoll_timeout(sim::Duration wanted);

class EventLoop {
 public:
  struct Handle {
    enum class Kind : std::uint8_t {
      kResume,    // a task goes on
      kTimer,     // a timer's callback
      kReadable,  // a descriptor's
    };
    Kind kind = Kind::kResume;
    std::uint32_t task = 0;
  };

  // How long the next poll blocks.
  struct Poll {
    enum class Until : std::uint8_t { kNow, kTimer, kArrival, kWoken };
    Until until = Until::kNow;
    sim::Duration timeout;  // of kTimer
    sim::Time arrival;      // of kArrival
  };

  void call_soon(Handle handle) { ready_.push_back(handle); }
  void call_at(sim::Time when, std::uint32_t task) { timers_.push({when, sequence_++, task}); }
  // The task's descriptor becomes readable then.
  void readable_at(sim::Time when, std::uint32_t task) {
    arrivals_.push({when, sequence_++, task});
  }

  Poll poll(sim::Time now) const;
  // The poll is over: what has arrived and the timers that are due become ready, and a turn begins.
  void begin_turn(sim::Time now);
  // Nothing returned: the turn is over.
  std::optional<Handle> next_of_turn();

 private:
  struct Due {
    sim::Time when;
    std::uint64_t sequence;
    std::uint32_t task;
    bool operator<(const Due& other) const {  // std::priority_queue gives the largest first
      return when != other.when ? other.when < when : other.sequence < sequence;
    }
  };
  using Queue = std::priority_queue<Due>;

  void move_due(Queue& queue, sim::Time end, Handle::Kind kind);

  std::deque<Handle> ready_;
  Queue timers_;
  Queue arrivals_;
  std::uint64_t sequence_ = 0;
  std::size_t left_in_turn_ = 0;
};

}  // namespace gilsim::model
