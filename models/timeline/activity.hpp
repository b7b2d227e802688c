// What a Python thread is about at one moment, as a person wants to see it in a timeline: does it
// have the lock, does it have a core, what for. Read off the states that the world keeps anyway;
// every thread is about exactly one thing at any time.
//
// Left out: what happens within one instant; whose fault a wait is.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "models/parameter.hpp"
#include "models/program/world.hpp"

namespace gilsim::model {

enum class Activity : std::uint8_t {
  kPython,        // has the lock and a core: bytecode
  kNativeHeld,    // has the lock and a core: C code that keeps it, a collection
  kHeldOffCore,   // has the lock, but no core
  kWaitsForLock,  // has asked for the lock and does not have it, asleep or waking up
  kLettingGo,     // has let go of the lock and pays for waking another thread
  kNative,        // has a core, needs no lock: C code, system calls
  kWaitsForCore,  // could go on without the lock, but has no core
  kThrottled,     // the same, since the container's quota is used up
  kWaking,        // what it waited for is there; its core wakes up or switches to it
  kWaiting,       // for input, output, a timer
  kIdle,          // for another thread of the program: a task, a result, a start
  kAbsent,        // not started yet, or over
};
inline constexpr std::size_t kActivities = 12;
template <>
struct EnumNames<Activity> {
  static constexpr std::pair<Activity, const char*> values[] = {
      {Activity::kPython, "python"},
      {Activity::kNativeHeld, "native_held"},
      {Activity::kHeldOffCore, "held_off_core"},
      {Activity::kWaitsForLock, "waits_for_lock"},
      {Activity::kLettingGo, "letting_go"},
      {Activity::kNative, "native"},
      {Activity::kWaitsForCore, "waits_for_core"},
      {Activity::kThrottled, "throttled"},
      {Activity::kWaking, "waking"},
      {Activity::kWaiting, "waiting"},
      {Activity::kIdle, "idle"},
      {Activity::kAbsent, "absent"},
  };
};

constexpr bool holds_the_lock(Activity activity) {
  return activity == Activity::kPython || activity == Activity::kNativeHeld ||
         activity == Activity::kHeldOffCore;
}
constexpr bool has_a_core(Activity activity) {
  return activity == Activity::kPython || activity == Activity::kNativeHeld ||
         activity == Activity::kLettingGo || activity == Activity::kNative;
}

// Between two events only: in the middle of one a thread may be on its way to its next state.
Activity activity_of(const World& world, const PythonThread& thread);

// Time by activity.
using TimeByActivity = std::array<sim::Duration, kActivities>;

}  // namespace gilsim::model
