#include "app/study.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/host_choice.hpp"

namespace gilsim::app {
namespace {

constexpr std::uint64_t kDefaultSeed = 1;
constexpr std::uint64_t kDefaultReplications = 21;

std::string chosen_host(const Arguments& arguments, HostDefault host_default,
                        const scenario::Scenario& scenario) {
  const auto given = arguments.value("host");
  if (given) return *given;
  return host_default == HostDefault::kThis ? "this" : scenario.host;
}

namespace fs = std::filesystem;

struct ScenarioFile {
  std::string path;
  std::string name;  // without folder and ending; of a folder's files, from that folder on
};

// Of a folder all scenarios in it and below, by name.
std::vector<ScenarioFile> scenario_files(const std::string& operand) {
  if (!fs::is_directory(operand)) return {{operand, fs::path(operand).stem().string()}};
  std::vector<ScenarioFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(operand)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".yaml") continue;
    const std::string name = fs::relative(entry.path(), operand).replace_extension().string();
    files.push_back({entry.path().string(), name});
  }
  if (files.empty()) throw UsageError("the folder '" + operand + "' holds no scenario (*.yaml)");
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

Study study_of(scenario::Scenario read, const ScenarioFile& of, const Arguments& arguments,
               HostDefault host_default) {
  const std::string& file = of.path;
  Study study;
  study.file = file;
  study.name = of.name;
  study.scenario = std::move(read);
  const std::string host = chosen_host(arguments, host_default, study.scenario);
  study.profile_path = find_host_profile(host, file);
  study.profile = scenario::read_host_profile(study.profile_path);
  study.points = scenario::expand(study.scenario, study.profile, file);
  return study;
}

Study read_study(const ScenarioFile& of, const Arguments& arguments, HostDefault host_default) {
  return study_of(scenario::read_scenario(of.path, arguments.all("set")), of, arguments,
                  host_default);
}

}  // namespace

Study study_of_text(const std::string& text, const std::string& name, const Arguments& arguments) {
  return study_of(scenario::read_scenario_text(text, name, arguments.all("set")),
                  {name, fs::path(name).stem().string()}, arguments, HostDefault::kOfScenario);
}

OptionSpec host_spec() {
  return {"host", 0, "NAME|FILE", "host profile; `this`: the one measured by calibrate"};
}
OptionSpec set_spec() {
  return {"set", 0, "KEY=VALUE", "override a key: interpreter.switch_interval=1ms", true};
}
OptionSpec seed_spec() { return {"seed", 0, "N", "seed of the random streams (default 1)"}; }
OptionSpec jobs_spec() { return {"jobs", 'j', "N", "threads that simulate (default: all cores)"}; }

std::vector<OptionSpec> scenario_options() {
  return {
      host_spec(),
      set_spec(),
      seed_spec(),
      {"replications", 0, "N", "simulations of each point (default 21)"},
      jobs_spec(),
      {"json", 0, "FILE|-", "also write the report as JSON; `-`: instead, to stdout"},
      {"csv", 0, "FILE|-", "also write the points as CSV; `-`: instead, to stdout"},
      {"print-config", 0, "", "print the resolved scenarios and exit"},
  };
}

std::vector<Study> read_studies(const Arguments& arguments, HostDefault host_default) {
  if (arguments.operands().empty()) {
    throw UsageError("no scenario file given", "`gilsim list scenarios` shows the gallery");
  }
  std::vector<Study> studies;
  std::vector<scenario::Diagnostic> diagnostics;
  for (const std::string& operand : arguments.operands()) {
    for (const ScenarioFile& file : scenario_files(operand)) {
      try {
        studies.push_back(read_study(file, arguments, host_default));
      } catch (const scenario::ScenarioError& error) {
        const auto& more = error.diagnostics();
        diagnostics.insert(diagnostics.end(), more.begin(), more.end());
      }
    }
  }
  if (!diagnostics.empty()) throw scenario::ScenarioError(diagnostics);
  return studies;
}

std::vector<scenario::Point> all_points(const std::vector<Study>& studies) {
  std::vector<scenario::Point> points;
  for (const Study& study : studies) {
    points.insert(points.end(), study.points.begin(), study.points.end());
  }
  return points;
}

std::string printed_configurations(const std::vector<Study>& studies) {
  std::string text;
  for (const Study& study : studies) {
    if (studies.size() > 1) text += "# " + printable(study.file) + "\n";
    text += scenario::print_config(study.scenario);
  }
  return text;
}

std::uint64_t seed_option(const Arguments& arguments) {
  return arguments.number("seed", kDefaultSeed, 0, UINT64_MAX);
}

int replications_option(const Arguments& arguments) {
  return static_cast<int>(arguments.number("replications", kDefaultReplications, 1, 100'000));
}

int jobs_option(const Arguments& arguments) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<int>(arguments.number("jobs", cores, 1, 1024));
}

std::string reproducing_line(const std::string& command, const Arguments& arguments,
                             const std::vector<std::pair<std::string, std::uint64_t>>& counts) {
  std::string line = "gilsim " + command;
  for (const char* const name : {"host", "set"}) {
    for (const std::string& value : arguments.all(name)) {
      line += std::string(" --") + name + " " + shell_quoted(value);
    }
  }
  for (const auto& [name, count] : counts) line += " --" + name + " " + std::to_string(count);
  const auto& files = arguments.operands();
  if (std::any_of(files.begin(), files.end(), [](const auto& f) { return f[0] == '-'; })) {
    line += " --";
  }
  for (const std::string& file : files) line += " " + shell_quoted(file);
  return line;
}

}  // namespace gilsim::app
