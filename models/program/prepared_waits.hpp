// The costs of each kind of wait, made ready to be drawn from often: once a run.
#pragma once

#include <optional>

#include "models/program/interpreter_parameters.hpp"
#include "models/program/step.hpp"

namespace gilsim::model {

struct PreparedWait {
  struct Answered {
    PreparedCost bytecode, ask, receive, serve;
  };
  explicit PreparedWait(const WaitCost& cost);

  PreparedCost call;
  PreparedCost cpu;
  PreparedCost latency;
  PreparedCost at_once;              // where the nominal time is 0
  std::optional<Answered> answered;  // likewise, by a far side that takes a core
};

class PreparedWaits {
 public:
  explicit PreparedWaits(const WaitCosts& costs);
  const PreparedWait& of(WaitVia via) const;

 private:
  PreparedWait sleep_, socket_, pipe_, file_, udp_;
};

}  // namespace gilsim::model
