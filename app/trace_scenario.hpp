// A recording as a scenario: the threads of its busiest process that ran at the same time, each as
// a loop of what it was seen to do. To be read, edited and asked "what if".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/trace/summary.hpp"
#include "host/trace/task_totals.hpp"
#include "models/host_profile.hpp"

namespace gilsim::app {

struct TraceScenarioOptions {
  std::string host;     // the name or file of the profile
  bool replay = false;  // the steps in the order in which they were recorded
};

// The tasks of a recording as a batch, to be dealt out to threads and processes that never were:
// those of one name, the one with most time in it unless `name` says which. Throws UsageError where
// there are none.
std::string task_scenario(const trace::TraceFile& file, const trace::Summary& summary,
                          const std::vector<trace::TaskTotals>& totals,
                          const model::HostProfile& profile, const TraceScenarioOptions& options,
                          const std::optional<std::string>& name);

// Times are made nominal with the profile's costs: what the simulation will add to a wait is taken
// off. Throws UsageError where no threads ran at the same time.
std::string trace_scenario(const trace::TraceFile& file, const trace::Summary& summary,
                           const model::HostProfile& profile, const TraceScenarioOptions& options);

}  // namespace gilsim::app
