#include "models/program/coroutine.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

// How much of `whole` is spent in system calls, of which `calls` is known from blocking code.
Cost part_in_calls(const Cost& whole, const Cost& calls) {
  return {std::min(whole.median, calls.median), std::min(whole.low, calls.low),
          std::min(whole.high, calls.high), calls.samples};
}

const Cost& asking_calls(const WaitCost& blocking) {
  return blocking.answered ? blocking.answered->ask : blocking.call;
}

const Cost& receiving_calls(const WaitCost& blocking) {
  return blocking.answered ? blocking.answered->receive : blocking.cpu;
}

}  // namespace

PreparedAsyncio::Request::Request(const AwaitedCost& awaited, const WaitCost& blocking)
    : ask(without(awaited.ask, part_in_calls(awaited.ask, asking_calls(blocking)))),
      ask_calls(part_in_calls(awaited.ask, asking_calls(blocking))),
      receive(without(awaited.receive, part_in_calls(awaited.receive, receiving_calls(blocking)))),
      receive_calls(part_in_calls(awaited.receive, receiving_calls(blocking))) {}

PreparedAsyncio::PreparedAsyncio(const InterpreterParameters& interpreter)
    : create(interpreter.asyncio->create),
      begin(interpreter.asyncio->begin),
      done(interpreter.asyncio->done),
      handoff(interpreter.asyncio->handoff),
      resume(interpreter.asyncio->resume),
      turn(interpreter.asyncio->turn),
      poll(interpreter.asyncio->poll),
      timer_set(interpreter.asyncio->timer_set),
      timer_fire(interpreter.asyncio->timer_fire),
      cold_task(interpreter.asyncio->cold_task),
      cold(interpreter.asyncio->cold),
      socket(interpreter.asyncio->socket, interpreter.waits.socket),
      udp(interpreter.asyncio->udp, interpreter.waits.udp),
      to_thread(interpreter.asyncio->to_thread) {}

std::optional<Await> Coroutine::next(const std::vector<Step>& steps, World& world,
                                     const PreparedAsyncio& costs) {
  if (index_ == steps.size()) return std::nullopt;
  const Step& step = steps[index_];
  if (goes_to_thread(step)) return next_of_offload(step, world, costs);
  if (const auto* const wait = std::get_if<WaitStep>(&step)) {
    return next_of_wait(*wait, world, costs);
  }
  const sim::Duration time = times_[index_++];
  const auto* const native = std::get_if<NativeStep>(&step);
  if (native == nullptr) return Await::run(Action::python(time));
  Action action =
      native->lock == LockMode::kHeld ? Action::native_held(time) : Action::native_released(time);
  action.memory = native->memory;
  return Await::run(action);
}

Await Coroutine::over(Machine& machine, const PreparedCost& cost) {
  part_ = 0;
  ++index_;
  return Await::run(Action::python(machine.draw(cost)));
}

Await Coroutine::next_of_wait(const WaitStep& step, World& world, const PreparedAsyncio& costs) {
  if (step.via != WaitVia::kSleep) return next_of_request(step, world, costs);
  Machine& machine = world.machine();
  if (part_++ == 0) {
    return {Await::Kind::kTimer, Action::python(machine.draw(costs.timer_set)), times_[index_],
            nullptr};
  }
  return over(machine, costs.resume);
}

// The far side's own latency is that of the blocking wait of the same kind.
Await Coroutine::next_of_request(const WaitStep& step, World& world, const PreparedAsyncio& costs) {
  Machine& machine = world.machine();
  const PreparedAsyncio::Request& request = costs.of(step.via);
  const PreparedWait& blocking = world.costs_of_waits().of(step.via);
  const bool no_time = times_[index_] == sim::Duration{};
  const bool answered_at_once = blocking.answered && no_time;
  switch (part_++) {
    case 0:
      return Await::run(Action::python(machine.draw(request.ask)));
    case 1: {
      const sim::Duration calls = machine.draw(request.ask_calls);
      if (!answered_at_once) return Await::run(Action::short_call(calls));
      return Await::run(Action::ask(calls, machine.draw(blocking.answered->serve)));
    }
    case 2: {
      if (answered_at_once) return {Await::Kind::kAnswer, {}, {}, nullptr};
      const PreparedCost& latency = no_time ? blocking.at_once : blocking.latency;
      const sim::Duration queueing = world.queueing(step.number, times_[index_]);
      return {
          Await::Kind::kArrival, {}, queueing + times_[index_] + machine.draw(latency), nullptr};
    }
    case 3:
      return Await::run(Action::short_call(machine.draw(request.receive_calls)));
    case 4:
      return Await::run(Action::python(machine.draw(request.receive)));
    default:
      return over(machine, costs.resume);
  }
}

Await Coroutine::next_of_offload(const Step& step, World& world, const PreparedAsyncio& costs) {
  Machine& machine = world.machine();
  switch (part_++) {
    case 0:
      return Await::run(Action::python(machine.draw(costs.to_thread.submit)));
    case 1:
      return {Await::Kind::kThread, {}, times_[index_], &step};
    default:
      return over(machine, costs.to_thread.resume);
  }
}

}  // namespace gilsim::model
