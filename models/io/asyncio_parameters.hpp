// What an asyncio event loop costs, in CPU time of its thread. Measured by probe_asyncio.py with
// the loop of the interpreter at hand; CPython 3.7 and later.
#pragma once

#include <optional>

#include "models/estimate.hpp"
#include "models/os/wake_latency.hpp"

namespace gilsim::model {

// A request that is awaited: `ask` from the call to its last byte sent, `receive` from the answer's
// arrival to the end of the await, without the loop's own turn and switch.
struct AwaitedCost {
  Cost ask;
  Cost receive;
};

template <class Visitor>
void describe(Visitor& visit, AwaitedCost& p) {
  visit.field("ask", p.ask, {.meaning = "CPU time to ask", .min = 0, .required = true});
  visit.field("receive", p.receive,
              {.meaning = "CPU time once the answer is there", .min = 0, .required = true});
}

// A blocking step handed to a thread of the loop's default executor (asyncio.to_thread).
struct OffloadCost {
  Cost submit;  // of the loop's thread
  Cost run;     // of the executor's thread, around the step
  Cost resume;  // of the loop's thread, when the result has come
};

template <class Visitor>
void describe(Visitor& visit, OffloadCost& p) {
  visit.field("submit", p.submit,
              {.meaning = "CPU time of the loop's thread to hand a step to a thread",
               .min = 0,
               .required = true});
  visit.field(
      "run", p.run,
      {.meaning = "CPU time of the executor's thread around the step", .min = 0, .required = true});
  visit.field("resume", p.resume,
              {.meaning = "CPU time of the loop's thread when the result has come",
               .min = 0,
               .required = true});
}

struct AsyncioCosts {
  Cost open;     // asyncio.run until the main coroutine runs
  Cost close;    // from its end
  Cost create;   // a task of a gather, before it runs
  Cost begin;    // its first step, and passing the semaphore
  Cost done;     // its end
  Cost handoff;  // beyond that, where it had to wait for the semaphore
  Cost resume;   // a task goes on after an await
  Cost turn;     // of the loop, without the poll
  Cost poll;     // epoll_wait that does not block
  Cost timer_set;
  Cost timer_fire;
  WakeCurve cold = always({});  // beyond that, once, after the loop has been blocked for so long
  Cost cold_task;               // and for each timer or descriptor that ended the wait
  AwaitedCost socket, udp;
  OffloadCost to_thread;
};

template <class Visitor>
void describe(Visitor& visit, AsyncioCosts& p) {
  const auto cost = [&visit](const char* name, Cost& member, const char* meaning) {
    visit.field(name, member, {.meaning = meaning, .min = 0, .required = true});
  };
  cost("open", p.open, "asyncio.run until the main coroutine runs");
  cost("close", p.close, "asyncio.run from the end of the main coroutine");
  cost("create", p.create, "each task of a gather, before it runs");
  cost("begin", p.begin, "each task's first step, a free semaphore included");
  cost("done", p.done, "each task's end, as the gather learns of it");
  cost("handoff", p.handoff, "each task that had to wait for the semaphore");
  cost("resume", p.resume, "a task goes on after an await");
  cost("turn", p.turn, "each turn of the loop (_run_once), without the poll");
  cost("poll", p.poll, "epoll_wait that does not block");
  cost("timer_set", p.timer_set, "asyncio.sleep until it waits");
  cost("timer_fire", p.timer_fire, "its timer's callback");
  visit.field("cold", p.cold,
              {.meaning = "beyond that, once, after the loop has been blocked for so long: caches "
                          "and branch predictors have forgotten it",
               .required = true});
  cost("cold_task", p.cold_task, "likewise, for each timer or descriptor after 10 ms");
  visit.field("socket", p.socket,
              {.meaning = "TCP request on a new connection, awaited", .required = true});
  visit.field("udp", p.udp, {.meaning = "UDP echo, awaited", .required = true});
  visit.field("to_thread", p.to_thread,
              {.meaning = "a step handed to a thread of the default executor", .required = true});
}

}  // namespace gilsim::model
