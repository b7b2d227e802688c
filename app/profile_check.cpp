#include "app/profile_check.hpp"

#include <algorithm>
#include <ostream>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/host_choice.hpp"
#include "app/output_file.hpp"
#include "app/text_table.hpp"
#include "host/kernel_facts.hpp"
#include "host/undisturbed.hpp"
#include "models/program/interpreter_version.hpp"
#include "scenario/read.hpp"

namespace gilsim::app {
namespace {

constexpr int kPulses = 7;
constexpr double kSpeedAnyway = 1.10;    // shared machines drift by up to a tenth
constexpr double kWakeUpsAnyway = 1.35;  // deep sleep begins earlier or later
constexpr double kCallsAnyway = 1.25;

double allowed(const model::Estimate& factor, double anyway) {
  const double below = factor.low > 0 ? 1 / factor.low : anyway;
  return std::max({anyway, below, factor.high});
}

std::string path_of(const Arguments& arguments) {
  return arguments.value("output").value_or(user_profile_path());
}

host::InstalledInterpreter installed_of(const model::HostProfile& profile,
                                        const std::string& path) {
  const model::InterpreterParameters& first = profile.interpreters.front();
  const std::string version = model::written_version(first.version, first.free_threaded);
  const auto found = host::choose_interpreter(host::find_interpreters(), version);
  if (found) return *found;
  throw UsageError("interpreter " + version + " of '" + path + "' is no longer installed here",
                   "calibrate again");
}

std::vector<host::Pulse> pulses_of(const model::HostProfile& profile, const std::string& path,
                                   Io& io) {
  const host::InstalledInterpreter interpreter = installed_of(profile, path);
  std::vector<host::Pulse> pulses;
  for (int i = 0; i < kPulses; ++i) {
    pulses.push_back(host::take_pulse(interpreter, {host::usable_cores(), false, &io.stop},
                                      profile.machine.timer_slack));
  }
  return pulses;
}

std::string table_of(const std::vector<CheckedFigure>& figures) {
  TextTable table;
  table.add_column("what", TextTable::Align::kLeft);
  table.add_column("now, of the profile's");
  table.add_column("holds from");
  table.add_column("to");
  table.add_column("", TextTable::Align::kLeft);
  for (const CheckedFigure& figure : figures) {
    table.add_row({figure.what, human_ratio(figure.ratio), human_ratio(1 / figure.allowed),
                   human_ratio(figure.allowed), figure.holds() ? "holds" : "STALE"});
  }
  return table.text();
}

}  // namespace

std::vector<CheckedFigure> checked_figures(const std::vector<host::Pulse>& pulses,
                                           const model::MachineParameters& machine,
                                           const model::InterpreterParameters& interpreter) {
  const model::RunToRun spread = machine.run_to_run.value_or(model::RunToRun{});
  const host::PulseRatios now =
      ratios_of(median_of(pulses), host::expected_pulse(machine, interpreter));
  return {{"speed of bytecode", now.speed, allowed(spread.speed, kSpeedAnyway)},
          {"wake-ups", now.wake_ups, allowed(spread.wake_ups, kWakeUpsAnyway)},
          {"system calls of waits", now.calls, allowed(spread.calls, kCallsAnyway)}};
}

int check_profile(const Arguments& arguments, Io& io) {
  const std::string path = path_of(arguments);
  const model::HostProfile profile =
      scenario::read_host_profile(find_host_profile(path == "-" ? "this" : path, path));
  require_this_host(profile, path);
  const host::LoadSnapshot before = host::LoadSnapshot::now();
  const std::vector<host::Pulse> pulses = pulses_of(profile, path, io);
  const host::LoadSnapshot after = host::LoadSnapshot::now();
  const std::vector<CheckedFigure> figures =
      checked_figures(pulses, profile.machine, profile.interpreters.front());
  io.out << "'" << printable(path) << "', measured " << printable(profile.measured) << "\n\n"
         << table_of(figures) << "\n";
  const bool holds = std::all_of(figures.begin(), figures.end(),
                                 [](const CheckedFigure& figure) { return figure.holds(); });
  const bool disturbed = host::is_disturbed(before, after);
  if (disturbed) {
    io.out << "Other programs or virtual machines took "
           << human_percent(static_cast<double>(host::used_by_others(before, after).count()) /
                            static_cast<double>((after.at - before.at).count()))
           << " of a core meanwhile: look again when the machine is quiet.\n";
  }
  io.out << (holds ? "The profile holds.\n" : "The profile is stale: gilsim calibrate\n");
  check_written(io.out);
  return holds && !disturbed ? kOk : kExpectFailed;
}

}  // namespace gilsim::app
