#include "models/os/machine.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "models/os/periodic.hpp"

namespace gilsim::model {
namespace {

EventKind kind_of(const sim::Event& event) { return static_cast<EventKind>(event.kind); }

// Of each of `cores`, `busy` of which are, relative to one that is busy alone.
double speed_together(std::size_t busy, std::size_t cores, double when_all_are) {
  const double share =
      busy < 2 ? 0.0 : static_cast<double>(busy - 1) / static_cast<double>(cores - 1);
  return 1.0 + share * (when_all_are - 1.0);
}

}  // namespace

Machine::Machine(sim::Simulator& simulator, const MachineParameters& parameters,
                 MachineClient& client, std::uint64_t seed, std::uint64_t replication, double speed)
    : simulator_(simulator),
      parameters_(parameters),
      timer_wake_(parameters_.timer_wake),
      futex_wake_(parameters_.futex_wake),
      waker_cost_(parameters_.waker_cost),
      context_switch_(parameters_.context_switch),
      client_(client),
      random_(seed, replication, "machine"),
      dice_(seed, replication, "newly idle"),
      cores_(static_cast<std::size_t>(parameters_.cores)),
      idle_(static_cast<std::size_t>(parameters_.cores)),
      lone_speed_(speed),
      speed_(speed),
      refill_(*this, static_cast<std::uint32_t>(EventKind::kRefill), 0, this),
      slack_(*this, static_cast<std::uint32_t>(EventKind::kSlack), 0, this) {
  for (int i = 0; i < parameters_.cores; ++i) {
    cores_.emplace_back(*this, static_cast<std::uint32_t>(i), parameters_);
    idle_.add(static_cast<std::size_t>(i));
  }
  // Where the program's main thread starts: it has computed there before what is simulated.
  cores_[0].utilisation = Utilisation(1);
  tick_phase_ = parameters_.tick.scaled(random_.uniform());
  const double shared_speed = parameters_.parallel_speed.draw(random_);
  if (shared_speed != 1.0 && cores_.size() > 1) {
    for (std::size_t busy = 0; busy <= cores_.size(); ++busy) {
      shared_speeds_.push_back(lone_speed_ * speed_together(busy, cores_.size(), shared_speed));
    }
  }
  if (parameters_.threads_per_core > 1 || !parameters_.memory.empty()) {
    sim::RandomStream random(seed, replication, "smt");
    speeds_ = std::make_unique<ProcessorSpeeds>(parameters_, shared_speed,
                                                parameters_.smt_speed.draw(random));
  }
  if (parameters_.quota) {
    sim::RandomStream random(seed, replication, "quota");
    const sim::Duration phase = parameters_.quota->period.scaled(random.uniform());
    quota_ = std::make_unique<Quota>(simulator, *parameters_.quota, parameters_.cores, phase,
                                     refill_, slack_);
  }
  if (parameters_.background) {
    background_ = std::make_unique<Background>(*parameters_.background, *this, seed, replication);
    for (int i = 0; i < parameters_.background->threads; ++i) create_outsider(*background_);
  }
}

Thread& Machine::create_thread() {
  if (laws_) laws_->thread_created();
  return threads_.emplace_back(*this, static_cast<std::uint32_t>(threads_.size()));
}

Thread& Machine::create_outsider(MachineClient& client) {
  const auto id = kFirstOutsider + static_cast<std::uint32_t>(outsiders_clients_.size());
  outsiders_clients_.push_back(&client);
  Thread& created = outsiders_.emplace_back(*this, id);
  created.outside = true;
  return created;
}

void Machine::handle(sim::Event& event) {
  switch (kind_of(event)) {
    case EventKind::kDispatch:
      return arrive(*static_cast<Thread*>(event.owner));
    case EventKind::kBurstEnd: {
      Thread& thread = *static_cast<Thread*>(event.owner);
      account(thread);
      thread.left = {};
      thread.in_burst = false;
      return advance(thread);
    }
    case EventKind::kTimer: {
      Thread& thread = *static_cast<Thread*>(event.owner);
      CoreTimers& timers = core_of(thread).timers;
      timers.remove(thread);
      timer_expires(thread);
      while (Thread* const next = timers.first_due(now(), parameters_.timer_slack)) {
        cancel_timer(*next);
        timer_expires(*next);
      }
      return;
    }
    case EventKind::kArrival: {
      Thread& thread = *static_cast<Thread*>(event.owner);
      client_of(thread).timer_expired(thread);
      return wake_on_some_core(thread, Wakeup::kRemote);
    }
    case EventKind::kTick:
      return tick(*static_cast<Core*>(event.owner));
    case EventKind::kRefill:
      return release(quota_->refilled());
    case EventKind::kSlack:
      return release(quota_->slack_expired());
    case EventKind::kNone:
      break;
  }
}

// ---- Waking

void Machine::say_runs(const Thread& thread, sim::Time since) {
  if (thread.outside) return laws_->outsider_begins(thread.core);
  laws_->begins_to_run(thread.id, thread.core, since);
}

void Machine::say_stops(const Thread& thread) {
  if (thread.outside) return laws_->outsider_ceases(thread.core);
  laws_->ceases_to_run(thread.id, thread.core, now());
}

void Machine::say_blocked(const Thread& thread, const char* what) const {
  if (thread.state == ThreadState::kBlocked) return;
  throw LawBroken("thread " + std::to_string(thread.id) + " is " + name_of(thread.state) +
                  ", not blocked: " + what);
}

void Machine::wake_blocked(Thread& thread, Wakeup how) {
  say_blocked(thread, "wake");
  cancel_timer(thread);
  wake_on_some_core(thread, how);
}

void Machine::wake_by_timer_in(Thread& thread, sim::Duration delay) {
  thread.event.kind = static_cast<std::uint32_t>(EventKind::kTimer);
  simulator_.schedule(thread.event, now() + delay + parameters_.timer_slack, sim::Priority::kTimer);
  core_of(thread).timers.add(thread);
}

void Machine::cancel_timer(Thread& thread) {
  core_of(thread).timers.remove(thread);
  simulator_.cancel(thread.event);
}

void Machine::timer_expires(Thread& thread) {
  client_of(thread).timer_expired(thread);
  wake_on_some_core(thread, Wakeup::kTimer);
}

void Machine::wake_from_outside_in(Thread& thread, sim::Duration delay) {
  thread.event.kind = static_cast<std::uint32_t>(EventKind::kArrival);
  simulator_.schedule(thread.event, now() + delay, sim::Priority::kTimer);
}

void Machine::start_outsiders() {
  for (Thread& thread : outsiders_) start(thread);
}

void Machine::start(Thread& thread) {
  thread.core = static_cast<std::int16_t>(least_loaded_core());
  wake_on_some_core(thread, Wakeup::kRemote);
}

void Machine::wake_on_some_core(Thread& thread, Wakeup how) {
  Core& last = core_of(thread);
  if (thread.owes) {
    if (last.current && last.current->state == ThreadState::kRunning) account(*last.current);
    if (!may_run(last, thread)) {
      last.queue.drop(thread);
      return set_aside(last, thread);
    }
    last.queue.wake_delayed(thread, last.current);
    thread.transition(ThreadState::kReady);
    arm_tick(last);
    return preempt_for(last, thread);
  }
  const int idle = idle_core_for(thread);
  if (idle < 0) {
    Core& busy = busy_core_for(thread, how);
    return busy.current ? enqueue(busy, thread) : follow(busy, thread);
  }

  Core& core = cores_[static_cast<std::size_t>(idle)];
  if (!may_run(core, thread)) return set_aside(core, thread);
  const bool own_timer = how == Wakeup::kTimer && idle == thread.core;
  const PreparedWakeCurve& curve = own_timer ? timer_wake_ : futex_wake_;
  // What the waker pays is the first part of the latency: where one is long, so is the other.
  const double z = random_.normal();
  const sim::Duration latency = curve.after(now() - core.idle_since, z);
  if (executing_) charge(*executing_, waker_cost_.at(z));
  core.queue.place(thread, nullptr);
  // Of a wake-up the last part, from being switched in to user code, is the thread's own time.
  dispatch(core, thread, latency, std::min(latency, parameters_.context_switch.median));
}

// Where `thread` waits when none is idle to it.
Machine::Core& Machine::busy_core_for(const Thread& thread, Wakeup how) {
  if (how == Wakeup::kSynchronous && executing_ && !packs()) {
    Core& wakers = core_of(*executing_);
    if (wakers.queue.waiting() == 0) return wakers;
  }
  return core_of(thread);
}

// Has the core as soon as the thread that left it last is asleep.
void Machine::follow(Core& core, Thread& thread) {
  if (!may_run(core, thread)) return set_aside(core, thread);
  core.queue.place(thread, nullptr);
  const sim::Duration takes = context_switch_.draw(random_);
  dispatch(core, thread, core.asleep_at - now() + takes, takes);
}

int Machine::idle_core_for(const Thread& thread) {
  Core& last = core_of(thread);
  if (!last.current && !is_settling(last, thread)) return thread.core;
  if (packs() && last.utilisation.at(now()) < parameters_.pack_below) return -1;
  if (parameters_.threads_per_core > 1) {  // select_idle_core()
    for (std::size_t i = 0; i < cores_.size(); ++i) {
      if (!cores_[i].current && siblings_are_idle(i)) return static_cast<int>(i);
    }
  }
  return idle_.first_with([&](std::size_t i) { return !is_settling(cores_[i], thread); });
}

bool Machine::siblings_are_idle(std::size_t processor) const {
  for (std::size_t i = speeds_->core_of(processor); i < cores_.size(); i += speeds_->cores()) {
    if (i != processor && cores_[i].current) return false;
  }
  return true;
}

int Machine::least_loaded_core() const {
  // Among equals one whose whole core is idle.
  const auto load = [this](const Core& c) {
    const std::size_t threads = c.queue.waiting() + (c.current ? 1 : 0);
    const bool shares = parameters_.threads_per_core > 1 && !siblings_are_idle(c.tick.subject);
    return 2 * threads + (shares ? 1 : 0);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < cores_.size(); ++i) {
    if (load(cores_[i]) < load(cores_[best])) best = i;
  }
  return static_cast<int>(best);
}

void Machine::enqueue(Core& core, Thread& thread) {
  thread.core = static_cast<std::int16_t>(core.tick.subject);
  if (core.current && core.current->state == ThreadState::kRunning) account(*core.current);
  if (!may_run(core, thread)) return set_aside(core, thread);
  core.queue.place(thread, core.current);
  core.queue.add(thread);
  thread.transition(ThreadState::kReady);
  arm_tick(core);
  preempt_for(core, thread);
}

// ---- Who has the core

// `woken` has been added to the core's queue.
void Machine::preempt_for(Core& core, const Thread& woken) {
  Thread* const current = core.current;
  if (!current || current->state != ThreadState::kRunning) return;
  if (core.queue.preempts(*current, woken)) reconsider(core);
}

// Preempts the running thread if another one should have the core now.
void Machine::reconsider(Core& core, Occasion occasion) {
  Thread* const current = core.current;
  if (!current || current->state != ThreadState::kRunning) return;
  if (current == executing_) {  // in the middle of a decision: once it computes again
    core.reconsider_later = true;
    return;
  }
  account(*current);
  if (!may_run(core, *current)) return set_current_aside(core);
  Thread* const best = core.queue.take_if_better(*current, occasion);
  if (!best) return;
  simulator_.cancel(current->event);
  if (laws_) say_stops(*current);
  ++current->involuntary_switches;
  current->transition(ThreadState::kReady);
  change_busy(*current, -1);
  core.queue.add(*current);
  switch_to(core, *best);
}

void Machine::switch_to(Core& core, Thread& thread) {
  const sim::Duration takes = context_switch_.draw(random_);
  dispatch(core, thread, takes, takes);
}

void Machine::dispatch(Core& core, Thread& thread, sim::Duration delay, sim::Duration own) {
  core.current = &thread;
  idle_.remove(core.tick.subject);
  thread.core = static_cast<std::int16_t>(core.tick.subject);
  thread.transition(ThreadState::kArriving);
  delay += thread.charged;
  own += std::exchange(thread.charged, sim::Duration{});
  thread.resumed = now() + delay - own;
  thread.event.kind = static_cast<std::uint32_t>(EventKind::kDispatch);
  simulator_.schedule(thread.event, now() + delay, sim::Priority::kDispatch);
}

void Machine::arrive(Thread& thread) {
  thread.transition(ThreadState::kRunning);
  if (laws_) say_runs(thread, thread.resumed);
  Core& core = core_of(thread);
  core.queue.begin_slice(thread);
  charge_cpu(thread, now() - thread.resumed);
  change_busy(thread, +1);
  if (quota_ || !core.queue.empty()) arm_tick(core);
  if (thread.in_burst) return schedule_end(thread);
  advance(thread);
}

void Machine::advance(Thread& thread) {
  Thread* const outer = executing_;
  executing_ = &thread;
  for (;;) {
    const CpuRequest request = client_of(thread).next(thread);
    if (request.kind == CpuRequest::Kind::kCompute) {
      thread.left = request.work + thread.charged;
      thread.charged = {};
      thread.cut = {};
      if (thread.left <= sim::Duration{}) continue;
      thread.in_burst = true;
      thread.interruptible = request.interruptible;
      if (thread.memory != request.memory) {
        thread.memory = request.memory;
        if (speeds_) {
          speeds_->begins(static_cast<std::size_t>(thread.core), thread.memory);
          follow_speeds();
        }
      }
      schedule_end(thread);
      break;
    }
    if (thread.charged > sim::Duration{}) {  // pay before leaving the core
      throw LawBroken("thread " + std::to_string(thread.id) + " leaves with a debt");
    }
    leave_core(thread, request.kind == CpuRequest::Kind::kExit ? ThreadState::kExited
                                                               : ThreadState::kBlocked);
    break;
  }
  executing_ = outer;
  Core& core = core_of(thread);
  if (core.reconsider_later) {
    core.reconsider_later = false;
    reconsider(core);
  }
}

void Machine::leave_core(Thread& thread, ThreadState to) {
  Core& core = core_of(thread);
  account(thread);
  change_busy(thread, -1);
  core.queue.note_lag(thread, &thread);
  if (laws_) say_stops(thread);
  ++thread.voluntary_switches;
  thread.transition(to);
  if (to == ThreadState::kBlocked && thread.lag < 0) core.queue.delay(thread);
  vacate(core);
  give_to_next(core);
}

void Machine::vacate(Core& core) {
  core.current = nullptr;
  idle_.add(core.tick.subject);
}

void Machine::give_to_next(Core& core) {
  if (Thread* const next = next_for(core)) return switch_to(core, *next);
  core.idle_since = now();
}

void Machine::tick(Core& core) {
  if ((core.queue.empty() && !quota_) || !core.current) return;
  arm_tick(core);
  reconsider(core, Occasion::kTick);
  balance_at_tick(core);
}

// Ticks matter only while somebody waits for the core; they come at the same instants on all cores.
void Machine::arm_tick(Core& core) {
  if (core.tick.pending()) return;
  if (now() >= next_tick_) next_tick_ = next_periodic(now(), parameters_.tick, tick_phase_);
  simulator_.schedule(core.tick, next_tick_, sim::Priority::kTick);
}

// ---- Running

void Machine::schedule_end(Thread& thread) {
  if (!thread.in_burst) return;
  const double speed = speed_of(thread);
  const sim::Duration takes = speed == 1.0 ? thread.left : thread.left.scaled(1.0 / speed);
  thread.event.kind = static_cast<std::uint32_t>(EventKind::kBurstEnd);
  simulator_.cancel(thread.event);
  simulator_.schedule(thread.event, now() + takes, sim::Priority::kCompletion);
}

void Machine::account(Thread& thread) {
  const sim::Duration ran = now() - thread.resumed;
  charge_cpu(thread, ran);
  if (!thread.in_burst) return;
  const double speed = speed_of(thread);
  thread.left -= speed == 1.0 ? ran : ran.scaled(speed);
  if (thread.left < sim::Duration{}) thread.left = {};  // rounding of a shared core's speed
}

void Machine::charge_cpu(Thread& thread, sim::Duration ran) {
  thread.resumed = now();
  thread.cpu += ran;
  core_of(thread).queue.charge(thread, ran);
  if (quota_ && !thread.outside) {
    quota_->charge(static_cast<std::size_t>(thread.core), ran);
  }
}

void Machine::interrupt(Thread& thread, sim::Duration notice) {
  if (!thread.in_burst || !thread.interruptible) return;
  const bool running = thread.state == ThreadState::kRunning;
  if (running) account(thread);
  if (thread.left <= notice) return;
  thread.cut += thread.left - notice;
  thread.left = notice;
  if (running) schedule_end(thread);
}

double Machine::speed_of(const Thread& thread) const {
  return speeds_ ? cores_[static_cast<std::size_t>(thread.core)].speed : speed_;
}

// Brings every processor's speed up to date, with the end of what computes there.
void Machine::follow_speeds() {
  for (Core& core : cores_) {
    const double speed = lone_speed_ * speeds_->of(core.tick.subject);
    if (speed == core.speed) continue;
    Thread* const current = core.current;
    const bool computes = current && current->state == ThreadState::kRunning && current->in_burst;
    if (computes) account(*current);
    core.speed = speed;
    if (computes) schedule_end(*current);
  }
}

void Machine::change_busy(const Thread& thread, int by) {
  if (packs()) core_of(thread).utilisation.change(now(), by);
  if (speeds_) {
    const auto processor = static_cast<std::size_t>(thread.core);
    by > 0 ? speeds_->begins(processor, thread.memory) : speeds_->ceases(processor);
    return follow_speeds();
  }
  if (shared_speeds_.empty()) return;
  busy_ += by;
  const double speed = shared_speeds_[static_cast<std::size_t>(busy_)];
  if (speed == speed_) return;
  const auto is_running = [](const Core& core) {
    return core.current && core.current->state == ThreadState::kRunning && core.current->in_burst;
  };
  for (Core& core : cores_) {
    if (is_running(core)) account(*core.current);
  }
  speed_ = speed;
  for (Core& core : cores_) {
    if (is_running(core)) schedule_end(*core.current);
  }
}

sim::Duration Machine::work_left(const Thread& thread) const {
  if (!thread.in_burst) return {};
  if (thread.state != ThreadState::kRunning) return thread.left;
  const sim::Duration ran = now() - thread.resumed;
  const double speed = speed_of(thread);
  return std::max(thread.left - (speed == 1.0 ? ran : ran.scaled(speed)), sim::Duration{});
}

sim::Duration Machine::cpu_of(const Thread& thread) const {
  const bool running = thread.state == ThreadState::kRunning;
  return running ? thread.cpu + (now() - thread.resumed) : thread.cpu;
}

}  // namespace gilsim::model
