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
    case State::kBlocked:
      if (thread.before_waking) std::exchange(thread.before_waking, nullptr)();
      wake_up(thread);
      break;
    default:
      throw std::logic_error("reference: nothing can happen to this thread");
  }
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
  thread.before_waking = nullptr;
  thread.own_timer = false;
  wake_up(thread);
}

void RefMachine::wake_up(RefThread& thread) {
  Core& last = cores_[thread.core];
  const bool somebody_there = last.current || !last.waiting.empty();
  if (thread.owes && somebody_there && thread.virtual_time > average(last, true)) {
    thread.owes = false;
    return join_queue(last, thread);
  }
  if (thread.owes) thread.lag = 0;
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
  thread.state = State::kReady;
  arm_tick(core);
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
  const bool eligible = current->virtual_time <= average(core, true);
  const bool protected_slice = current->virtual_time < current->protected_until;
  if (eligible && protected_slice) return;
  RefThread* const best = best_waiting(core, true);
  if (!best || (eligible && current->deadline <= best->deadline)) {
    if (!protected_slice) current->protected_until = current->deadline;
    return;
  }
  remove(core, *best);
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
  thread.owes = thread.lag < 0;
  ++thread.voluntary;
  thread.state = to;
  core.virtual_time = thread.virtual_time;
  core.current = nullptr;
  RefThread* next = best_waiting(core, false);
  if (next) {
    remove(core, *next);
  } else {
    next = pull();
    if (next) place(*next, core);
  }
  if (next) switch_to(core, *next);
}

// Takes a thread from the longest queue.
RefThread* RefMachine::pull() {
  Core* longest = nullptr;
  for (Core& core : cores_) {
    if (core.waiting.size() > (longest ? longest->waiting.size() : 0)) longest = &core;
  }
  if (!longest) return nullptr;
  RefThread* const pulled = best_waiting(*longest, false);
  if (pulled) remove(*longest, *pulled);
  return pulled;
}

void RefMachine::tick(Core& core) {
  if (core.waiting.empty() || !core.current) return;
  arm_tick(core);
  reconsider(core);
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
