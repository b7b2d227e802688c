#include <algorithm>
#include <cstring>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "host/record/record.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

constexpr std::uint64_t kMebibyte = 1024 * 1024;
constexpr std::uint64_t kDefaultLimit = 1024;  // MiB

trace::CpuClock cpu_clock_option(const Arguments& arguments) {
  const std::string mode = arguments.value("cpu-clock").value_or("sampled");
  if (mode == "off") return trace::CpuClock::kOff;
  if (mode == "sampled") return trace::CpuClock::kSampled;
  if (mode == "every") return trace::CpuClock::kEvery;
  throw UsageError("--cpu-clock knows no '" + mode + "'",
                   scenario::suggestion(mode, {"off", "sampled", "every"}, "modes"));
}

// "module:function", as the recorded program would import it.
std::vector<std::string> task_options(const Arguments& arguments) {
  std::size_t bytes = 0;
  const std::vector<std::string> names = arguments.all("task");
  for (const std::string& name : names) {
    const std::size_t colon = name.find(':');
    const bool is_name = colon != 0 && colon != std::string::npos && colon + 1 < name.size() &&
                         name.find(':', colon + 1) == std::string::npos &&
                         name.find_first_of(" \t\n") == std::string::npos;
    if (!is_name) {
      throw UsageError("--task: '" + name + "' is not a module and a function",
                       "--task thumbnails:make, or --task __main__:work");
    }
    bytes += name.size() + 1;
  }
  if (bytes >= trace::kTasksBytes) {
    throw UsageError("--task: the names are longer than " + std::to_string(trace::kTasksBytes) +
                         " bytes together",
                     "record fewer functions at a time");
  }
  if (!names.empty() && arguments.has("no-tasks")) {
    throw UsageError("--no-tasks and --task exclude each other", "leave one of them out");
  }
  return names;
}

// What was asked for and not seen, or nothing.
std::string why_no_tasks(const host::Recorded& recorded,
                         const std::vector<std::string>& functions) {
  if (functions.empty() || recorded.called_tasks > 0) return "";
  if (recorded.hooks == 0) {
    return "no tasks were marked: this interpreter exports no functions to do it with, or ended "
           "before";
  }
  return "no call of " + functions.front() + (functions.size() > 1 ? " or the others" : "") +
         " was seen: is it the name it is imported by? Generators and coroutines are not marked";
}

std::string why_ended(const host::Recorded& recorded) {
  switch (recorded.end) {
    case trace::End::kNone:
    case trace::End::kFinished:
      return "";
    case trace::End::kLimit:
      return "--limit was reached";
    case trace::End::kDiskFull:
      return "the disk is full";
    case trace::End::kFileSizeLimit:
      return "the limit of a file's size was reached (ulimit -f)";
    case trace::End::kUnwritable:
      return std::string("the trace could not be written: ") + std::strerror(recorded.end_error);
  }
  return "";
}

std::string version_word(const std::string& interpreter) {
  return interpreter.substr(0, interpreter.find(' '));
}

std::string why_nothing(const host::Recorded& recorded, const std::string& program) {
  const std::string version = version_word(recorded.interpreter);
  if (version.empty()) {
    return "no interpreter lock was seen: '" + program + "' runs no CPython, or one that is " +
           "hidden from the recorder (statically linked with libc)";
  }
  if (recorded.interpreter.find("free-threading") != std::string::npos) {
    return "Python " + version + " is a free-threaded build: it takes no lock; PYTHON_GIL=1 " +
           "turns its lock on";
  }
  return "Python " + version + " has no lock that can be recorded: CPython 3.7 and later can be";
}

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().empty()) {
    throw UsageError("no program to record", "gilsim record -- python3 app.py");
  }
  host::TraceHeader::Setup setup;
  setup.path = arguments.value("output").value_or("gilsim.trace");
  setup.command = arguments.operands();
  setup.cpu_clock = cpu_clock_option(arguments);
  setup.limit_bytes = arguments.number("limit", kDefaultLimit, 1, 1'000'000) * kMebibyte;
  setup.task_functions = task_options(arguments);
  setup.marks_tasks = !arguments.has("no-tasks");
  const host::Recorded recorded = host::record(setup);
  if (recorded.blocks == 0) {
    io.err << "gilsim: error: nothing was recorded: "
           << printable(why_nothing(recorded, setup.command.front())) << "\n";
  } else {
    const std::string ended = why_ended(recorded);
    if (!ended.empty()) io.err << "gilsim: warning: recorded in part: " << ended << "\n";
    const std::string no_tasks = why_no_tasks(recorded, setup.task_functions);
    if (!no_tasks.empty()) io.err << "gilsim: warning: " << printable(no_tasks) << "\n";
    io.err << "gilsim: recorded to " << setup.path << "; read it: gilsim trace "
           << shell_quoted(setup.path) << "\n";
  }
  return recorded.exit_code;
}

}  // namespace

Command record_command() {
  return {"record",
          "-- PROGRAM [ARGUMENT]...",
          "run a program and record its interpreter lock",
          {"gilsim record -o app.trace -- python3 app.py",
           "gilsim record --task thumbnails:make -- python3 thumbnails.py photos",
           "gilsim record --limit 100 -- python3 -m compileall -q ."},
          {{"output", 'o', "FILE", "the trace; gilsim.trace when not given"},
           {"limit", 0, "MIB", "end the recording, not the program, at this size (1024)"},
           {"task", 0, "MODULE:FUNCTION", "mark its calls as tasks; __main__ is the script", true},
           {"no-tasks", 0, "", "mark no tasks: the program's modules stay as they are"},
           {"cpu-clock", 0, "MODE",
            "CPU time of threads: off, sampled (every 10 ms) or every (take and drop)"}},
          run};
}

}  // namespace gilsim::app
