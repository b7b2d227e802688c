#include "models/program/step_cursor.hpp"

namespace gilsim::model {
void StepCursor::begin(const sim::Duration* times) {
  times_ = times;
  index_ = 0;
  part_ = 0;
}

std::optional<Action> StepCursor::next(Machine& machine, const PreparedWaits& waits) {
  while (index_ < steps_.size() && times_[index_] == kNoStep) ++index_;
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
  return Action::python_on(std::get<PythonStep>(step).object, time);
}

// Asks in system calls that do not block; then another one blocks.
std::optional<Action> StepCursor::wait_action(const WaitStep& step, Machine& machine,
                                              const PreparedWait& cost) {
  if (step.since == WaitSince::kRound) return wait_since_round(machine, cost);
  const bool no_time = times_[index_] == sim::Duration{};
  if (cost.answered && no_time) return answered_action(*cost.answered, machine);
  if (part_ == 0 && step.via != WaitVia::kSleep) {
    part_ = 1;
    return Action::short_call(machine.draw(cost.call));
  }
  part_ = 0;
  const sim::Duration nominal = times_[index_++];
  const sim::Duration time = nominal + machine.draw(no_time ? cost.at_once : cost.latency);
  const sim::Duration cpu = machine.draw(cost.cpu);
  if (step.via == WaitVia::kSleep) return Action::sleep(time, cpu);
  Action action = Action::receive(time, cpu);
  action.object = step.number;
  action.serve = nominal;
  return action;
}

// What is there already costs the call that finds it.
Action StepCursor::wait_since_round(Machine& machine, const PreparedWait& cost) {
  const sim::Duration left = round_ + times_[index_++] - machine.now();
  const sim::Duration latency = machine.draw(cost.latency);
  const sim::Duration cpu = machine.draw(cost.cpu);
  if (left <= sim::Duration{}) return Action::short_call(machine.draw(cost.call));
  return Action::sleep(left + latency, cpu);
}

// The far side answers at once: a process beside this one, whose wake-ups the machine adds.
Action StepCursor::answered_action(const PreparedWait::Answered& cost, Machine& machine) {
  switch (part_++) {
    case 0:
      return Action::python(machine.draw(cost.bytecode));
    case 1: {
      const sim::Duration serve = machine.draw(cost.serve);
      return Action::ask(machine.draw(cost.ask), serve);
    }
    default:
      part_ = 0;
      ++index_;
      return Action::await_answer(machine.draw(cost.receive));
  }
}

}  // namespace gilsim::model
