// Watches how fast this host runs each interpreter, beside what its profile says: just before
// predictions, which count with it, and once a round while the real runs go on, so that a report
// can tell a drift of the machine from an error of the model.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/quantile.hpp"
#include "app/io.hpp"
#include "app/study.hpp"
#include "host/interpreters.hpp"
#include "models/estimate.hpp"

namespace gilsim::app {

// How many fresh processes are looked at before predictions.
constexpr int kProcessesBefore = 8;

// Lets a prediction count with how fast its interpreter was seen to run bytecode just before,
// relative to the profile, and with how far single processes differed in that. Native code keeps
// its speed: one build of an interpreter was seen at three quarters of its calibrated speed for an
// hour, while another one, and native code, ran as calibrated.
void count_with_speed(model::Configuration& configuration, const model::Estimate& seen);

class SpeedWatch {
 public:
  // `interpreters` by point of all studies, in order.
  SpeedWatch(const std::vector<Study>& studies,
             const std::vector<host::InstalledInterpreter>& interpreters);

  // Measures every interpreter; a stop leaves speeds at 1.
  void before_predictions(Io& io);
  // Lets the points' configurations count with it.
  void apply_to(std::vector<Study>& studies) const;
  // One short probe of each interpreter.
  void once_a_round(Io& io);

  struct Line {
    std::string interpreter;
    double at_prediction = 1;                       // relative to the profile
    std::optional<analysis::Band> during_the_runs;  // relative to the speed predicted with
  };
  std::vector<Line> lines() const;
  // For people; empty before anything was measured.
  std::string predicted_text() const;
  std::string measured_text() const;

 private:
  struct Watched {
    host::InstalledInterpreter installed;
    model::InterpreterParameters calibrated;
    model::Estimate at_prediction = model::Estimate::exactly(1);
    std::vector<double> later;
  };
  std::map<std::string, Watched> watched_;  // by version as reports name it
};

}  // namespace gilsim::app
