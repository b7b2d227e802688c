// Why a recorded program took as long as it did: where its threads' time went, the convoys in it
// (app/convoy.hpp), and, from the scenario that its trace makes, which change would gain most.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/convoy.hpp"
#include "app/io.hpp"
#include "app/predict.hpp"
#include "host/trace/summary.hpp"

namespace gilsim::app {

bool is_trace(const std::string& path);

// Longest wait first. `interval`: the switch interval.
std::vector<Convoy> convoys_in(const trace::Summary& summary, sim::Duration interval);

// An exit code, as commands return it.
int explain_trace(const Arguments& arguments, const PredictionOptions& options, Io& io);

}  // namespace gilsim::app
