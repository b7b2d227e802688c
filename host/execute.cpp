#include "host/execute.hpp"

#include <algorithm>

#include "host/driver_run.hpp"
#include "host/host_error.hpp"
#include "host/python_folder.hpp"

namespace gilsim::host {
namespace {

// Beyond this, a run is taken to hang: ten times its work one after the other, and two minutes.
sim::Duration patience_for(sim::Duration nominal) {
  constexpr auto kAllowance = sim::Duration::seconds(120);
  constexpr auto kLongest = sim::Duration::seconds(30LL * 24 * 3600);
  return std::min(nominal, kLongest) * 10 + kAllowance;
}

std::string without_trailing_space(const std::string& text) {
  return text.substr(0, text.find_last_not_of(" \n\t\r") + 1);
}

std::string last_words(const std::string& text) {
  constexpr std::size_t kMost = 4000;
  const std::string words = without_trailing_space(text);
  return words.size() <= kMost ? words : "..." + words.substr(words.size() - kMost);
}

std::string last_line(const std::string& text) {
  const std::string lines = without_trailing_space(text);
  return lines.substr(lines.find_last_of('\n') + 1);
}

std::string ending_of(const SubprocessResult& result, sim::Duration patience) {
  if (result.timed_out) {
    return "no result after " + std::to_string(patience.count() / 1'000'000'000) + " s";
  }
  if (result.exit_code > 128) return "ended by signal " + std::to_string(result.exit_code - 128);
  return "exit code " + std::to_string(result.exit_code);
}

[[noreturn]] void fail(const InstalledInterpreter& interpreter, const std::string& what) {
  throw HostError("the real run failed under " + interpreter.path + " (Python " +
                  interpreter.version + "): " + what);
}

}  // namespace

std::string run_driver(const DriverRun& run, const StopFlag* stop,
                       const std::vector<std::pair<std::string, std::string>>& environment) {
  const PythonFolder folder;
  SubprocessOptions options;
  options.input = run.job.text;
  options.cores = run.cores;
  options.timeout = patience_for(run.job.nominal);
  options.stop = stop;
  options.environment = {{"TMPDIR", folder.path()}};
  options.environment.insert(options.environment.end(), environment.begin(), environment.end());

  const InstalledInterpreter& interpreter = run.interpreter;
  const auto result =
      run_subprocess({interpreter.path, "-E", "-s", folder.file("gilsim_driver.py")}, options);
  if (result.stopped) throw Interrupted();
  if (result.timed_out || result.exit_code != 0) {
    const std::string words = last_words(result.error);
    fail(interpreter, ending_of(result, options.timeout) + (words.empty() ? "" : "\n" + words));
  }
  return last_line(result.output);
}

model::Outcome understood(const std::string& output, const InstalledInterpreter& interpreter) {
  try {
    return read_driver_result(output);
  } catch (const HostError& error) {
    fail(interpreter, error.what());
  }
}

model::Outcome execute(const model::Configuration& configuration,
                       const InstalledInterpreter& interpreter, std::uint64_t seed,
                       std::uint64_t replication, const StopFlag* stop) {
  const DriverRun run{make_driver_job(configuration, seed, replication), interpreter,
                      configuration.machine.cores};
  return understood(run_driver(run, stop), interpreter);
}

}  // namespace gilsim::host
