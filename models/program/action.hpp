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
    kReceive,         // blocks for a time, woken from outside: a socket, a pipe, a device
    kPark,            // blocks until another thread unparks it (a lock or queue of Python's own)
    kExit,
  };
  Kind kind = Kind::kExit;
  sim::Duration time;  // CPU time at the speed of the main thread, or wall time of a wait
  sim::Duration call;  // CPU time, without the lock, of the call that then blocks

  static Action python(sim::Duration t) { return {Kind::kPython, t, {}}; }
  static Action native_held(sim::Duration t) { return {Kind::kNativeHeld, t, {}}; }
  static Action native_released(sim::Duration t) { return {Kind::kNativeReleased, t, {}}; }
  static Action short_call(sim::Duration t) { return {Kind::kShortCall, t, {}}; }
  static Action sleep(sim::Duration t, sim::Duration call = {}) { return {Kind::kSleep, t, call}; }
  static Action receive(sim::Duration t, sim::Duration call = {}) {
    return {Kind::kReceive, t, call};
  }
  static Action park() { return {Kind::kPark, {}, {}}; }
  static Action exit() { return {Kind::kExit, {}, {}}; }
};

}  // namespace gilsim::model
