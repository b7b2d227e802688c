// What a Python thread does next, as its behaviour says it: one step, or one thing a pool does.
#pragma once

#include <cstdint>

#include "models/program/step.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

struct Action {
  enum class Kind : std::uint8_t {
    kPython,          // bytecode: holds the lock, lets go on request
    kNativeHeld,      // C code that keeps the lock
    kNativeReleased,  // C code that releases it
    kShortCall,       // C code that makes a system call which does not block
    kSleep,           // blocks for a time, woken by its own timer
    kAwait,           // blocks until the far side has answered what the last short call asked
    kReceive,         // blocks for a time, woken from outside: a socket, a pipe, a device
    kPark,            // blocks until another thread unparks it (a lock or queue of Python's own)
    kPollTimer,       // blocks until it is unparked or its own timer expires
    kPollArrival,     // blocks until it is unparked or something comes from outside, at a set time
    kEnter,           // goes over to another interpreter's lock: lets go of this one, takes that
    kCalls,           // system calls without the lock, as Behaviour::proceed() has them
    kExit,
  };
  Kind kind = Kind::kExit;
  // Of bytecode: the shared object it works on; of a wait: the device; from 1; 0: none.
  std::uint16_t object = 0;
  bool asks = false;  // of a short call: it asks the far side for an answer
  // CPU time at the speed of the main thread, or wall time of a wait; of an arrival, since the
  // start.
  sim::Duration time;
  // CPU time, without the lock, of the call that then blocks; or, where it asks, of the far side.
  sim::Duration call;
  double memory = 0;      // GB/s that native code would move at full speed
  sim::Duration serve{};  // of a wait: how long the device is busy with it

  static Action python(sim::Duration t) { return {Kind::kPython, 0, false, t, {}}; }
  static Action python_on(std::uint16_t object, sim::Duration t) {
    return {Kind::kPython, object, false, t, {}};
  }
  static Action native_held(sim::Duration t) { return {Kind::kNativeHeld, 0, false, t, {}}; }
  static Action native_released(sim::Duration t) {
    return {Kind::kNativeReleased, 0, false, t, {}};
  }
  static Action short_call(sim::Duration t) { return {Kind::kShortCall, 0, false, t, {}}; }
  static Action ask(sim::Duration t, sim::Duration serve) {
    return {Kind::kShortCall, 0, true, t, serve};
  }
  static Action await_answer(sim::Duration call) { return {Kind::kAwait, 0, false, {}, call}; }
  static Action sleep(sim::Duration t, sim::Duration call = {}) {
    return {Kind::kSleep, 0, false, t, call};
  }
  static Action receive(sim::Duration t, sim::Duration call = {}) {
    return {Kind::kReceive, 0, false, t, call};
  }
  static Action park(sim::Duration call = {}) { return {Kind::kPark, 0, false, {}, call}; }
  static Action poll_for(sim::Duration t, sim::Duration call) {
    return {Kind::kPollTimer, 0, false, t, call};
  }
  static Action poll_until(sim::Time arrival, sim::Duration call) {
    return {Kind::kPollArrival, 0, false, arrival.since_start(), call};
  }
  static Action enter() { return {Kind::kEnter, 0, false, {}, {}}; }
  static Action calls() { return {Kind::kCalls, 0, false, {}, {}}; }
  static Action exit() { return {Kind::kExit, 0, false, {}, {}}; }
};

}  // namespace gilsim::model
