// A recording as a scenario: the threads of its busiest process that ran at the same time, each as
// a loop of what it was seen to do. To be read, edited and asked "what if".
#pragma once

#include <string>

#include "host/trace/summary.hpp"
#include "models/host_profile.hpp"

namespace gilsim::app {

struct TraceScenarioOptions {
  std::string host;     // the name or file of the profile
  bool replay = false;  // the steps in the order in which they were recorded
};

// Times are made nominal with the profile's costs: what the simulation will add to a wait is taken
// off. Throws UsageError where no threads ran at the same time.
std::string trace_scenario(const trace::TraceFile& file, const trace::Summary& summary,
                           const model::HostProfile& profile, const TraceScenarioOptions& options);

}  // namespace gilsim::app
