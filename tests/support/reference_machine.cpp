#include "tests/support/reference_machine.hpp"

#include <algorithm>
#include <stdexcept>

namespace gilsim::test {

using State = RefThread::State;
using Wants = RefThread::Wants;

RefMachine::RefMachine(const model::MachineParameters& parameters, Nanoseconds tick_phase)
    : parameters_(parameters),
      tick_phase_(tick_phase),
      cores_(static_cast<std::size_t>(parameters.cores)) {}

bool RefMachine::Compute::await_ready() const {
  thread.cut = 0;
  return work + thread.debt <= 0;
}

void RefMachine::Compute::await_suspend(std::coroutine_handle<> here) const {
  thread.here = here;
  thread.wants = Wants::kCompute;
  thread.left = work + thread.debt;
  thread.debt = 0;
  thread.interruptible = interruptible;
}

void RefMachine::Block::await_suspend(std::coroutine_handle<> here) const {
  thread.here = here;
  thread.wants = Wants::kBlock;
}

RefThread& RefMachine::create(std::function<Task(RefThread&)> program) {
  RefThread& thread = threads_.emplace_back();
  thread.id = threads_.size() - 1;
  thread.program.emplace(program(thread));
  thread.here = thread.program->handle();
  return thread;
}

// ---- Time

void RefMachine::run_until(Nanoseconds horizon) {
  for (;;) {
    RefThread* thread = nullptr;
    Core* core = nullptr;
    std::optional<Due> next;
    for (RefThread& t : threads_) {
      if (t.due && (!next || *t.due < *next)) next = t.due, thread = &t;
    }
    for (Core& c : cores_) {
      if (c.tick && (!next || *c.tick < *next)) next = c.tick, core = &c, thread = nullptr;
    }
    if (!next || next->time > horizon) break;
    let_time_pass(next->time);
    if (thread) {
      thread->due.reset();
      happens(*thread);
    } else {
      core->tick.reset();
      tick(*core);
    }
  }
  if (horizon != std::numeric_limits<Nanoseconds>::max()) let_time_pass(horizon);
}

void RefMachine::let_time_pass(Nanoseconds until) {
  const Nanoseconds passed = until - now_;
  for (RefThread& thread : threads_) {
    if (thread.state != State::kRunning) continue;
    thread.cpu += passed;
    thread.last_ran = until;
    thread.unaccounted += passed;
    if (thread.in_burst) thread.left -= passed;
  }
  now_ = until;
}

void RefMachine::happens(RefThread& thread) {
  switch (thread.state) {
    case State::kArriving:
      thread.state = State::kRunning;
      thread.protected_until = thread.deadline;
      thread.cpu += thread.arrival;
      thread.last_ran = now_;
      thread.unaccounted += thread.arrival;
      bring_up_to_date(thread);
      if (!cores_[thread.core].waiting.empty()) arm_tick(cores_[thread.core]);
      if (thread.in_burst) {
        thread.due = at(now_ + thread.left, Rank::kBurstEnds);
      } else {
        go_on(thread);
      }
      break;
    case State::kRunning:
      bring_up_to_date(thread);
      thread.in_burst = false;
      go_on(thread);
      break;
    case State::kBlocked: {
      Core& core = cores_[thread.core];
      const bool is_timer = thread.own_timer;
      core.timers.remove(&thread);
      expires(thread);
      while (is_timer && !core.timers.empty() && is_due(*core.timers.front())) {
        RefThread& next = *core.timers.front();
        core.timers.pop_front();
        next.due.reset();
        expires(next);
      }
      break;
    }
    default:
      throw std::logic_error("reference: nothing can happen to this thread");
  }
}

void RefMachine::expires(RefThread& thread) {
  if (thread.before_waking) std::exchange(thread.before_waking, nullptr)();
  wake_up(thread);
}

// Within its slack.
bool RefMachine::is_due(const RefThread& sleeping) const {
  return sleeping.due->time - parameters_.timer_slack.count() <= now_;
}

// ---- Virtual time

Nanoseconds RefMachine::average(const Core& core, bool with_current) const {
  Nanoseconds sum = 0;
  Nanoseconds count = 0;
  for (const RefThread* thread : core.waiting) sum += thread->virtual_time, ++count;
  if (with_current && core.current) sum += core.current->virtual_time, ++count;
  if (count == 0) return core.virtual_time;
  const Nanoseconds quotient = sum / count;
  return sum % count < 0 ? quotient - 1 : quotient;
}

void RefMachine::place(RefThread& thread, Core& core) {
  const auto others =
      static_cast<Nanoseconds>(core.waiting.size()) + (core.current != nullptr ? 1 : 0);
  const Nanoseconds lag = others == 0 ? 0 : thread.lag * (others + 1) / others;
  thread.virtual_time = average(core, true) - lag;
  thread.deadline = thread.virtual_time + parameters_.slice.count();
  thread.owes = false;
}

void RefMachine::bring_up_to_date(RefThread& thread) const {
  thread.virtual_time += std::exchange(thread.unaccounted, 0);
  if (thread.virtual_time < thread.deadline) return;
  thread.deadline = thread.virtual_time + parameters_.slice.count();
}

// Of the eligible the one with the earliest deadline, among equals the first to come.
RefThread* RefMachine::best_waiting(Core& core, bool with_current) const {
  const Nanoseconds mean = average(core, with_current);
  RefThread* best = nullptr;
  for (RefThread* thread : core.waiting) {
    if (thread->virtual_time > mean) continue;
    if (!best || thread->deadline < best->deadline) best = thread;
  }
  return best;
}

void RefMachine::remove(Core& core, RefThread& thread) const {
  core.waiting.erase(std::find(core.waiting.begin(), core.waiting.end(), &thread));
}

// ---- Waking

void RefMachine::set_timer(RefThread& thread, Nanoseconds delay,
                           std::function<void()> before_waking) {
  thread.own_timer = true;
  thread.before_waking = std::move(before_waking);
  thread.due = at(now_ + delay + parameters_.timer_slack.count(), Rank::kTimer);
  // In the order in which they expire; one that would have to pass more than eight stands aside.
  std::list<RefThread*>& timers = cores_[thread.core].timers;
  auto place = timers.end();
  for (int passed = 0; place != timers.begin(); ++passed, --place) {
    if ((*std::prev(place))->due->time <= thread.due->time) break;
    if (passed == 8) return;
  }
  timers.insert(place, &thread);
}

void RefMachine::set_outside(RefThread& thread, Nanoseconds delay) {
  thread.own_timer = false;
  thread.due = at(now_ + delay, Rank::kTimer);
}

void RefMachine::start(RefThread& thread) {
  const auto load = [](const Core& c) { return c.waiting.size() + (c.current ? 1 : 0); };
  for (std::size_t i = 0; i < cores_.size(); ++i) {
    if (load(cores_[i]) < load(cores_[thread.core])) thread.core = i;
  }
  thread.own_timer = false;
  wake_up(thread);
}

void RefMachine::wake(RefThread& thread) {
  if (thread.state != State::kBlocked) throw std::logic_error("reference: wakes one not blocked");
  thread.due.reset();
  cores_[thread.core].timers.remove(&thread);
  thread.before_waking = nullptr;
  thread.own_timer = false;
  wake_up(thread);
}

void RefMachine::wake_up(RefThread& thread) {
  Core& last = cores_[thread.core];
  if (thread.owes) {  // it never left the queue
    if (last.current && last.current->state == State::kRunning) bring_up_to_date(*last.current);
    thread.owes = false;
    if (thread.virtual_time < average(last, true)) {
      remove(last, thread);
      thread.lag = 0;
      place(thread, last);
      last.waiting.push_back(&thread);
    }
    return waits_for(last, thread);
  }
  Core* const idle = idle_core(thread);
  if (!idle && !last.current) {
    place(thread, last);
    const Nanoseconds takes = parameters_.context_switch.median.count();
    return give(last, thread, last.asleep_at - now_ + takes, takes);
  }
  if (!idle) {
    if (last.current && last.current->state == State::kRunning) bring_up_to_date(*last.current);
    place(thread, last);
    return join_queue(last, thread);
  }
  const auto& curve =
      thread.own_timer && idle == &last ? parameters_.timer_wake : parameters_.futex_wake;
  if (executing_) executing_->debt += parameters_.waker_cost.median.count();
  place(thread, *idle);
  const Nanoseconds latency = curve.front().latency.median.count();
  give(*idle, thread, latency, std::min(latency, parameters_.context_switch.median.count()));
}

void RefMachine::join_queue(Core& core, RefThread& thread) {
  core.waiting.push_back(&thread);
  waits_for(core, thread);
}

// Preempts at once if the slice of the running thread is over, or if it is not eligible and `woken`
// is the best of those that are.
void RefMachine::waits_for(Core& core, RefThread& woken) {
  woken.state = State::kReady;
  arm_tick(core);
  const RefThread* const current = core.current;
  if (!current || current->state != State::kRunning) return;
  const bool protected_slice = current->virtual_time < current->protected_until;
  const bool eligible = current->virtual_time <= average(core, true);
  if (protected_slice && (eligible || best_waiting(core, true) != &woken)) return;
  reconsider(core);
}

RefMachine::Core* RefMachine::idle_core(const RefThread& thread) {
  if (idle_to(thread, cores_[thread.core])) return &cores_[thread.core];
  for (Core& core : cores_) {
    if (idle_to(thread, core)) return &core;
  }
  return nullptr;
}

bool RefMachine::idle_to(const RefThread& thread, const Core& core) const {
  return !core.current && (core.asleep_at <= now_ || core.falling_asleep == &thread);
}

void RefMachine::falls_asleep(RefThread& thread, Nanoseconds takes) {
  cores_[thread.core].falling_asleep = &thread;
  cores_[thread.core].asleep_at = now_ + takes;
}

// ---- Who has the core

void RefMachine::reconsider(Core& core) {
  RefThread* const current = core.current;
  if (!current || current->state != State::kRunning) return;
  if (current == executing_) {
    core.look_again = true;
    return;
  }
  bring_up_to_date(*current);
  RefThread* best = nullptr;
  do {
    const bool eligible = current->virtual_time <= average(core, true);
    if (eligible && current->virtual_time < current->protected_until) return;
    best = best_waiting(core, true);
    if (!best || (eligible && current->deadline <= best->deadline)) return;
    remove(core, *best);
  } while (was_delayed(*best));
  current->due.reset();
  ++current->involuntary;
  current->state = State::kReady;
  core.waiting.push_back(current);
  switch_to(core, *best);
}

void RefMachine::switch_to(Core& core, RefThread& thread) {
  const Nanoseconds takes = parameters_.context_switch.median.count();
  give(core, thread, takes, takes);
}

void RefMachine::give(Core& core, RefThread& thread, Nanoseconds delay, Nanoseconds own) {
  delay += thread.debt;  // what it was charged while it was blocked
  own += std::exchange(thread.debt, 0);
  thread.arrival = own;
  core.current = &thread;
  thread.core = static_cast<std::size_t>(&core - cores_.data());
  thread.state = State::kArriving;
  thread.due = at(now_ + delay, Rank::kArrives);
}

void RefMachine::go_on(RefThread& thread) {
  RefThread* const outer = std::exchange(executing_, &thread);
  thread.wants = Wants::kExit;
  thread.here.resume();
  thread.program->rethrow();
  if (thread.wants == Wants::kCompute) {
    thread.in_burst = true;
    thread.due = at(now_ + thread.left, Rank::kBurstEnds);
  } else {
    if (thread.debt != 0) throw std::logic_error("reference: leaves with a debt");
    leave(thread, thread.wants == Wants::kBlock ? State::kBlocked : State::kExited);
  }
  executing_ = outer;
  Core& core = cores_[thread.core];
  if (std::exchange(core.look_again, false)) reconsider(core);
}

void RefMachine::leave(RefThread& thread, State to) {
  Core& core = cores_[thread.core];
  bring_up_to_date(thread);
  const Nanoseconds limit = std::max(2 * parameters_.slice.count(), parameters_.tick.count());
  thread.lag = std::clamp(average(core, true) - thread.virtual_time, -limit, limit);
  thread.owes = to == State::kBlocked && thread.lag < 0;
  ++thread.voluntary;
  thread.state = to;
  core.virtual_time = thread.virtual_time;
  core.current = nullptr;
  if (thread.owes) core.waiting.push_back(&thread);
  RefThread* next = nullptr;
  do {
    next = best_waiting(core, false);
    if (next) remove(core, *next);
  } while (next && was_delayed(*next));
  if (!next) {
    next = pull(longest_queue(), core, parameters_.migration_cost.count());
    if (next) place(*next, core);
  }
  if (next) switch_to(core, *next);
}

// One that was delayed has paid, and is out.
bool RefMachine::was_delayed(RefThread& picked) {
  if (!picked.owes) return false;
  picked.owes = false;
  picked.lag = 0;
  return true;
}

std::size_t RefMachine::waiting_for(const Core& core) {
  return static_cast<std::size_t>(std::count_if(core.waiting.begin(), core.waiting.end(),
                                                [](const RefThread* t) { return !t->owes; }));
}

RefMachine::Core* RefMachine::longest_queue() {
  Core* longest = nullptr;
  for (Core& core : cores_) {
    if (waiting_for(core) > (longest ? waiting_for(*longest) : 0)) longest = &core;
  }
  return longest;
}

// Takes from it who has not run for longest, unless it ran a moment ago.
RefThread* RefMachine::pull(Core* from, Core& idle, Nanoseconds hot_for) {
  if (!from) return nullptr;
  RefThread* oldest = nullptr;
  for (RefThread* thread : from->waiting) {
    const Nanoseconds ago = now_ - thread->last_ran;
    if (thread->owes || (thread->cpu > 0 && ago < hot_for)) continue;
    if (!oldest || thread->last_ran < oldest->last_ran) oldest = thread;
  }
  if (oldest) {
    remove(*from, *oldest);
    idle.failed_balances = 0;
  }
  return oldest;
}

void RefMachine::tick(Core& core) {
  if (core.waiting.empty() || !core.current) return;
  arm_tick(core);
  RefThread* const current = core.current;
  if (current->state == State::kRunning) {
    bring_up_to_date(*current);
    if (current->virtual_time >= current->protected_until) reconsider(core);
  }
  if (waiting_for(core) == 0) return;
  for (Core& idle : cores_) {
    if (idle.current || idle.asleep_at > now_) continue;
    const bool may_be_hot = idle.failed_balances > 1;
    RefThread* const pulled =
        pull(&core, idle, may_be_hot ? 0 : parameters_.migration_cost.count());
    if (!pulled) {
      ++idle.failed_balances;
      return;
    }
    place(*pulled, idle);
    const Nanoseconds latency = parameters_.futex_wake.front().latency.median.count();
    return give(idle, *pulled, latency,
                std::min(latency, parameters_.context_switch.median.count()));
  }
}

void RefMachine::arm_tick(Core& core) {
  if (core.tick) return;
  Nanoseconds next = tick_phase_;
  while (next <= now_) next += parameters_.tick.count();
  core.tick = at(next, Rank::kTick);
}

void RefMachine::interrupt(RefThread& thread, Nanoseconds notice) {
  if (!thread.in_burst || !thread.interruptible) return;
  const bool running = thread.state == State::kRunning;
  if (running) bring_up_to_date(thread);
  if (thread.left <= notice) return;
  thread.cut += thread.left - notice;
  thread.left = notice;
  if (running) thread.due = at(now_ + notice, Rank::kBurstEnds);
}

}  // namespace gilsim::test
