#include "models/program/loop_thread.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

using Kind = EventLoop::Handle::Kind;

// Of a poll's timeout, beyond what every timer has (fs/select.c, select_estimate_accuracy).
sim::Duration extra_slack(sim::Duration timeout, sim::Duration usual) {
  constexpr sim::Duration kMost = sim::Duration::milliseconds(100);
  return std::max(std::min(timeout / 1000, kMost) - usual, sim::Duration{});
}

}  // namespace

LoopThread::LoopThread(const Configuration& configuration, LoopTasks& tasks)
    : costs_(configuration.interpreter), tasks_(tasks), offloads_(configuration, *this) {}

std::optional<Action> LoopThread::next(World& world, PythonThread& self) {
  thread_ = &self;
  Machine& machine = world.machine();
  for (;;) {
    switch (stage_) {
      case Stage::kTurn:
        stage_ = Stage::kPoll;
        return Action::python(machine.draw(costs_.turn));
      case Stage::kPoll:
        stage_ = Stage::kCollect;
        return poll(world);
      case Stage::kCollect:
        if (const auto action = collect(world, self)) return *action;
        break;
      case Stage::kHandles:
        if (const auto action = begin_handle(world)) return *action;
        if (stage_ == Stage::kTurn && stopping_) return std::nullopt;
        break;
      case Stage::kTask:
        if (const auto action = carry_out(world, self, tasks_.next_of(world, task_)))
          return *action;
        break;
    }
  }
}

Action LoopThread::poll(World& world) {
  using Until = EventLoop::Poll::Until;
  const EventLoop::Poll poll = loop_.poll(world.now());
  const sim::Duration call = world.machine().draw(costs_.poll);
  polled_ = world.now();
  switch (poll.until) {
    case Until::kTimer:
      return Action::poll_for(
          poll.timeout + extra_slack(poll.timeout, world.machine().parameters().timer_slack), call);
    case Until::kArrival:
      return Action::poll_until(poll.arrival, call);
    case Until::kWoken:
      return Action::park(call);
    case Until::kNow:
      break;
  }
  return Action::short_call(call);
}

std::optional<Action> LoopThread::collect(World& world, PythonThread& self) {
  self.permit = false;  // who woke this thread has also said why
  loop_.begin_turn(world.now());
  stage_ = Stage::kHandles;
  const sim::Duration blocked = world.now() - polled_;
  was_blocked_ = blocked >= kColdAfter;
  if (!was_blocked_) return std::nullopt;
  return Action::python(world.machine().draw(costs_.cold, blocked));
}

// A handle that ended the wait: what belongs to it is cold, too.
sim::Duration LoopThread::waking_cost(World& world) {
  return was_blocked_ ? world.machine().draw(costs_.cold_task) : sim::Duration{};
}

std::optional<Action> LoopThread::begin_handle(World& world) {
  const auto handle = loop_.next_of_turn();
  if (!handle) {
    stage_ = Stage::kTurn;
    return std::nullopt;
  }
  if (handle->kind == Kind::kTimer) {
    resume_soon(handle->task);
    return Action::python(world.machine().draw(costs_.timer_fire) + waking_cost(world));
  }
  if (handle->kind == Kind::kReadable) {
    resume_soon(handle->task);
    return Action::python(waking_cost(world));
  }
  task_ = handle->task;
  stage_ = Stage::kTask;
  return std::nullopt;
}

std::optional<Action> LoopThread::carry_out(World& world, PythonThread& self, const Await& await) {
  if (await.kind == Await::Kind::kRun) return await.action;
  stage_ = Stage::kHandles;
  switch (await.kind) {
    case Await::Kind::kTimer:
      loop_.call_at(world.now() + await.time, task_);
      return await.action;
    case Await::Kind::kArrival:
      loop_.readable_at(world.now() + await.time, task_);
      break;
    case Await::Kind::kTransfer:
      world.begin_transfer(await.action, self, task_);
      break;
    case Await::Kind::kAnswer:
      await_answer(world);
      break;
    case Await::Kind::kTurn:
      resume_soon(task_);
      break;
    case Await::Kind::kThread:
      return offloads_.submit(world, self, {task_, await.step, await.time});
    default:
      break;
  }
  return std::nullopt;
}

void LoopThread::await_answer(World& world) {
  if (answered_early_) {
    answered_early_ = false;
    loop_.readable_at(world.now(), task_);
  } else {
    asked_.push_back(task_);
  }
}

// The far side answers in the order in which it was asked.
bool LoopThread::answered(World& world, PythonThread& self) {
  if (asked_.empty()) {
    answered_early_ = true;
    return true;
  }
  loop_.readable_at(world.now(), asked_.front());
  asked_.pop_front();
  world.unpark_by_bytes(self);
  return true;
}

void LoopThread::arrives(World& world, PythonThread& self, std::uint32_t task, sim::Time when) {
  loop_.readable_at(when, task);
  world.arrives(self, when);
}

void LoopThread::offload_done(World& world, std::uint32_t task) {
  resume_soon(task);
  world.unpark_by_bytes(*thread_);  // call_soon_threadsafe() writes to the loop's own socket
}

}  // namespace gilsim::model
