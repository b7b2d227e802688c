#include "app/command_parts.hpp"

#include <ostream>

#include "app/errors.hpp"
#include "app/expectations.hpp"

namespace gilsim::app {

Report new_report(const std::string& command, const Arguments& arguments,
                  const std::vector<Study>& studies, const Counts& counts) {
  Report report;
  report.command = command;
  report.reproduce = reproducing_line(command, arguments, counts);
  report.seed = seed_option(arguments);
  report.host = studies.front().profile.host;
  report.cores = studies.front().profile.machine.cores;
  return report;
}

int finish_report(const Report& report, const std::string& text, ReportOutput& output, Io& io) {
  output.write_files(report);
  output.print(text + "Again: " + report.reproduce + "\n");
  output.write_standard_output(report);
  bool failed = false;
  for (const ScenarioReport& scenario : report.scenarios) {
    for (const std::string& failure : failed_expectations(scenario, report.interrupted)) {
      io.err << failure << "\n";
      failed = true;
    }
  }
  if (report.interrupted) {
    io.err << "gilsim: interrupted; the report holds what was done\n";
    return kInterrupted;
  }
  return failed ? kExpectFailed : kOk;
}

std::vector<OptionSpec> real_run_options() {
  std::vector<OptionSpec> options = scenario_options();
  options.insert(options.begin(), {"runs", 'n', "N", "real runs of each point (default 10)"});
  return options;
}

int runs_option(const Arguments& arguments) {
  return static_cast<int>(arguments.number("runs", 10, 1, 100'000));
}

OptionSpec keep_spec() {
  return {"keep", 0, "FILE", "keep real runs there, take those it has, go on where it stopped"};
}

OptionSpec recorded_spec() {
  return {"recorded", 0, "N", "with --keep: runs more, to count the lock's handovers (default 5)"};
}

int recorded_option(const Arguments& arguments) {
  return static_cast<int>(arguments.number("recorded", 5, 0, 100'000));
}

bool report_failures(const std::vector<std::string>& failures, Io& io) {
  for (const std::string& failure : failures) {
    io.err << "gilsim: could not be run: " << failure << "\n";
  }
  return !failures.empty();
}

}  // namespace gilsim::app
