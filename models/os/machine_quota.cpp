// Machine: what a container's quota keeps from running.
#include "models/os/machine.hpp"

namespace gilsim::model {

bool Machine::may_run(const Core& core, const Thread& thread) {
  return !quota_ || thread.outside || quota_->admit(core.tick.subject);
}

// Waits, in no queue, for its core to be released.
void Machine::set_aside(Core& core, Thread& thread) {
  thread.core = static_cast<std::int16_t>(core.tick.subject);
  thread.transition(ThreadState::kReady);
  core.set_aside.push_back(&thread);
}

void Machine::set_current_aside(Core& core) {
  Thread& current = *core.current;
  simulator_.cancel(current.event);
  if (laws_) say_stops(current);
  ++current.involuntary_switches;
  core.queue.note_lag(current, &current);
  vacate(core);
  change_busy(current, -1);
  set_aside(core, current);
  give_to_next(core);
}

void Machine::release(const std::vector<std::size_t>& cores) {
  for (const std::size_t index : cores) {
    Core& core = cores_[index];
    if (core.current && core.current->state == ThreadState::kRunning) account(*core.current);
    for (Thread* const thread : core.set_aside) {
      core.queue.place(*thread, core.current);
      core.queue.add(*thread);
    }
    core.set_aside.clear();
    if (!core.queue.empty()) arm_tick(core);
    if (core.current) {
      reconsider(core);
    } else if (Thread* const next = next_for(core)) {
      const sim::Duration latency = futex_wake_.after(now() - core.idle_since, random_.normal());
      dispatch(core, *next, latency, std::min(latency, parameters_.context_switch.median));
    }
  }
}

}  // namespace gilsim::model
