#include "tests/fuzz/input.hpp"

#include <functional>
#include <stdexcept>

#include "scenario/read.hpp"
#include "scenario/utf8.hpp"

namespace gilsim::fuzz {
namespace {

using scenario::Diagnostic;

constexpr const char* kFile = "fuzz.yaml";

constexpr const char* kBatch =
    "question: How long does a batch take?\n"
    "machine: {cores: 2}\n"
    "interpreter: {version: \"3.11\", switch_interval: 5ms}\n"
    "workload:\n"
    "  tasks: 4\n"
    "  task:\n"
    "    - python: 2ms\n"
    "    - native: {time: 5ms, lock: released}\n"
    "    - wait: {time: {lognormal: {mean: 20ms, cv: 0.5}}, via: socket}\n"
    "strategies: [sequential, threads]\n"
    "workers: [1, 2]\n"
    "expect: {threads@2: {speedup: {min: 1}}}\n";

constexpr const char* kThreads =
    "question: Who waits for whom?\n"
    "threads:\n"
    "  cpu: {program: [python: 1ms]}\n"
    "  io: {program: [wait: {uniform: {min: 1ms, max: 2ms}}]}\n"
    "together: [[cpu], [cpu, io]]\n"
    "duration: 1s\n"
    "expect: {cpu+io: {io.rate: {min: 3}}}\n";

[[noreturn]] void fail(const std::string& what) { throw std::logic_error(what); }

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// A byte order mark is no part of a file's text.
std::string without_mark(const std::string& text) {
  return text.rfind("\xef\xbb\xbf", 0) == 0 ? text.substr(3) : text;
}

bool is_line_of(const std::string& text, int line, const std::string& source_line) {
  const std::vector<std::string> lines = split(text, '\n');
  if (line < 1 || static_cast<std::size_t>(line) > lines.size()) return false;
  std::string found = lines[static_cast<std::size_t>(line) - 1];
  if (!found.empty() && found.back() == '\r') found.pop_back();
  return found == source_line;
}

// `texts` by file name: the file's own, and that of each override.
void check_place(const Diagnostic& diagnostic, const std::string& file,
                 const std::vector<std::string>& overrides) {
  if (diagnostic.message.empty()) fail("a complaint without a message");
  if (diagnostic.line == 0) {
    if (diagnostic.column != 0) fail("a column without a line: " + diagnostic.message);
    return;
  }
  bool is_there = diagnostic.file == kFile &&
                  is_line_of(without_mark(file), diagnostic.line, diagnostic.source_line);
  for (const std::string& text : overrides) {
    is_there |=
        diagnostic.file == "--set" && is_line_of(text, diagnostic.line, diagnostic.source_line);
  }
  if (!is_there) fail("a line that is not in the text: " + render(diagnostic));
  const int width =
      scenario::characters_before(diagnostic.source_line, diagnostic.source_line.size());
  if (diagnostic.column < 1 || diagnostic.column > width + 1) {
    fail("a column that is not in the line: " + render(diagnostic));
  }
}

bool is_accepted(const std::string& file, const std::vector<std::string>& overrides,
                 const std::function<void()>& read) {
  try {
    read();
    return true;
  } catch (const scenario::ScenarioError& error) {
    if (error.diagnostics().empty()) fail("refused without a complaint");
    for (const Diagnostic& diagnostic : error.diagnostics()) {
      check_place(diagnostic, file, overrides);
    }
    return false;
  }
}

// `print` reads what it is given and prints that.
void check_reads_back(const std::string& printed,
                      const std::function<std::string(const std::string&)>& print) {
  try {
    if (print(printed) != printed) fail("what was printed reads back differently:\n" + printed);
  } catch (const scenario::ScenarioError& error) {
    fail("what was printed is refused:\n" + printed + error.what());
  }
}

std::string print_scenario(const std::string& text) {
  return print_config(scenario::read_scenario_text(text, "printed.yaml"));
}

bool is_scenario(const std::string& file, const std::vector<std::string>& overrides) {
  std::string printed;
  if (!is_accepted(file, overrides, [&] {
        printed = print_config(scenario::read_scenario_text(file, kFile, overrides));
      })) {
    return false;
  }
  check_reads_back(printed, print_scenario);
  return true;
}

}  // namespace

bool read_as_scenario(const std::string& text) { return is_scenario(text, {}); }

bool read_as_host_profile(const std::string& text) {
  const auto print = [](const std::string& profile) {
    return scenario::print_host_profile(scenario::read_host_profile_text(profile, kFile));
  };
  std::string printed;
  if (!is_accepted(text, {}, [&] { printed = print(text); })) return false;
  check_reads_back(printed, print);
  return true;
}

bool read_as_overrides(const std::string& text) {
  const std::vector<std::string> overrides = split(text, '\0');
  const bool batch = is_scenario(kBatch, overrides);
  const bool threads = is_scenario(kThreads, overrides);
  return batch || threads;
}

}  // namespace gilsim::fuzz
