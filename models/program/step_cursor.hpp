// Walks through the steps of one task or round and says, one after another, the actions they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/os/machine.hpp"
#include "models/program/action.hpp"
#include "models/program/prepared_waits.hpp"

namespace gilsim::model {

class StepCursor {
 public:
  explicit StepCursor(const std::vector<Step>& steps) : steps_(steps) {}

  // How far it has come: what a caller keeps who has a million of them.
  struct Position {
    std::uint32_t index : 30 = 0;
    std::uint32_t part : 2 = 0;
  };
  Position position() const {
    return {static_cast<std::uint32_t>(index_) & 0x3fff'ffffU, part_ & 3U};
  }
  // Goes on from there, with the nominal time of each step, in a round that began at `round`.
  void resume(const sim::Duration* times, Position position, sim::Time round) {
    times_ = times;
    round_ = round;
    index_ = position.index;
    part_ = position.part;
  }
  // Starts over, with the nominal time of each step.
  void begin(const sim::Duration* times);
  // Nothing returned: the round is over.
  std::optional<Action> next(Machine& machine, const PreparedWaits& waits);

 private:
  std::optional<Action> wait_action(const WaitStep& step, Machine& machine,
                                    const PreparedWait& cost);
  Action wait_since_round(Machine& machine, const PreparedWait& cost);
  Action answered_action(const PreparedWait::Answered& cost, Machine& machine);

  const std::vector<Step>& steps_;
  const sim::Duration* times_ = nullptr;
  sim::Time round_;
  std::size_t index_ = 0;
  std::uint32_t part_ = 0;  // of a wait: what is behind us of it
};

}  // namespace gilsim::model
