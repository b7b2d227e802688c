#include "host/interpreters.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <thread>
#include <tuple>

#include "embedded/about_python.hpp"
#include "host/host_error.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::host {
namespace {

namespace fs = std::filesystem;

constexpr int kAskedAtOnce = 2;
constexpr sim::Duration kPatience = sim::Duration::seconds(10);

struct Candidate {
  std::string program;
  std::string place;
};

struct Answer {
  InstalledInterpreter interpreter;
  std::string prefix;  // of the installation, also when a virtual environment was asked
};

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code ignored;
  for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end;
       it.increment(ignored)) {
    entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<fs::path> expand(const fs::path& pattern) {
  std::vector<fs::path> folders{fs::path()};
  for (const auto& component : pattern) {
    std::vector<fs::path> next;
    for (const auto& folder : folders) {
      if (component == "*") {
        for (auto& entry : entries_of(folder)) next.push_back(std::move(entry));
      } else {
        next.push_back(folder / component);
      }
    }
    folders = std::move(next);
  }
  return folders;
}

bool is_program(const fs::path& path) {
  static const std::regex kName(R"((python|pypy)(\d+(\.\d+)?t?)?)");
  std::error_code ignored;
  return std::regex_match(path.filename().string(), kName) && fs::is_regular_file(path, ignored) &&
         access(path.c_str(), X_OK) == 0;
}

// Links to one program are asked once; `python3` of a shims folder has to be asked.
std::vector<Candidate> candidates_of(const InterpreterSearch& search) {
  std::vector<Candidate> candidates;
  std::set<fs::path> seen;
  for (auto place = search.places.rbegin(); place != search.places.rend(); ++place) {
    for (const auto& folder : expand(place->folder)) {
      for (const auto& path : entries_of(folder)) {
        if (!is_program(path)) continue;
        std::error_code ignored;
        if (!seen.insert(fs::canonical(path, ignored)).second) continue;
        candidates.push_back({path.string(), place->name});
      }
    }
  }
  return candidates;
}

std::optional<Answer> ask(const Candidate& candidate, const StopFlag* stop) {
  SubprocessOptions options;
  options.timeout = kPatience;
  options.stop = stop;
  const std::string question(embedded::about_python().front().text);
  SubprocessResult result;
  try {
    result = run_subprocess({candidate.program, "-E", "-B", "-c", question}, options);
  } catch (const HostError&) {
    return std::nullopt;
  }
  if (result.stopped) throw Interrupted();
  const auto json = nlohmann::json::parse(result.output, nullptr, false);
  if (result.exit_code != 0 || !json.is_object() || json.value("gilsim", 0) != 1) {
    return std::nullopt;
  }
  return Answer{
      {json.value("executable", ""), json.value("version", ""), json.value("implementation", ""),
       json.value("free_threaded", false), candidate.place},
      json.value("prefix", "")};
}

// One slot a candidate: the order of the answers does not depend on who is faster.
std::vector<std::optional<Answer>> ask_all(const std::vector<Candidate>& candidates,
                                           const StopFlag* stop) {
  std::vector<std::optional<Answer>> answers(candidates.size());
  std::atomic<std::size_t> next{0};
  std::atomic<bool> interrupted{false};
  std::vector<std::thread> askers;
  askers.reserve(kAskedAtOnce);
  for (int i = 0; i < kAskedAtOnce; ++i) {
    askers.emplace_back([&] {
      for (auto index = next++; index < candidates.size() && !interrupted; index = next++) {
        try {
          answers[index] = ask(candidates[index], stop);
        } catch (const Interrupted&) {
          interrupted = true;
        }
      }
    });
  }
  for (auto& asker : askers) asker.join();
  if (interrupted) throw Interrupted();
  return answers;
}

// Numbers of "3.15.0a1" as {3, 15, 0, -3, 1}: before its final release, which is {3, 15, 0, 0, 0}.
std::vector<int> order_of(const std::string& version) {
  static const std::regex kParts(R"((\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?)");
  std::smatch parts;
  if (!std::regex_match(version, parts, kParts)) return {};
  const std::string level = parts[4];
  const int phase = level == "a" ? -3 : level == "b" ? -2 : level == "rc" ? -1 : 0;
  return {std::stoi(parts[1]), std::stoi(parts[2]), std::stoi(parts[3]), phase,
          level.empty() ? 0 : std::stoi(parts[5])};
}

}  // namespace

InterpreterSearch InterpreterSearch::usual() {
  InterpreterSearch search;
  search.system = "/usr/bin/python3";
  const char* path = std::getenv("PATH");
  std::stringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (!folder.empty()) search.places.push_back({"PATH", folder});
  }
  search.places.insert(
      search.places.end(),
      {{"system", "/usr/bin"}, {"/usr/local", "/usr/local/bin"}, {"/opt", "/opt/*/bin"}});
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return search;
  const std::pair<const char*, const char*> managed[] = {
      {"pyenv", ".pyenv/versions/*/bin"},
      {"asdf", ".asdf/installs/python/*/bin"},
      {"mise", ".local/share/mise/installs/python/*/bin"},
      {"uv", ".local/share/uv/python/*/bin"},
      {"rye", ".rye/py/*/bin"},
      {"conda", "miniconda3/bin"},
      {"conda", "miniconda3/envs/*/bin"},
      {"conda", "anaconda3/bin"},
      {"conda", "anaconda3/envs/*/bin"},
      {"conda", "miniforge3/bin"},
      {"conda", "miniforge3/envs/*/bin"},
  };
  for (const auto& [name, folder] : managed) {
    search.places.push_back({name, std::string(home) + "/" + folder});
  }
  return search;
}

std::vector<InstalledInterpreter> find_interpreters(const InterpreterSearch& search) {
  const auto candidates = candidates_of(search);
  std::set<std::tuple<std::string, std::string, std::string, bool>> installations;
  std::vector<InstalledInterpreter> found;
  for (const auto& answer : ask_all(candidates, search.stop)) {
    if (!answer) continue;
    const auto& asked = answer->interpreter;
    if (installations
            .emplace(answer->prefix, asked.implementation, asked.version, asked.free_threaded)
            .second) {
      found.push_back(asked);
    }
  }
  std::error_code ignored;
  const std::string system = fs::canonical(search.system, ignored).string();
  std::stable_sort(found.begin(), found.end(), [&](const auto& left, const auto& right) {
    const auto rank = [&](const InstalledInterpreter& one) {
      return std::make_tuple(one.path != system, one.implementation != "cpython",
                             order_of(one.version), one.free_threaded);
    };
    return rank(left) < rank(right);
  });
  return found;
}

std::vector<InstalledInterpreter> find_interpreters() {
  return find_interpreters(InterpreterSearch::usual());
}

std::optional<InstalledInterpreter> choose_interpreter(
    const std::vector<InstalledInterpreter>& interpreters, const std::string& version) {
  for (const auto& one : interpreters) {
    const std::string written = model::written_version(one.version, one.free_threaded);
    if (version.empty() || model::is_version(written, version)) return one;
  }
  return std::nullopt;
}

}  // namespace gilsim::host
