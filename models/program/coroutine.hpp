// One asyncio task's way through the steps of a program: what it computes on the loop's thread, and
// what it awaits.
//
// Bytecode and C code run on the loop's thread and hold it up; a wait is awaited: a sleep is a
// timer of the loop, a request is sent by the loop's thread and answered to its selector. A step
// that goes `to_thread` is awaited, too. Opening a connection takes turns of the loop, in which
// other tasks go on. Left out: turns within closing one, which nobody waits for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/io/asyncio_parameters.hpp"
#include "models/os/wake_latency.hpp"
#include "models/program/world.hpp"

namespace gilsim::model {

// What a task wants of its loop.
struct Await {
  enum class Kind : std::uint8_t {
    kRun,       // nothing yet: its action, on the loop's thread
    kTimer,     // to be resumed after `time`
    kArrival,   // after `time`, by its descriptor
    kTransfer,  // when a shared device has done what `action` waits for
    kAnswer,    // by its descriptor when the far side has answered
    kThread,    // when a thread has done `step`, which takes `time`
    kOthers,    // when another task says so
    kTurn,      // in the loop's next turn
    kDone,
  };
  Kind kind = Kind::kDone;
  Action action;
  sim::Duration time;
  const Step* step = nullptr;

  static Await run(const Action& action) { return {Kind::kRun, action, {}, nullptr}; }
};

// The costs that tasks pay, made ready to be drawn from often.
struct PreparedAsyncio {
  explicit PreparedAsyncio(const InterpreterParameters& interpreter);

  struct Request {  // bytecode, and the system calls in it, during which the lock is let go of
    // `turns`: what the turns of the loop within asking cost, which are simulated as such.
    Request(const AwaitedCost& awaited, const WaitCost& blocking, const Cost& turns);
    PreparedCost ask, ask_calls, receive, receive_calls;
  };
  struct Offload {
    explicit Offload(const OffloadCost& cost)
        : submit(cost.submit), run(cost.run), resume(cost.resume) {}
    PreparedCost submit, run, resume;
  };
  PreparedCost create, begin, done, handoff, resume, turn, poll, timer_set, timer_fire, cold_task;
  PreparedWakeCurve cold;
  Request socket, udp;
  Offload to_thread;

  const Request& of(WaitVia via) const { return via == WaitVia::kUdp ? udp : socket; }
};

class Coroutine {
 public:
  // Starts over, with the nominal time of each step.
  void begin(const sim::Duration* times) {
    times_ = times;
    index_ = 0;
    part_ = 0;
  }
  // Nothing returned: all steps are done.
  std::optional<Await> next(const std::vector<Step>& steps, World& world,
                            const PreparedAsyncio& costs);

 private:
  Await next_of_wait(const WaitStep& step, World& world, const PreparedAsyncio& costs);
  Await next_of_opening(Machine& machine, const PreparedCost& ask);
  Await next_of_request(const WaitStep& step, World& world, const PreparedAsyncio& costs);
  Await next_of_offload(const Step& step, World& world, const PreparedAsyncio& costs);
  Await over(Machine& machine, const PreparedCost& cost);

  const sim::Duration* times_ = nullptr;
  std::uint32_t index_ = 0;
  std::uint32_t part_ = 0;  // of the step: what is behind us of it
};

}  // namespace gilsim::model
