// A thread that does a list of actions, once, and remembers when it held the lock before each.
#pragma once

#include <vector>

#include "models/program/world.hpp"

namespace gilsim::model {

class Script final : public Behaviour {
 public:
  explicit Script(std::vector<Action> actions) : actions_(std::move(actions)) {}

  Action next(World& world, PythonThread&) override {
    decided_at.push_back(world.now().since_start());
    return decided_at.size() <= actions_.size() ? actions_[decided_at.size() - 1] : Action::exit();
  }

  std::vector<sim::Duration> decided_at;  // decided_at[i]: holding the lock, about to do action i

 private:
  std::vector<Action> actions_;
};

}  // namespace gilsim::model
