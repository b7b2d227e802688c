#include <fstream>
#include <ostream>
#include <sstream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/host_choice.hpp"
#include "app/output_file.hpp"
#include "app/study.hpp"

namespace gilsim::app {
namespace {

// A profile begins a line with `profile:`, a key that no scenario has.
bool is_host_profile(const std::string& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("profile:", 0) == 0) return true;
    if (line.rfind("question:", 0) == 0) return false;
  }
  return false;
}

std::string checked_profile(const std::string& path) {
  const model::HostProfile profile = scenario::read_host_profile(path);
  return plural(static_cast<long long>(profile.interpreters.size()), "interpreter");
}

std::string checked_scenario(const std::string& path, const Arguments& arguments) {
  const scenario::Scenario scenario = scenario::read_scenario(path, arguments.all("set"));
  const std::string host = arguments.value("host").value_or(scenario.host);
  const model::HostProfile profile = scenario::read_host_profile(find_host_profile(host, path));
  return plural(static_cast<long long>(scenario::expand(scenario, profile, path).size()), "point");
}

bool check_file(const std::string& path, const Arguments& arguments, Io& io) {
  try {
    const std::string found =
        is_host_profile(path) ? checked_profile(path) : checked_scenario(path, arguments);
    io.out << path << ": ok, " << found << "\n";
    return true;
  } catch (const scenario::ScenarioError& error) {
    io.err << error.what() << "\n";
  } catch (const UsageError& error) {
    io.err << path << ": error: " << error.what() << "\n";
    if (!error.hint().empty()) io.err << "  hint: " << error.hint() << "\n";
  }
  return false;
}

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().empty()) throw UsageError("no file given");
  bool all_good = true;
  for (const std::string& path : arguments.operands()) {
    all_good = check_file(path, arguments, io) && all_good;
  }
  check_written(io.out);
  return all_good ? kOk : kUsage;
}

}  // namespace

Command check_command() {
  return {"check",
          "FILE...",
          "read scenarios and host profiles, name every error",
          {"gilsim check configs/talk/*.yaml configs/hosts/*.yaml"},
          {{"host", 0, "NAME|FILE", "host profile to resolve scenarios with"},
           {"set", 0, "KEY=VALUE", "override a key", true}},
          run};
}

}  // namespace gilsim::app
