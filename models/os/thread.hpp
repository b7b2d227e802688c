// An operating-system thread of the simulated machine: its state, where it runs, what it was
// charged. Every change of state goes through transition(), which knows the legal ones.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "sim/event.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

// A law of the simulated world was broken: a defect of gilsim, never of the input.
class LawBroken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

enum class ThreadState : std::uint8_t {
  kNew,       // created, not started
  kReady,     // in a run queue
  kArriving,  // has been given a core, which is still waking or switching
  kRunning,   // on a core
  kBlocked,   // waits for a timer or a wake-up
  kExited,
};
inline constexpr int kThreadStates = 6;

constexpr bool is_legal(ThreadState from, ThreadState to) {
  using enum ThreadState;
  constexpr bool legal[kThreadStates][kThreadStates] = {
      //             New    Ready  Arriv  Runn   Block  Exited
      /* New      */ {false, true, true, false, false, false},
      /* Ready    */ {false, false, true, false, false, false},
      /* Arriving */ {false, false, false, true, false, false},
      /* Running  */ {false, true, false, false, true, true},
      /* Blocked  */ {false, true, true, false, false, false},
      /* Exited   */ {false, false, false, false, false, false},
  };
  return legal[static_cast<int>(from)][static_cast<int>(to)];
}

const char* name_of(ThreadState state);

enum class EventKind : std::uint32_t {
  kNone,
  kDispatch,  // a thread arrives on its core
  kBurstEnd,  // it has computed what it wanted
  kTimer,     // its own timer expires
  kArrival,   // something from outside wakes it
  kTick,      // of a core
  kRefill,    // of a container's quota
  kSlack,     // unused quota is handed on
};

class CfsQueue;
struct Thread;

// Its place among the timers of the core where it was armed (core_timers.hpp).
struct ArmedTimer {
  Thread* next = nullptr;
  Thread* previous = nullptr;
  bool listed = false;
};

struct Thread {
  Thread(sim::EventHandler& handler, std::uint32_t thread_id)
      : event(handler, static_cast<std::uint32_t>(EventKind::kNone), thread_id, this),
        id(thread_id) {}

  bool ran_after(sim::Time time) const { return cpu > sim::Duration{} && resumed > time; }

  void transition(ThreadState to) {
    if (!is_legal(state, to)) throw_illegal(to);
    state = to;
  }

  // The one thing it waits for: its turn, the end of its burst, or, blocked, its timer.
  sim::Event event;
  ArmedTimer timer;

  const std::uint32_t id;
  std::int16_t core = -1;  // where it is, or was last
  ThreadState state = ThreadState::kNew;
  bool in_burst : 1 = false;
  bool interruptible : 1 = false;
  bool outside : 1 = false;  // of another process, outside of the run
  bool owes : 1 = false;     // blocked with negative lag, and in its core's queue all the same

  // The burst of computing in progress, in nominal CPU time of an unshared core.
  sim::Duration left;     // not yet done; a running thread's is as of `resumed`
  sim::Duration cut;      // taken off the end of the burst by an interruption
  sim::Duration charged;  // overhead to be paid before the next burst
  sim::Time resumed;      // since when the current stretch is its own CPU time
  double memory = 0;      // GB/s that the burst would move at full speed

  // EEVDF (run_queue.hpp).
  std::int64_t vruntime = 0;
  std::int64_t deadline = 0;
  std::int64_t lag = 0;             // V - vruntime when it blocked
  const CfsQueue* queue = nullptr;  // CFS: to whose least virtual time `vruntime` belongs

  // Accounts.
  sim::Duration cpu;
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;

 private:
  [[noreturn]] void throw_illegal(ThreadState to) const;
};

}  // namespace gilsim::model
