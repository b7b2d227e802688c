#include "models/program/world.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/lock/registry.hpp"
#include "models/program/layout_speed.hpp"

namespace gilsim::model {

using Phase = PythonThread::Phase;

World::World(SharedConfiguration configuration, std::uint64_t seed, std::uint64_t replication,
             Laws laws)
    : shared_(std::move(configuration)),
      configuration_(*shared_),
      machine_(simulator_, configuration_.machine, *this, seed, replication, configuration_.speed),
      far_side_(machine_, *this),
      costs_of_waits_(configuration_.interpreter.waits),
      transfers_(simulator_, *this, configuration_.devices) {
  if (laws == Laws::kChecked) {
    laws_ = std::make_unique<LawChecker>(configuration_.machine.cores);
    machine_.watch(laws_.get());
  }
  machine_.start_outsiders();
  const auto slowness = slowness_by_layout(configuration_, seed, replication);
  std::copy(slowness.begin(), slowness.end(), slowness_);
  for (const Device& device : configuration_.devices) devices_.emplace_back(device);
  if (lock_model_for(configuration_).kind == LockKind::kFreeThreaded) {
    shared_objects_.emplace(configuration_.interpreter.shared,
                            sim::RandomStream(seed, replication, "shared objects"));
  }
}

InterpreterLock& World::create_interpreter() {
  if (locks_.size() == LawChecker::kMostLocks) {
    throw std::invalid_argument("more than " + std::to_string(locks_.size()) +
                                " interpreters with a lock each");
  }
  locks_.push_back(lock_model_for(configuration_).make(machine_, configuration_));
  const CollectionTimes& collections = configuration_.collections;
  locks_.back()->schedule({collections.every, collections.pause});
  if (laws_) laws_->lock_created(locks_.back()->is_exclusive());
  return *locks_.back();
}

PythonThread& World::create_thread(const std::string& name, InterpreterLock& lock, Layout layout,
                                   Behaviour& behaviour, std::uint16_t interpreter) {
  names_.emplace(static_cast<std::uint32_t>(threads_.size()), name);
  return create_thread(lock, layout, behaviour, interpreter);
}

PythonThread& World::create_thread(InterpreterLock& lock, Layout layout, Behaviour& behaviour,
                                   std::uint16_t interpreter) {
  PythonThread& created = threads_.emplace_back();
  created.lock_index = index_of(lock);
  created.seat.thread = &machine_.create_thread();
  created.seat.interpreter = interpreter;
  created.behaviour = &behaviour;
  created.layout = layout;
  return created;
}

std::uint16_t World::index_of(const InterpreterLock& lock) const {
  std::uint16_t index = 0;
  while (locks_[index].get() != &lock) ++index;
  return index;
}

Action World::enter(PythonThread& thread, const InterpreterLock& lock) {
  thread.next_lock = index_of(lock);
  return Action::enter();
}

bool World::let_go_on(PythonThread& thread) {
  if (!thread.parked) {
    thread.permit = true;
    return false;
  }
  thread.parked = false;
  thread.waits = false;
  return true;
}

bool World::parks(PythonThread& thread) {
  thread.parked = !thread.permit;
  thread.permit = false;
  return thread.parked;
}

CpuRequest World::next(Thread& thread) {
  PythonThread& self = threads_[thread.id];
  for (;;) {
    switch (self.phase) {
      case Phase::kTaking:
        if (const auto request = take(self)) return *request;
        self.phase = self.python_left > sim::Duration{} ? Phase::kPython : Phase::kDeciding;
        if (self.phase == Phase::kPython) return run_bytecode(self);
        break;
      case Phase::kDeciding:
        if (has_asked(self)) return CpuRequest::compute({});
        if (const auto request = lock_of(self).pending(self.seat)) return *request;
        decide(self);
        if (self.action.kind == Action::Kind::kNativeHeld)
          return CpuRequest::compute_moving(self.action.memory, self.action.time);
        if (self.phase == Phase::kPython) return run_bytecode(self);
        break;
      case Phase::kPython:
        after_python(self);
        [[fallthrough]];
      case Phase::kPending:
        if (const auto request = lock_of(self).pending(self.seat)) return *request;
        after_pending(self);
        if (self.phase == Phase::kPython) return run_bytecode(self);
        break;
      case Phase::kDropping:
        if (const auto request = release(self)) return *request;
        self.phase = Phase::kTaking;
        break;
      case Phase::kReleasing:
        if (const auto request = release(self)) return *request;
        if (const auto request = begin_unlocked(self)) return *request;
        break;
      case Phase::kUnlocked:
        if (has_asked(self)) return CpuRequest::compute({});
        self.phase = Phase::kTaking;
        break;
      case Phase::kCalling:
        if (thread.charged > sim::Duration{}) return CpuRequest::compute({});
        if (const auto request = self.behaviour->proceed(*this, self)) return *request;
        self.phase = Phase::kTaking;
        // Whom its last call has woken is paid for in that call, not after a wait for the lock.
        if (thread.charged > sim::Duration{}) return CpuRequest::compute({});
        break;
      case Phase::kSettling:
        self.phase = Phase::kBlocking;
        return CpuRequest::compute(self.action.call);
      case Phase::kBlocking:
        self.phase = Phase::kTaking;
        if (const auto request = block(self)) return *request;
        break;
    }
  }
}

std::optional<CpuRequest> World::block(PythonThread& self) {
  switch (self.action.kind) {
    case Action::Kind::kExit:
      return CpuRequest::exit();
    case Action::Kind::kPark:
    case Action::Kind::kPollTimer:
    case Action::Kind::kPollArrival:
      return park(self);
    case Action::Kind::kAwait:
      self.awaits = !self.answered;
      self.answered = false;
      if (!self.awaits) return std::nullopt;
      return CpuRequest::block();
    case Action::Kind::kSleep:
      machine_.wake_by_timer_in(*self.seat.thread, self.action.time);
      break;
    default:
      if (is_shared(self.action.object)) {
        begin_transfer(self.action, self, std::nullopt);
      } else {
        machine_.wake_from_outside_in(*self.seat.thread, self.action.time + queueing(self.action));
      }
      break;
  }
  self.waits = true;
  return CpuRequest::block();
}

std::optional<CpuRequest> World::park(PythonThread& self) {
  if (self.permit) {
    self.permit = false;
    return std::nullopt;
  }
  self.parked = true;
  self.waits = self.action.kind != Action::Kind::kPark;
  if (self.action.kind == Action::Kind::kPollTimer) {
    machine_.wake_by_timer_in(*self.seat.thread, self.action.time);
  } else if (self.action.kind == Action::Kind::kPollArrival) {
    const sim::Duration left = self.action.time - now().since_start();
    machine_.wake_from_outside_in(*self.seat.thread, std::max(left, sim::Duration{}));
  }
  return CpuRequest::block();
}

std::optional<CpuRequest> World::take(PythonThread& self) {
  auto request = lock_of(self).take(self.seat);
  if (!laws_) return request;
  if (request) {
    laws_->waits_for_lock(self.id(), self.lock_index, now());
  } else {
    laws_->takes(self.id(), self.lock_index, now());
  }
  return request;
}

std::optional<CpuRequest> World::release(PythonThread& self) {
  if (laws_ && self.seat.stage == 0) laws_->lets_go(self.id(), self.lock_index, now());
  return lock_of(self).release(self.seat);
}

CpuRequest World::run_bytecode(PythonThread& self) {
  if (laws_) laws_->runs_bytecode(self.id(), self.lock_index);
  sim::Duration wanted = self.python_left;
  if (self.action.object != 0) {
    wanted = shared_objects_->begin_piece(self.lock_index, self.action.object, self, wanted);
  }
  self.stretch = lock_of(self).stretch(self.seat, wanted);
  return CpuRequest::compute_until_interrupted(self.stretch);
}

void World::check_accounts() {
  if (!laws_) return;
  for (const Thread& thread : machine_.threads()) {
    laws_->compare_cpu(thread.id, machine_.cpu_of(thread), now());
  }
  std::vector<LockAccount> locks;
  for (const auto& lock : locks_) {
    locks.push_back({lock->books().waited(now()), lock->books().held(now())});
  }
  laws_->compare_locks(locks, now());
  const bool may_be_cycle = std::any_of(threads_.begin(), threads_.end(),
                                        [this](const auto& t) { return is_link_of_waits(t); });
  if (!may_be_cycle) return;
  if (const std::string cycle = name_cycle(waits()); !cycle.empty()) {
    throw LawBroken("law broken: deadlock: " + cycle);
  }
}

void World::decide(PythonThread& self) {
  if (lock_of(self).must_drop(self.seat)) {
    lock_of(self).count_forced_drop();
    self.action = {};
    self.phase = Phase::kDropping;
    return;
  }
  self.action = self.behaviour->next(*this, self);
  switch (self.action.kind) {
    case Action::Kind::kPython:
      self.python_left = at_speed_of(self.layout, self.action.time);
      self.phase = Phase::kPython;
      begin_shared(self);
      break;
    case Action::Kind::kNativeHeld:
      break;  // computes and decides again
    case Action::Kind::kShortCall:
      self.action.kind = lock_of(self).keeps_over_short_calls() ? Action::Kind::kNativeHeld
                                                                : Action::Kind::kNativeReleased;
      if (self.action.kind == Action::Kind::kNativeReleased) self.phase = Phase::kReleasing;
      break;
    case Action::Kind::kNativeReleased:
    case Action::Kind::kSleep:
    case Action::Kind::kAwait:
    case Action::Kind::kReceive:
    case Action::Kind::kPark:
    case Action::Kind::kPollTimer:
    case Action::Kind::kPollArrival:
    case Action::Kind::kEnter:
    case Action::Kind::kCalls:
    case Action::Kind::kExit:
      self.phase = Phase::kReleasing;
      break;
  }
}

void World::after_python(PythonThread& self) {
  if (laws_) laws_->runs_bytecode(self.id(), self.lock_index);
  const sim::Duration done = self.stretch - self.seat.thread->cut;
  if (self.action.object == 0) {
    self.python_left -= done;
  } else {
    const sim::Duration work =
        shared_objects_->work_in(self.lock_index, self.action.object, self, done);
    self.python_left -= std::min(work, self.python_left);
  }
  lock_of(self).ran(self.seat, done);
  self.phase = Phase::kPending;
}

void World::after_pending(PythonThread& self) {
  self.phase = Phase::kPython;
  if (lock_of(self).must_drop(self.seat)) {
    lock_of(self).count_forced_drop();
    self.phase = Phase::kDropping;
  } else if (self.python_left == sim::Duration{}) {
    self.phase = Phase::kDeciding;
    end_shared(self);
  }  // else nothing matters to this check any more, and the bytecode goes on
}

void World::begin_shared(PythonThread& self) {
  if (!shared_objects_ || self.python_left == sim::Duration{}) self.action.object = 0;
  if (self.action.object == 0) return;
  shared_objects_->enter(self.lock_index, self.action.object, self);
}

void World::end_shared(PythonThread& self) {
  if (self.action.object == 0) return;
  shared_objects_->leave(self.lock_index, self.action.object, self);
  self.action.object = 0;
}

std::optional<CpuRequest> World::begin_unlocked(PythonThread& self) {
  if (self.action.kind == Action::Kind::kNativeReleased) {
    self.phase = Phase::kUnlocked;
    return CpuRequest::compute_moving(self.action.memory, self.action.time);
  }
  if (self.action.kind == Action::Kind::kEnter) {
    self.lock_index = self.next_lock;
    self.phase = Phase::kTaking;
    return std::nullopt;
  }
  self.phase = self.action.kind == Action::Kind::kCalls ? Phase::kCalling : Phase::kSettling;
  return std::nullopt;
}

sim::Duration World::queueing(std::uint16_t device, sim::Duration service) {
  return device == 0 ? sim::Duration{} : devices_[device - 1].admit(now(), service);
}

bool World::has_asked(PythonThread& self) {
  if (!self.action.asks) return false;
  self.action.asks = false;
  far_side_.ask(*self.seat.thread, self.action.call);
  return true;
}

void World::answered(Thread& thread) {
  PythonThread& self = threads_[thread.id];
  if (self.behaviour->answered(*this, self)) return;
  if (self.awaits) {
    self.awaits = false;
    machine_.wake_synchronously(thread);
  } else {
    self.answered = true;
  }
}

void World::timer_expired(Thread& thread) {
  PythonThread& self = threads_[thread.id];
  if (self.waits) {
    self.waits = false;
    self.parked = false;
  } else {
    lock_of(self).timer_expired(self.seat);
  }
}

sim::Duration World::at_speed_of(Layout layout, sim::Duration nominal) const {
  return nominal.scaled(slowness_[static_cast<std::size_t>(layout)]);
}

}  // namespace gilsim::model
