#include "models/program/step_cursor.hpp"

namespace gilsim::model {
void StepCursor::begin(const sim::Duration* times) {
  times_ = times;
  index_ = 0;
  asked_ = false;
}

std::optional<Action> StepCursor::next(Machine& machine, const PreparedWaits& waits) {
  if (index_ == steps_.size()) return std::nullopt;
  const Step& step = steps_[index_];
  if (const auto* wait = std::get_if<WaitStep>(&step)) {
    return wait_action(*wait, machine, waits.of(wait->via));
  }
  const sim::Duration time = times_[index_++];
  if (const auto* native = std::get_if<NativeStep>(&step)) {
    Action action =
        native->lock == LockMode::kHeld ? Action::native_held(time) : Action::native_released(time);
    action.memory = native->memory;
    return action;
  }
  return Action::python(time);
}

// Asks in system calls that do not block; then another one blocks.
std::optional<Action> StepCursor::wait_action(const WaitStep& step, Machine& machine,
                                              const PreparedWait& cost) {
  const bool no_time = times_[index_] == sim::Duration{};
  if (cost.answered && no_time) return answered_action(cost, machine);
  if (!asked_ && step.via != WaitVia::kSleep) {
    asked_ = true;
    return Action::short_call(machine.draw(cost.call));
  }
  asked_ = false;
  const sim::Duration nominal = times_[index_++];
  const sim::Duration time = nominal + machine.draw(no_time ? cost.at_once : cost.latency);
  const sim::Duration cpu = machine.draw(cost.cpu);
  return step.via == WaitVia::kSleep ? Action::sleep(time, cpu) : Action::receive(time, cpu);
}

std::optional<Action> StepCursor::answered_action(const PreparedWait& cost, Machine& machine) {
  asked_ = !asked_;
  if (asked_) {
    const sim::Duration call = machine.draw(cost.answered->call);
    return Action::ask(call, machine.draw(cost.answered->serve));
  }
  ++index_;
  return Action::await_answer(machine.draw(cost.cpu));
}

}  // namespace gilsim::model
