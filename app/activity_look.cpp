#include "app/activity_look.hpp"

#include <algorithm>
#include <stdexcept>

namespace gilsim::app {
namespace {

using model::Activity;

constexpr ActivityLook kLooks[] = {
    {Activity::kPython, "has the lock: bytecode", "bytecode", "█", "#0072B2", 0.84},
    {Activity::kNativeHeld, "has the lock: C code that keeps it", "C, lock kept", "▓", "#002F4A",
     0.84},
    {Activity::kHeldOffCore, "has the lock, but no core", "lock, no core", "▒", "#CC79A7", 0.84},
    {Activity::kNative, "no lock needed: C code, system calls", "C, no lock", "=", "#009E73", 0.5},
    {Activity::kLettingGo, "lets go of the lock, wakes another thread", "letting go", ">",
     "#000000", 0.5},
    {Activity::kWaitsForLock, "waits for the lock", "waits: lock", "░", "#D55E00", 0.28},
    {Activity::kWaitsForCore, "waits for a core", "waits: core", "~", "#E69F00", 0.28},
    {Activity::kThrottled, "kept from running by the CPU quota", "waits: quota", "x", "#8A7F00",
     0.28},
    {Activity::kWaking, "is woken", "is woken", "^", "#F0E442", 0.28},
    {Activity::kWaiting, "waits for input, output or a timer", "I/O", "·", "#56B4E9", 0.14},
    {Activity::kIdle, "idle: waits for another thread of the program", "idle", " ", "#b5b5b5",
     0.05},
};

}  // namespace

std::span<const ActivityLook> activity_looks() { return kLooks; }

const ActivityLook& look_of(Activity activity) {
  const auto* const found =
      std::find_if(std::begin(kLooks), std::end(kLooks),
                   [&](const ActivityLook& look) { return look.activity == activity; });
  if (found == std::end(kLooks)) throw std::logic_error("an absent thread has no look");
  return *found;
}

}  // namespace gilsim::app
