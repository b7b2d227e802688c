// The tables of a scenario's report, for people.
#pragma once

#include <string>

#include "app/report.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {

// "countdown: How much do two threads gain?" with where and on what.
std::string scenario_heading(const ScenarioReport& scenario);

TextTable prediction_rows(const ScenarioReport& scenario);
std::string prediction_table(const ScenarioReport& scenario);
std::string measurement_table(const ScenarioReport& scenario);
// Predicted beside measured, with the errors of both the simulation and the baselines.
std::string comparison_table(const ScenarioReport& scenario);

// One sentence on what the tables mark as ill-conditioned, with the worst of it; empty: nothing.
std::string conditioning_note(const ScenarioReport& scenario);

// Points that compete: the same machine, interpreter and interval.
bool same_setting(const PointReport& left, const PointReport& right);

// Index of the shortest wall time among those that compete with `index`; nothing when it has no
// rival or there are no such times. `band` is &MetricReport::predicted or &MetricReport::measured.
std::optional<std::size_t> best_rival(const ScenarioReport& scenario, std::size_t index,
                                      std::optional<analysis::Band> MetricReport::*band);

}  // namespace gilsim::app
