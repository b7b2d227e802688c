#include "scenario/strategy_support.hpp"

#include "models/lock/registry.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::scenario {
namespace {

using model::StrategyKind;

std::string name_of(const model::InterpreterParameters& interpreter) {
  return model::written_version(interpreter.version, interpreter.free_threaded);
}

std::optional<Refusal> refusal_of_asyncio(const model::InterpreterParameters& interpreter) {
  if (!model::has_asyncio(interpreter.version)) {
    return Refusal{"interpreter " + name_of(interpreter) + " can't run the strategy 'asyncio'",
                   "asyncio.run came with 3.7: choose 3.7 or later, or leave the strategy out"};
  }
  if (interpreter.asyncio) return std::nullopt;
  return Refusal{
      "the host profile does not say what asyncio costs on interpreter " + name_of(interpreter),
      "calibrate the host anew, or leave out the strategy 'asyncio'"};
}

std::optional<Refusal> refusal_of_interpreters(const model::InterpreterParameters& interpreter) {
  if (!model::may_have_isolated_interpreters(interpreter)) {
    return Refusal{"interpreter " + name_of(interpreter) + " can't run the strategy 'interpreters'",
                   "interpreters with a lock each came with 3.12: choose 3.12 or later, or use "
                   "processes"};
  }
  if (interpreter.interpreters) return std::nullopt;
  return Refusal{"the host profile does not say what sub-interpreters cost on interpreter " +
                     name_of(interpreter),
                 "calibrate the host anew, or leave out the strategy 'interpreters'"};
}

}  // namespace

std::optional<Refusal> refusal_of(StrategyKind strategy,
                                  const model::InterpreterParameters& interpreter) {
  if (strategy == StrategyKind::kAsyncio) return refusal_of_asyncio(interpreter);
  if (strategy == StrategyKind::kInterpreters) return refusal_of_interpreters(interpreter);
  return std::nullopt;
}

}  // namespace gilsim::scenario
