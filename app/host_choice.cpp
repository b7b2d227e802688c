#include "app/host_choice.hpp"

#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "app/errors.hpp"
#include "host/calibrate.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// From the file system's root down to `start`, reversed: `start` first.
std::vector<fs::path> folders_upward(const fs::path& start) {
  std::vector<fs::path> folders;
  std::error_code error;
  fs::path folder = fs::absolute(start.empty() ? "." : start, error).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  for (;; folder = folder.parent_path()) {
    folders.push_back(folder);
    if (folder == folder.parent_path()) return folders;
  }
}

// What came with the program: PREFIX/share/gilsim beside PREFIX/bin.
fs::path installed_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "../share/gilsim").lexically_normal();
}

bool names_a_file(const std::string& choice) {
  const std::string suffix = ".yaml";
  return choice.find('/') != std::string::npos ||
         (choice.size() > suffix.size() &&
          choice.compare(choice.size() - suffix.size(), suffix.size(), suffix) == 0);
}

// Relative to the current folder where that is shorter: messages are for people.
std::string shown_path(const fs::path& path) {
  const std::string relative = fs::proximate(path).string();
  return relative.size() < path.string().size() ? relative : path.string();
}

std::string find_named(const std::string& name, const std::string& scenario_path) {
  std::vector<fs::path> folders = folders_upward(fs::path(scenario_path).parent_path());
  for (const fs::path& folder : folders_upward(".")) folders.push_back(folder);
  folders.push_back(installed_folder());
  for (const fs::path& folder : folders) {
    for (const char* const place : {"hosts", "configs/hosts"}) {
      const fs::path candidate = folder / place / (name + ".yaml");
      if (fs::is_regular_file(candidate)) return shown_path(candidate);
    }
  }
  throw UsageError("no host profile named '" + name + "': hosts/" + name +
                       ".yaml and configs/hosts/" + name + ".yaml are in no folder above '" +
                       scenario_path + "' or here",
                   "`gilsim list hosts` shows those there are; `gilsim calibrate` measures this "
                   "host, then `--host this`");
}

void add_difference(std::vector<std::string>& differences, const char* what,
                    const std::string& there, const std::string& here) {
  if (there != here) {
    differences.push_back(std::string(what) + " '" + there + "', here '" + here + "'");
  }
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

}  // namespace

std::string user_profile_path() {
  std::string chosen = environment("GILSIM_PROFILE");
  if (!chosen.empty()) return chosen;
  const std::string configuration = environment("XDG_CONFIG_HOME");
  if (!configuration.empty()) return configuration + "/gilsim/this.yaml";
  const std::string home = environment("HOME");
  if (!home.empty()) return home + "/.config/gilsim/this.yaml";
  throw UsageError(
      "nowhere to keep this host's profile: none of GILSIM_PROFILE, XDG_CONFIG_HOME "
      "and HOME is set",
      "name a file: --output FILE to write it, --host FILE to read it");
}

std::string find_host_profile(const std::string& choice, const std::string& scenario_path) {
  if (choice == "this") {
    std::string path = user_profile_path();
    if (fs::exists(path)) return path;
    throw UsageError("no profile of this host: '" + path + "' does not exist",
                     "measure this host first (about a minute): gilsim calibrate");
  }
  if (!names_a_file(choice)) return find_named(choice, scenario_path);
  if (fs::exists(choice)) return choice;
  throw UsageError("host profile '" + choice + "' does not exist");
}

std::string folder_above(const std::string& start, const std::string& relative) {
  for (const fs::path& folder : folders_upward(start)) {
    if (fs::is_directory(folder / relative)) return shown_path(folder / relative);
  }
  const fs::path installed = installed_folder() / relative;
  return fs::is_directory(installed) ? installed.string() : "";
}

void require_this_host(const model::HostProfile& profile, const std::string& profile_path) {
  const model::HostIdentity here = host::this_host();
  if (!profile.host.fingerprint.empty() && profile.host.fingerprint == here.fingerprint) return;
  const std::string way_out =
      "measure this host: gilsim calibrate, and leave --host out; or only predict: gilsim run";
  if (profile.host.fingerprint.empty()) {
    throw UsageError("'" + profile_path +
                         "' is a stated profile of no particular host: real runs on this one "
                         "cannot be compared with it",
                     way_out);
  }
  std::vector<std::string> differences;
  add_difference(differences, "processor", profile.host.processor, here.processor);
  add_difference(differences, "cores", std::to_string(profile.machine.cores),
                 std::to_string(std::thread::hardware_concurrency()));
  add_difference(differences, "kernel", profile.host.kernel, here.kernel);
  add_difference(differences, "libc", profile.host.libc, here.libc);
  if (differences.empty()) differences.emplace_back("another machine of the same kind");
  throw UsageError(
      "'" + profile_path + "' is the host profile of another host: " + joined(differences),
      way_out);
}

}  // namespace gilsim::app
