// Scenario files with the profiles and points that the options of a command line make of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/io.hpp"
#include "scenario/read.hpp"

namespace gilsim::app {

struct Study {
  std::string file;
  std::string
      name;  // the file's, without folder and ending; where a folder was named, from there on
  scenario::Scenario scenario;
  model::HostProfile profile;
  std::string profile_path;
  std::vector<scenario::Point> points;
};

enum class HostDefault { kOfScenario, kThis };  // what holds without --host

// Options that mean the same to all commands that read scenarios: which host, which keys are
// overridden, the seed, and how many threads simulate.
OptionSpec host_spec();
OptionSpec set_spec();
OptionSpec seed_spec();
OptionSpec jobs_spec();

// Options of the commands that predict and compare scenarios.
std::vector<OptionSpec> scenario_options();

// Reads every file of the operands, of a folder all scenarios in it and below; throws ScenarioError
// with the errors of all of them, UsageError.
std::vector<Study> read_studies(const Arguments& arguments, HostDefault host_default);

// Of a scenario that no file holds; `name` stands for it.
Study study_of_text(const std::string& text, const std::string& name, const Arguments& arguments);

std::vector<scenario::Point> all_points(const std::vector<Study>& studies);

// --print-config: the resolved scenarios, as YAML that reads back equal.
std::string printed_configurations(const std::vector<Study>& studies);

std::uint64_t seed_option(const Arguments& arguments);
int replications_option(const Arguments& arguments);
int jobs_option(const Arguments& arguments);

// The command line that gives the same report again; `count_options` are printed even at their
// defaults, which may change.
std::string reproducing_line(const std::string& command, const Arguments& arguments,
                             const std::vector<std::pair<std::string, std::uint64_t>>& counts);

}  // namespace gilsim::app
