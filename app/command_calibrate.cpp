#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/host_choice.hpp"
#include "app/output_file.hpp"
#include "app/profile_check.hpp"
#include "app/profile_summary.hpp"
#include "app/progress.hpp"
#include "app/real_runs.hpp"
#include "host/calibrate.hpp"
#include "host/host_error.hpp"
#include "models/program/interpreter_version.hpp"
#include "scenario/read.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;
using Interpreters = std::vector<host::InstalledInterpreter>;

bool can_be_calibrated(const host::InstalledInterpreter& interpreter) {
  const std::string& version = interpreter.version;
  const bool too_old = version.rfind("3.0", 0) == 0 || version.rfind("3.1.", 0) == 0 ||
                       version == "3.1" || version.rfind("2.", 0) == 0;
  return interpreter.implementation == "cpython" && (!too_old || version.rfind("2.7", 0) == 0);
}

host::InstalledInterpreter chosen(const Interpreters& found, const std::string& wanted) {
  if (wanted.find('/') != std::string::npos) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(wanted, error);
    for (const auto& candidate : found) {
      if (fs::weakly_canonical(candidate.path, error) == real) return candidate;
    }
  } else if (const auto match = host::choose_interpreter(found, wanted)) {
    return *match;
  }
  throw UsageError("no interpreter '" + wanted + "' here; found: " + named(found),
                   "`gilsim list interpreters` shows where each was found");
}

std::string version_of(const host::InstalledInterpreter& interpreter) {
  return model::written_version(interpreter.version, interpreter.free_threaded);
}

Interpreters::const_iterator alike(const Interpreters& among,
                                   const host::InstalledInterpreter& interpreter) {
  return std::find_if(among.begin(), among.end(), [&](const auto& known) {
    return known.implementation == interpreter.implementation &&
           version_of(known) == version_of(interpreter);
  });
}

// The first of each, which is also the one that real runs take.
Interpreters one_of_each_version(const Interpreters& found) {
  Interpreters result;
  for (const auto& interpreter : found) {
    if (alike(result, interpreter) == result.end()) result.push_back(interpreter);
  }
  return result;
}

Interpreters chosen_interpreters(const Arguments& arguments) {
  Interpreters found = host::find_interpreters();
  found.erase(std::remove_if(found.begin(), found.end(),
                             [](const auto& candidate) { return !can_be_calibrated(candidate); }),
              found.end());
  if (found.empty()) {
    throw UsageError("no CPython found on this host", "install one: apt-get install python3");
  }
  if (arguments.has("all")) return one_of_each_version(found);
  if (!arguments.has("interpreter")) return {found.front()};
  Interpreters result;
  for (const std::string& wanted : arguments.all("interpreter")) {
    const host::InstalledInterpreter interpreter = chosen(found, wanted);
    const auto known = alike(result, interpreter);
    if (known == result.end()) {
      result.push_back(interpreter);
    } else if (known->path != interpreter.path) {
      throw UsageError("'" + wanted + "' is a second " + version_of(interpreter) + ", beside '" +
                           known->path + "'",
                       "a profile holds one interpreter of a version: choose one, or calibrate the "
                       "other into another file");
    }
  }
  return result;
}

// The folder of the user's own profile is made; that of a path somebody gave must be there.
std::string prepared_path(const Arguments& arguments) {
  if (const auto given = arguments.value("output")) return *given;
  std::string path = user_profile_path();
  const fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) {
    throw OutputError("cannot make the folder '" + folder.string() + "': " + error.message());
  }
  return path;
}

host::Calibration calibrated(const Interpreters& interpreters, const Arguments& arguments, Io& io) {
  Progress progress(io, "calibrating", 1, Progress::Plain::kLines);
  host::CalibrationOptions options;
  options.interpreters = interpreters;
  options.quick = arguments.has("quick");
  options.stop = &io.stop;
  options.progress = [&](const host::CalibrationProgress& state) {
    progress.set_total(static_cast<std::size_t>(std::max(state.total, 1)));
    progress.update(static_cast<std::size_t>(std::max(state.done, 0)), state.probe);
  };
  return host::calibrate(options);
}

int run(const Arguments& arguments, Io& io) {
  if (!arguments.operands().empty()) {
    throw UsageError("calibrate takes no operand '" + arguments.operands()[0] + "'",
                     "name interpreters with --interpreter, the file with --output");
  }
  if (arguments.has("all") && arguments.has("interpreter")) {
    throw UsageError("--all and --interpreter contradict each other");
  }
  if (arguments.has("check")) return check_profile(arguments, io);
  const Interpreters interpreters = chosen_interpreters(arguments);
  const std::string path = prepared_path(arguments);
  OutputFile output(path, io.out, &io.err);
  io.err << "measuring this host with CPython " << named(interpreters) << "\n"
         << (path != "-" && fs::exists(path) ? "will replace '" : "will write '") << path
         << "'; a quiet machine gives narrower predictions\n";
  const host::Calibration result = calibrated(interpreters, arguments, io);
  const std::string disturbed = arguments.has("quick") ? "" : disturbances(result);
  if (!disturbed.empty() && !arguments.has("disturbed")) {
    io.err
        << "gilsim: error: no profile was written: " << disturbed << "\n"
        << "  hint: stop what else computes (`top` shows it) and calibrate again, or take it as it "
           "is with --disturbed\n";
    return kExpectFailed;
  }
  output.commit(scenario::print_host_profile(result.profile));
  io.err << repetitions(result);
  if (!disturbed.empty()) {
    io.err << "warning: " << disturbed << "; predictions with this profile are wide or off\n";
  }
  if (path != "-") io.out << profile_summary(result.profile) << "\nWritten: " << path << "\n";
  check_written(io.out);
  return kOk;
}

}  // namespace

Command calibrate_command() {
  return {"calibrate",
          "",
          "measure this host by micro-probes, write its profile",
          {"gilsim calibrate", "gilsim calibrate --interpreter 3.11 --interpreter 3.13",
           "gilsim calibrate --all --output configs/hosts/mine.yaml",
           "gilsim calibrate --check --output configs/hosts/mine.yaml"},
          {{"output", 'o', "FILE|-", "where the profile goes (default: the user's own)"},
           {"interpreter", 0, "VERSION|PATH", "which one; the first becomes the default", true},
           {"all", 0, "", "every CPython found, 2.7 and 3.2 or later"},
           {"check", 0, "", "only look whether a profile still holds: ten seconds, exit 1 if not"},
           {"disturbed", 0, "", "write a profile also where the machine was not quiet"},
           {"quick", 0, "", "few samples: to try things out, not to predict with"}},
          run};
}

}  // namespace gilsim::app
