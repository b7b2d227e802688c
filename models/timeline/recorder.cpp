#include "models/timeline/recorder.hpp"

#include <algorithm>

#include "models/program/world.hpp"

namespace gilsim::model {
namespace {

bool takes_core(const Thread& thread) {
  return thread.state == ThreadState::kRunning || thread.state == ThreadState::kArriving;
}

}  // namespace

void TimelineRecorder::on_event(const sim::Event&) {
  if (world_->now() == looked_) return;
  look();
  looked_ = world_->now();
}

void TimelineRecorder::look() {
  const auto& threads = world_->threads();
  while (seen_.size() < threads.size()) {
    seen_.push_back({Activity::kAbsent, sim::Time()});
    timeline_.threads.emplace_back();
  }
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const Activity activity = activity_of(*world_, threads[i]);
    if (activity == seen_[i].activity) continue;
    close(i, looked_);
    seen_[i] = {activity, looked_};
  }
  look_at_cores();
}

void TimelineRecorder::look_at_cores() {
  const Machine& machine = world_->machine();
  const auto cores = static_cast<std::size_t>(machine.parameters().cores);
  cores_.resize(cores);
  on_core_.assign(cores, kNobody);
  for (const Thread& thread : machine.threads()) {
    if (takes_core(thread)) on_core_[static_cast<std::size_t>(thread.core)] = thread.id;
  }
  for (const Thread& thread : machine.outsiders()) {
    if (takes_core(thread)) on_core_[static_cast<std::size_t>(thread.core)] = -1;
  }
  for (std::size_t i = 0; i < cores; ++i) {
    if (on_core_[i] == cores_[i].thread) continue;
    close_core(i, looked_);
    cores_[i] = {on_core_[i], looked_};
  }
}

void TimelineRecorder::close(std::size_t i, sim::Time now) {
  const Seen& seen = seen_[i];
  TimelineThread& thread = timeline_.threads[i];
  thread.times[static_cast<std::size_t>(seen.activity)] += now - seen.since;
  if (seen.activity == Activity::kWaitsForLock) thread.lock_waits.push_back(now - seen.since);
  const sim::Time from = std::max(seen.since, from_);
  const sim::Time to = std::min(now, to_);
  if (from < to && seen.activity != Activity::kAbsent) {
    timeline_.spans.push_back({static_cast<std::uint32_t>(i), seen.activity, from, to});
  }
}

void TimelineRecorder::close_core(std::size_t i, sim::Time now) {
  const sim::Time from = std::max(cores_[i].since, from_);
  const sim::Time to = std::min(now, to_);
  if (from < to && cores_[i].thread != kNobody) {
    timeline_.core_spans.push_back({static_cast<std::uint32_t>(i), cores_[i].thread, from, to});
  }
}

// A batch is over with its last event, threads that go round when their time is.
sim::Time TimelineRecorder::end_of(const World& world) const {
  return world.configuration().is_batch() ? looked_ : world.now();
}

void TimelineRecorder::ends(const World& world) {
  look();
  const sim::Time end = end_of(world);
  for (std::size_t i = 0; i < seen_.size(); ++i) close(i, end);
  for (std::size_t i = 0; i < cores_.size(); ++i) close_core(i, end);
  timeline_.from = from_;
  timeline_.to = std::min(to_, end);
  timeline_.length = end.since_start();
  timeline_.cores = world.machine().parameters().cores;
  timeline_.locks = world.locks().size();
  timeline_.excludes = world.locks().empty() || world.locks().front()->is_exclusive();
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    timeline_.threads[i].name = world.name_of(world.threads()[i]);
    timeline_.threads[i].lock = world.threads()[i].lock_index;
  }
  world_ = nullptr;
}

}  // namespace gilsim::model
