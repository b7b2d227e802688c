#include "models/timeline/activity.hpp"

namespace gilsim::model {
namespace {

using Phase = PythonThread::Phase;

bool has_lock(const PythonThread& t) {
  return t.phase == Phase::kDeciding || t.phase == Phase::kPython || t.phase == Phase::kPending;
}

Activity with_lock(const PythonThread& t, bool excludes) {
  const bool suspended = t.state() == ThreadState::kBlocked;  // the world is stopped
  if (suspended) return Activity::kWaitsForLock;
  if (t.state() != ThreadState::kRunning && excludes) {
    return Activity::kHeldOffCore;
  }
  return t.phase == Phase::kPython ? Activity::kPython : Activity::kNativeHeld;
}

Activity without_core(const Machine& machine, const Thread& thread) {
  if (thread.state == ThreadState::kArriving) return Activity::kWaking;
  const bool throttled =
      machine.quota() && machine.quota()->is_throttled(static_cast<std::size_t>(thread.core));
  return throttled ? Activity::kThrottled : Activity::kWaitsForCore;
}

Activity blocked(const PythonThread& t) {
  if (t.waits || t.awaits) return Activity::kWaiting;
  if (t.parked) return Activity::kIdle;
  return Activity::kWaitsForLock;  // or for the lock that it has dropped to be taken
}

}  // namespace

Activity activity_of(const World& world, const PythonThread& t) {
  const Machine& machine = world.machine();
  const bool excludes = world.locks()[t.lock_index]->is_exclusive();
  const ThreadState state = t.state();
  if (state == ThreadState::kNew || state == ThreadState::kExited) return Activity::kAbsent;
  const bool on_core = state == ThreadState::kRunning;
  if (has_lock(t) && (on_core || state == ThreadState::kBlocked || excludes)) {
    return with_lock(t, excludes);
  }
  if (state == ThreadState::kBlocked) return blocked(t);
  const bool asks = t.phase == Phase::kTaking && t.seat.stage != 0;
  if (asks) return Activity::kWaitsForLock;
  if (!on_core) return without_core(machine, *t.seat.thread);
  const bool lets_go = t.phase == Phase::kDropping || t.phase == Phase::kReleasing;
  return lets_go ? Activity::kLettingGo : Activity::kNative;
}

}  // namespace gilsim::model
