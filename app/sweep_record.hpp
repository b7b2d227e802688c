// A sweep's results as records: a header that says what was computed, then one a point. NDJSON has
// each as a line; CSV and the summary are made from the same records, so that a sweep that was
// interrupted can be gone on with from its NDJSON alone. Schema 1: docs/sweep.md.
#pragma once

#include <string>
#include <vector>

#include "app/sweep_plan.hpp"
#include "app/varied_column.hpp"

namespace gilsim::app {

Json sweep_header(const SweepPlan& plan, const std::string& command);

// `reference` are the runs that a speedup refers to, or nullptr. Throws std::logic_error where a
// figure is not finite.
Json sweep_record(const SweepPlan& plan, std::size_t index, const scenario::Point& point,
                  const Replicated& result, const std::vector<RunFigures>* reference);

std::string ndjson_line(const Json& record);

// Of a record's figure, in the figure's unit: "median", "low" or "high".
double figure_value(const Json& figure, const std::string& which);

}  // namespace gilsim::app
