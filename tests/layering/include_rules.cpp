#include "include_rules.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>

namespace gilsim::layering {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>>& allowed_arrows() {
  static const std::map<std::string, std::set<std::string>> arrows = {
      {"app", {"scenario", "analysis", "host", "models", "sim"}},
      {"scenario", {"models", "sim"}},
      {"host", {"models", "sim"}},
      {"analysis", {"sim"}},
      {"models", {"sim"}},
      {"sim", {}},
  };
  return arrows;
}

struct OwnedPattern {
  std::regex pattern;
  const char* meaning;
  std::set<std::string> folders;
};

const std::vector<OwnedPattern>& owned_patterns() {
  static const std::vector<OwnedPattern> patterns = {
      {std::regex(R"(^\s*#\s*include\s*[<"]yaml-cpp/)"),
       "yaml-cpp is for scenario/ only",
       {"scenario"}},
      {std::regex(R"(^\s*#\s*include\s*[<"]boost/program_options)"),
       "Boost.Program_options is for app/ only",
       {"app"}},
      {std::regex(R"(^\s*#\s*include\s*[<"]iostream[>"])"), "printing is for app/ only", {"app"}},
      {std::regex(R"(\b(v?f?printf|f?puts|putchar)\s*\(|\bstd::(cout|cerr|clog)\b)"),
       "printing is for app/ only",
       {"app"}},
      {std::regex(
           R"(^\s*#\s*include\s*<(thread|mutex|shared_mutex|condition_variable|future|atomic)>)"),
       "sim/ is free of threads",
       {"app", "scenario", "analysis", "host", "models"}},
  };
  return patterns;
}

std::string without_comment(const std::string& line) { return line.substr(0, line.find("//")); }

// "" where the line includes nothing of this project.
std::string project_include(const std::string& line) {
  static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^">]+)[">])");
  std::smatch match;
  if (!std::regex_search(line, match, pattern)) return "";
  const std::string path = match[2];
  const std::string folder = path.substr(0, path.find('/'));
  const bool quoted = match[1] == "\"";
  return quoted || allowed_arrows().count(folder) > 0 ? path : "";
}

std::string arrow_violation(const std::string& from, const std::string& include) {
  const std::string to = include.substr(0, include.find('/'));
  if (to == from || to == "embedded") return "";
  if (allowed_arrows().count(to) == 0) {
    return "include \"" + include + "\" doesn't start with a folder of the project";
  }
  if (allowed_arrows().at(from).count(to) > 0) return "";
  return "forbidden arrow " + from + " -> " + to + " (" + include + ")";
}

void check_line(const std::string& from, const std::string& line, const std::string& place,
                std::vector<std::string>& violations) {
  const std::string include = project_include(line);
  bool library_include = false;
  for (const auto& [pattern, meaning, folders] : owned_patterns()) {
    if (!std::regex_search(line, pattern)) continue;
    library_include = true;
    if (folders.count(from) == 0) violations.push_back(place + meaning);
  }
  if (include.empty() || library_include) return;
  const std::string violation = arrow_violation(from, include);
  if (!violation.empty()) violations.push_back(place + violation);
}

}  // namespace

std::vector<fs::path> sources_in(const fs::path& tree) {
  std::vector<fs::path> sources;
  for (const auto& [folder, allowed] : allowed_arrows()) {
    if (!fs::is_directory(tree / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(tree / folder)) {
      const fs::path extension = entry.path().extension();
      if (extension == ".hpp" || extension == ".cpp") {
        sources.push_back(fs::relative(entry.path(), tree));
      }
    }
  }
  std::sort(sources.begin(), sources.end());
  return sources;
}

std::vector<std::string> violations_in(const fs::path& tree) {
  std::vector<std::string> violations;
  for (const fs::path& source : sources_in(tree)) {
    std::ifstream file(tree / source);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      const std::string place = source.generic_string() + ":" + std::to_string(number) + ": ";
      check_line(source.begin()->string(), without_comment(line), place, violations);
    }
  }
  return violations;
}

}  // namespace gilsim::layering
