// What tuning found, for people: the settings, what they gain over the scenario's own one, who is
// tied with the best, and the Pareto front of two metrics.
#pragma once

#include <string>

#include "app/tune.hpp"

namespace gilsim::app {

// `against`: the second metric of the Pareto front; empty: none is shown. `note`: of the search.
std::string tune_text(const Tuned& tuned, const Alternative& own, const TuneRule& rule,
                      const std::string& against, const std::string& note);

std::string unit_of(const RunFigures& run, const std::string& metric);

// How many times better the objective is than in `own`, run by run.
std::vector<double> gains_of(const std::vector<RunFigures>& runs,
                             const std::vector<RunFigures>& own, const Objective& objective);

// "3.10× [3.02×, 3.18×]": the mean and its 95 % interval.
std::string gain_text(const std::vector<double>& gains);

}  // namespace gilsim::app
