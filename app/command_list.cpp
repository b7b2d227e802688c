#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/host_choice.hpp"
#include "app/output_file.hpp"
#include "app/text_table.hpp"
#include "host/interpreters.hpp"
#include "models/lock/registry.hpp"
#include "models/program/interpreter_version.hpp"
#include "models/program/strategy.hpp"
#include "scenario/read.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;
constexpr auto kLeft = TextTable::Align::kLeft;

TextTable left_aligned(const std::vector<std::string>& titles) {
  TextTable table;
  for (const std::string& title : titles) table.add_column(title, kLeft);
  return table;
}

std::string interpreters() {
  TextTable table = left_aligned({"version", "implementation", "build", "found in", "program"});
  for (const host::InstalledInterpreter& found : host::find_interpreters()) {
    table.add_row({model::written_version(found.version, found.free_threaded), found.implementation,
                   found.free_threaded ? "free-threaded" : "with the lock", found.found_in,
                   found.path});
  }
  return table.empty() ? "  none found\n" : table.text();
}

std::string strategies() {
  TextTable table = left_aligned({"strategy", "what it does"});
  for (const model::Strategy& strategy : model::strategies()) {
    table.add_row({model::name_of(strategy.kind), strategy.meaning});
  }
  return table.text();
}

// Files of YAML below a folder, in order; `hosts` folders only when that is what is asked for.
std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path& path = entry.path();
    const bool below_hosts =
        path.parent_path().filename() == "hosts" && folder.filename() != "hosts";
    if (entry.is_regular_file() && path.extension() == ".yaml" && !below_hosts) {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string question_of(const fs::path& path) {
  try {
    return printable(scenario::read_scenario(path.string()).question);
  } catch (const scenario::ScenarioError& error) {
    return "unreadable: " + printable(first_line(error.what()));
  }
}

std::string description_of(const fs::path& path) {
  try {
    const model::HostProfile profile = scenario::read_host_profile(path.string());
    return printable(profile.description.empty() ? profile.host.processor : profile.description);
  } catch (const scenario::ScenarioError& error) {
    return "unreadable: " + printable(first_line(error.what()));
  }
}

std::string scenarios() {
  const std::string folder = folder_above(".", "configs");
  if (folder.empty()) return "  no folder 'configs' here or above\n";
  TextTable table = left_aligned({"scenario", "question"});
  for (const fs::path& path : yaml_files(folder)) table.add_row({path.string(), question_of(path)});
  return table.empty() ? "  none in '" + folder + "'\n" : table.text();
}

std::string hosts() {
  TextTable table = left_aligned({"host", "file", "description"});
  const std::string folder = folder_above(".", "configs/hosts");
  if (!folder.empty()) {
    for (const fs::path& path : yaml_files(folder)) {
      table.add_row({path.stem().string(), path.string(), description_of(path)});
    }
  }
  const std::string own = user_profile_path();
  if (fs::exists(own)) {
    table.add_row({"this", own, description_of(own)});
  } else {
    table.add_row({"this", own, "not there yet: gilsim calibrate"});
  }
  return table.text();
}

std::string locks() {
  TextTable table = left_aligned({"lock", "versions", "what it does"});
  for (const model::LockModel& lock : model::lock_models()) {
    table.add_row({model::name_of(lock.kind), lock.versions, lock.meaning});
  }
  return table.text();
}

struct Topic {
  const char* name;
  std::string (*text)();
};
constexpr Topic kTopics[] = {{"interpreters", interpreters},
                             {"strategies", strategies},
                             {"locks", locks},
                             {"scenarios", scenarios},
                             {"hosts", hosts}};

const Topic& topic_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Topic& topic : kTopics) {
    if (topic.name == name) return topic;
    names.emplace_back(topic.name);
  }
  throw UsageError("nothing to list named '" + name + "'",
                   scenario::suggestion(name, names, "lists"));
}

int run(const Arguments& arguments, Io& io) {
  std::vector<const Topic*> topics;
  for (const std::string& name : arguments.operands()) topics.push_back(&topic_named(name));
  if (topics.empty()) {
    for (const Topic& topic : kTopics) topics.push_back(&topic);
  }
  for (const Topic* const topic : topics) {
    if (topics.size() > 1) io.out << (topic == topics.front() ? "" : "\n") << topic->name << "\n\n";
    io.out << topic->text();
  }
  check_written(io.out);
  return kOk;
}

}  // namespace

Command list_command() {
  return {"list",
          "[interpreters|strategies|locks|scenarios|hosts]...",
          "what there is to choose from",
          {"gilsim list interpreters", "gilsim list scenarios"},
          {},
          run};
}

}  // namespace gilsim::app
