// Strict reading and writing of scenarios and host profiles. The only place that knows YAML.
#pragma once

#include <string>
#include <vector>

#include "models/host_profile.hpp"
#include "scenario/diagnostic.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::scenario {

// Reads a scenario, applies overrides (`interpreter.switch_interval=1ms`,
// `workload.task[0].python=2ms`; each names a key of the scenario's own text or a declared one
// whose parent mapping may be absent, never an undeclared one), checks it as a whole. Throws
// ScenarioError with every error found.
Scenario read_scenario(const std::string& path, const std::vector<std::string>& overrides = {});
Scenario read_scenario_text(const std::string& text, const std::string& name,
                            const std::vector<std::string>& overrides = {});

model::HostProfile read_host_profile(const std::string& path);
model::HostProfile read_host_profile_text(const std::string& text, const std::string& name);

// YAML that reads back equal; every key, defaults included.
std::string print_config(const Scenario& scenario);
std::string print_host_profile(const model::HostProfile& profile);

// JSON Schema (draft 2020-12), generated from the declarations.
std::string scenario_schema();
std::string host_profile_schema();

// A Markdown table of every key: name, type, unit, bounds, default, meaning.
std::string reference_page();

// Cartesian product in the order cores, version, switch interval, strategy, workers; `sequential`
// once for each (cores, version, interval). `path` is the scenario's file, for messages. Throws
// ScenarioError: a version or start method that the profile lacks, named with what there is.
std::vector<Point> expand(const Scenario& scenario, const model::HostProfile& profile,
                          const std::string& path);

// "5ms", "1.5s", "50us": the shortest exact spelling in one unit of ns, us, ms, s, min, h.
std::string format_duration(sim::Duration duration);
// Number directly followed by its unit. Returns an error message, or empty on success.
std::string parse_duration(const std::string& text, sim::Duration& result);

}  // namespace gilsim::scenario
