#include "models/program/coroutine.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

// asyncio.open_connection to an address. A socket that does not block reports that it is connected
// to the next turn's poll; that turn's callback wakes the task for the turn after it, which makes
// the transport; the transport's callbacks run in a third turn and the task goes on in a fourth
// (Lib/asyncio/selector_events.py, sock_connect, _SelectorSocketTransport.__init__;
// Lib/asyncio/base_events.py, _create_connection_transport). So tasks woken together ask together.
constexpr std::uint32_t kTurnsOfOpening = 4;
constexpr std::uint32_t kPartsOfOpening = 2 * kTurnsOfOpening;  // something to run, and a turn
// How much of asking is before each of these turns, and after the last: the CPU clock at each turn,
// alike on 3.9, 3.11 and 3.14.
constexpr double kShares[kTurnsOfOpening + 1] = {0.55, 0.05, 0.20, 0.07, 0.13};

Cost turns_of(const AsyncioCosts& costs, WaitVia via) {
  const auto times = static_cast<std::int64_t>(via == WaitVia::kSocket ? kTurnsOfOpening : 0);
  return Cost::exactly((costs.turn.median + costs.poll.median) * times);
}

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

PreparedAsyncio::Request::Request(const AwaitedCost& awaited, const WaitCost& blocking,
                                  const Cost& turns)
    : ask(without(without(awaited.ask, part_in_calls(awaited.ask, asking_calls(blocking))), turns)),
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
      socket(interpreter.asyncio->socket, interpreter.waits.socket,
             turns_of(*interpreter.asyncio, WaitVia::kSocket)),
      udp(interpreter.asyncio->udp, interpreter.waits.udp,
          turns_of(*interpreter.asyncio, WaitVia::kUdp)),
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

// Asking, up to the turn in which the task has its connection.
Await Coroutine::next_of_opening(Machine& machine, const PreparedCost& ask) {
  const std::uint32_t part = part_++;
  if (part % 2 == 1) return {Await::Kind::kTurn, {}, {}, nullptr};
  return Await::run(Action::python(machine.draw(ask).scaled(kShares[part / 2])));
}

// The far side's own latency is that of the blocking wait of the same kind.
Await Coroutine::next_of_request(const WaitStep& step, World& world, const PreparedAsyncio& costs) {
  Machine& machine = world.machine();
  const PreparedAsyncio::Request& request = costs.of(step.via);
  const bool opens = step.via == WaitVia::kSocket;
  if (opens && part_ < kPartsOfOpening) return next_of_opening(machine, request.ask);
  const double share = opens ? kShares[kTurnsOfOpening] : 1;
  const PreparedWait& blocking = world.costs_of_waits().of(step.via);
  const bool no_time = times_[index_] == sim::Duration{};
  const bool answered_at_once = blocking.answered && no_time;
  const std::uint32_t part = part_++ - (opens ? kPartsOfOpening : 0);
  switch (part) {
    case 0:
      return Await::run(Action::python(machine.draw(request.ask).scaled(share)));
    case 1: {
      const sim::Duration calls = machine.draw(request.ask_calls);
      if (!answered_at_once) return Await::run(Action::short_call(calls));
      return Await::run(Action::ask(calls, machine.draw(blocking.answered->serve)));
    }
    case 2: {
      if (answered_at_once) return {Await::Kind::kAnswer, {}, {}, nullptr};
      const PreparedCost& latency = no_time ? blocking.at_once : blocking.latency;
      const sim::Duration time = times_[index_];
      const sim::Duration late = machine.draw(latency);
      if (world.is_shared(step.number)) {
        Action transfer = Action::receive(time + late);
        transfer.object = step.number;
        transfer.serve = time;
        return {Await::Kind::kTransfer, transfer, {}, nullptr};
      }
      const sim::Duration queueing = world.queueing(step.number, time);
      return {Await::Kind::kArrival, {}, queueing + time + late, nullptr};
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
