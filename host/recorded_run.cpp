#include "host/recorded_run.hpp"

#include <charconv>

#include "host/driver_run.hpp"
#include "host/host_error.hpp"
#include "host/python_folder.hpp"
#include "host/record/recorder_library.hpp"
#include "host/record/trace_header.hpp"
#include "host/trace/handovers.hpp"
#include "host/trace/trace_error.hpp"

namespace gilsim::host {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 30;  // bytes of a recording

bool is_at_least_3_7(const std::string& version) {
  int major = 0, minor = 0;
  const char* const end = version.data() + version.size();
  const auto [dot, error] = std::from_chars(version.data(), end, major);
  if (error == std::errc{} && dot != end) std::from_chars(dot + 1, end, minor);
  return major > 3 || (major == 3 && minor >= 7);
}

std::uint64_t counted(const TraceHeader& header, const model::Outcome& outcome) {
  const auto begin = static_cast<std::uint64_t>(outcome.begin.count());
  const auto end = begin + static_cast<std::uint64_t>(outcome.wall.count());
  try {
    return trace::handovers_between(trace::TraceFile(header.path()), begin, end);
  } catch (const trace::TraceError& error) {
    throw HostError(std::string("the recording of the real run can't be read: ") + error.what());
  }
}

}  // namespace

bool can_count_handovers(const model::Configuration& configuration) {
  const bool shares =
      !configuration.is_batch() || configuration.strategy == model::StrategyKind::kThreads;
  return shares && !configuration.interpreter.free_threaded &&
         is_at_least_3_7(configuration.interpreter.version);
}

std::int64_t count_handovers(const model::Configuration& configuration,
                             const InstalledInterpreter& interpreter, std::uint64_t seed,
                             std::uint64_t replication, const StopFlag* stop) {
  const DriverRun run{make_driver_job(configuration, seed, replication), interpreter,
                      configuration.machine.cores};
  const PythonFolder folder;  // removed with the recording in it
  TraceHeader header({folder.file("run.trace"), {interpreter.path}, kLimit, trace::CpuClock::kOff});
  const std::string output =
      run_driver(run, stop, {{"LD_PRELOAD", find_recorder()}, {"GILSIM_RECORD", header.path()}});
  header.close();
  const model::Outcome outcome = understood(output, interpreter);
  if (header->next_block.load() <= 1) {
    throw HostError("nothing was recorded of " + interpreter.path + " (Python " +
                    interpreter.version + ")");
  }
  return static_cast<std::int64_t>(counted(header, outcome));
}

}  // namespace gilsim::host
