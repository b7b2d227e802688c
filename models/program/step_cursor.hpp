// Walks through the steps of one task or round and says, one after another, the actions they mean.
#pragma once

#include <optional>
#include <vector>

#include "models/os/machine.hpp"
#include "models/program/action.hpp"
#include "models/program/interpreter_parameters.hpp"

namespace gilsim::model {

class StepCursor {
 public:
  StepCursor(const std::vector<Step>& steps, const WaitCosts& costs)
      : steps_(steps), costs_(costs) {}

  // Starts over, with the nominal time of each step.
  void begin(const sim::Duration* times);
  // Nothing returned: the round is over.
  std::optional<Action> next(Machine& machine);

 private:
  std::optional<Action> wait_action(const WaitStep& step, Machine& machine);
  std::optional<Action> answered_action(const WaitCost& cost, Machine& machine);

  const std::vector<Step>& steps_;
  const WaitCosts& costs_;
  const sim::Duration* times_ = nullptr;
  std::size_t index_ = 0;
  bool asked_ = false;  // of a wait: asked, now it blocks
};

}  // namespace gilsim::model
