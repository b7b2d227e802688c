// What a sweep is going to do, known and checked before anything runs: the scenario under every
// combination of the varied keys, each with its host profile and its points.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/io.hpp"
#include "app/replicate.hpp"
#include "app/varied_column.hpp"
#include "models/host_profile.hpp"
#include "scenario/family.hpp"

namespace gilsim::app {

struct SweepHost {
  model::HostProfile profile;
  std::string path;
};

struct SweepPlan {
  explicit SweepPlan(scenario::ScenarioFamily the_family);

  std::string file;
  std::string name;      // the file's, without folder and ending
  std::string question;  // of the first combination
  std::string configuration;
  scenario::ScenarioFamily family;
  std::vector<VariedColumn> columns;  // of the varied keys
  scenario::Combination combination = scenario::Combination::kProduct;
  std::string chosen_host;                 // by --host; empty: the scenario's
  std::map<std::string, SweepHost> hosts;  // by name
  // Of each combination the index of its first point; at the end the number of points.
  std::vector<std::size_t> first_points;
  std::uint64_t seed = 1;
  ReplicationRule rule;
  std::string identity;  // of all that the results depend on

  std::size_t combinations() const { return family.size(); }
  std::size_t points() const { return first_points.back(); }
  std::size_t combination_of(std::size_t point) const;
  const SweepHost& host_of(const scenario::Scenario& scenario) const;
  // Safe to call from several threads.
  std::vector<scenario::Point> expand(std::size_t combination) const;
};

// Reads the scenario, the variations and the profiles; tries every combination on `jobs` threads.
// Throws UsageError, ScenarioError with what is wrong with any of them.
SweepPlan plan_sweep(const Arguments& arguments, int jobs, Io& io);

// The options of `arguments` that say what is computed.
std::vector<OptionSpec> sweep_plan_options();

}  // namespace gilsim::app
