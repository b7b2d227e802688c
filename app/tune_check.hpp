// Real runs at the advised setting and at the scenario's own: the gain that was predicted beside
// the one that was measured. Runs alternate, so that a drift of the host hits both alike.
#pragma once

#include <string>
#include <vector>

#include "app/real_runs.hpp"
#include "app/tune.hpp"

namespace gilsim::app {

struct TuneCheck {
  std::string text;
  std::vector<std::string> failures;  // settings that could not be run, and why
  bool interrupted = false;
};

// `metrics`: what is shown of both, the objective's first.
TuneCheck checked(const Alternative& own, const Alternative& best,
                  const std::vector<host::InstalledInterpreter>& interpreters, const TuneRule& rule,
                  const std::vector<std::string>& metrics, int runs, Io& io);

}  // namespace gilsim::app
