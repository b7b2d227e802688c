#include <algorithm>

#include "models/program/world.hpp"

namespace gilsim::model {
namespace {

using Phase = PythonThread::Phase;

bool waits_for_lock(const PythonThread& t) {
  return t.phase == Phase::kTaking && t.state() == ThreadState::kBlocked && !t.parked && !t.waits &&
         t.seat.stage != 0;
}

bool awaits_switch(const PythonThread& t) {
  const bool releases = t.phase == Phase::kDropping || t.phase == Phase::kReleasing;
  return releases && t.state() == ThreadState::kBlocked;
}

}  // namespace

std::string World::name_of(const PythonThread& thread) const {
  const auto own = names_.find(thread.id());
  return own != names_.end() ? own->second : thread.behaviour->name_of(thread);
}

WaitFor World::wait_of(const PythonThread& t) const {
  WaitFor wait;
  if (t.parked && !t.waits) {
    wait.what = "to be woken by";
    if (const PythonThread* other = t.behaviour->waits_for(t)) wait.whom = other->id();
  } else if (waits_for_lock(t)) {
    wait.what = "for the lock, held by";
    if (laws_) wait.whom = laws_->holder_of(t.lock_index);
  } else if (awaits_switch(t)) {
    wait.what = "for the lock it has dropped to be taken by";
    const auto taker = std::find_if(threads_.begin(), threads_.end(), [&](const auto& other) {
      return other.lock_index == t.lock_index && other.phase == Phase::kTaking && !other.parked &&
             !other.waits;
    });
    if (taker != threads_.end()) wait.whom = taker->id();
  }
  return wait;
}

// Waits for one who waits: every thread of a cycle does.
bool World::is_link_of_waits(const PythonThread& thread) const {
  const WaitFor wait = wait_of(thread);
  return !wait.what.empty() && wait.whom && !wait_of(threads_[*wait.whom]).what.empty();
}

std::vector<WaitFor> World::waits() const {
  std::vector<WaitFor> result;
  result.reserve(threads_.size());
  for (const PythonThread& t : threads_) {
    result.push_back(wait_of(t));
    result.back().thread = name_of(t);
  }
  return result;
}

std::string World::describe_threads() const {
  std::string text;
  for (const PythonThread& t : threads_) {
    if (t.state() == ThreadState::kExited) continue;
    text += (text.empty() ? "" : ", ") + name_of(t) + " is " + model::name_of(t.state());
    if (t.parked && !t.waits) text += " (parked)";
  }
  return text;
}

void World::begin_transfer(const Action& wait, PythonThread& thread,
                           std::optional<std::uint32_t> task) {
  transfers_.begin(wait.object, wait.serve, {&thread, task, wait.time - wait.serve});
}

void World::transferred(const Transfer& transfer) {
  PythonThread& thread = *transfer.thread;
  if (transfer.task) {
    thread.behaviour->arrives(*this, thread, *transfer.task, now() + transfer.latency);
  } else {
    machine_.wake_from_outside_in(*thread.seat.thread, transfer.latency);
  }
}

void World::arrives(PythonThread& self, sim::Time when) {
  const bool polls = self.action.kind == Action::Kind::kPark ||
                     self.action.kind == Action::Kind::kPollTimer ||
                     self.action.kind == Action::Kind::kPollArrival;
  if (!polls) return;
  if (!self.parked) {
    const bool has_timer = self.action.kind == Action::Kind::kPollTimer;
    const sim::Time ends = has_timer ? now() + self.action.time : sim::Time{} + self.action.time;
    if (self.action.kind != Action::Kind::kPark && ends <= when) return;
    self.action.kind = Action::Kind::kPollArrival;
    self.action.time = when.since_start();
    return;
  }
  Thread& thread = *self.seat.thread;
  if (self.waits && thread.event.time <= when) return;
  if (self.waits) machine_.cancel_timer(thread);
  self.waits = true;
  machine_.wake_from_outside_in(thread, when - now());
}

}  // namespace gilsim::model
