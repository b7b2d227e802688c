// Machine: who moves from one core to another.
#include "models/os/machine.hpp"

namespace gilsim::model {

Thread* Machine::next_for(Core& core) {
  for (;;) {
    Thread* next = core.queue.take_next();
    if (!next) next = pull_for(core);
    if (!next) break;
    if (may_run(core, *next)) return next;
    core.queue.note_lag(*next, nullptr);
    core.set_aside.push_back(next);
    next->core = static_cast<std::int16_t>(core.tick.subject);
  }
  if (quota_) quota_->return_slack(core.tick.subject);
  return nullptr;
}

// A core that has run out of work (sched_balance_newidle()).
Thread* Machine::pull_for(Core& idle) {
  if (quota_ && quota_->is_throttled(idle.tick.subject)) return nullptr;
  Core* const longest = longest_queue();
  if (!longest) return nullptr;
  const bool always = !parameters_.newidle_random || parameters_.scheduler == SchedulerKind::kCfs;
  const sim::Time hot_since = now() - parameters_.migration_cost;
  if (always) return pull(*longest, idle, hot_since);
  constexpr double kSides = 1024;
  if (!idle.newly_idle.looks(static_cast<std::uint32_t>(dice_.uniform() * kSides))) return nullptr;
  Thread* const pulled = pull(*longest, idle, hot_since);
  idle.newly_idle.found(pulled != nullptr);
  return pulled;
}

Machine::Core* Machine::longest_queue() {
  Core* longest = nullptr;
  for (Core& core : cores_) {
    if (core.queue.waiting() > 0 && (!longest || core.queue.waiting() > longest->queue.waiting())) {
      longest = &core;
    }
  }
  return longest;
}

// Takes one that is not hot in the cache of its core any more: did not run after `hot_since`
// (task_hot()).
Thread* Machine::pull(Core& from, Core& idle, sim::Time hot_since) {
  Thread* const pulled = from.queue.take_unless_ran_since(hot_since);
  if (!pulled) return nullptr;
  idle.failed_balances = 0;
  from.queue.note_lag(*pulled, from.current);
  idle.queue.place(*pulled, nullptr);
  return pulled;
}

// A core at whose tick a thread waits has an idle one take it over (nohz_balancer_kick()), and when
// that has failed more than once (cache_nice_tries) even if it is hot (can_migrate_task()).
void Machine::balance_at_tick(Core& core) {
  if (core.queue.waiting() == 0 || quota_) return;
  const int index = idle_.first_with([&](std::size_t i) { return cores_[i].asleep_at <= now(); });
  if (index < 0) return;
  Core& idle = cores_[static_cast<std::size_t>(index)];
  const bool may_be_hot = idle.failed_balances > 1;
  Thread* const pulled = pull(core, idle, may_be_hot ? now() : now() - parameters_.migration_cost);
  if (!pulled) {
    ++idle.failed_balances;
    return;
  }
  const sim::Duration latency = futex_wake_.after(now() - idle.idle_since, random_.normal());
  dispatch(idle, *pulled, latency, std::min(latency, parameters_.context_switch.median));
}

}  // namespace gilsim::model
