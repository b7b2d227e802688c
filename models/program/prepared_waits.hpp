// The costs of each kind of wait, made ready to be drawn from often: once a run.
//
// Where the far side answers at once it is a process beside this one, whose wake-ups the machine
// adds: what was measured contains one each way, and is taken less that.
#pragma once

#include <optional>

#include "models/program/interpreter_parameters.hpp"
#include "models/program/step.hpp"

namespace gilsim::model {

struct PreparedWait {
  struct Answered {
    PreparedCost call;
    PreparedCost serve;
  };
  PreparedWait(const WaitCost& cost, const Cost& wake_up);

  PreparedCost call;
  PreparedCost cpu;
  PreparedCost latency;
  PreparedCost at_once;              // where the nominal time is 0
  std::optional<Answered> answered;  // likewise, by a far side that takes a core
};

class PreparedWaits {
 public:
  // `wake_up`: what the machine charges for one.
  PreparedWaits(const WaitCosts& costs, const Cost& wake_up);
  const PreparedWait& of(WaitVia via) const;

 private:
  PreparedWait sleep_, socket_, pipe_, file_, udp_;
};

}  // namespace gilsim::model
