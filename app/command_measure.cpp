#include <ostream>

#include "app/command.hpp"
#include "app/command_parts.hpp"
#include "app/errors.hpp"
#include "app/kept_runs.hpp"
#include "app/report_tables.hpp"

namespace gilsim::app {
namespace {

using Interpreters = std::vector<host::InstalledInterpreter>;

Measurements measured_runs(const Arguments& arguments, const std::vector<Study>& studies,
                           const Interpreters& interpreters, const PredictionOptions& options,
                           Io& io) {
  const int runs = runs_option(arguments);
  const auto path = arguments.value("keep");
  if (!path) return measure(all_points(studies), interpreters, options.seed, runs, io);
  KeptRuns kept(*path, studies, {options.seed, runs, recorded_option(arguments)}, io);
  kept.measure_speeds(interpreters);
  Measurements measured = kept.measure(interpreters);
  measured.runs = kept_figures(kept.store(), studies);
  return measured;
}

int run(const Arguments& arguments, Io& io) {
  const PredictionOptions options{seed_option(arguments), 1, 1};
  const int runs = runs_option(arguments);
  const std::vector<Study> studies = read_studies(arguments, HostDefault::kThis);
  ReportOutput output(arguments, io);
  if (arguments.has("print-config")) {
    output.print(printed_configurations(studies));
    return kOk;
  }
  const auto interpreters = interpreters_for(studies);
  Report report = new_report("measure", arguments, studies,
                             {{"seed", options.seed}, {"runs", static_cast<std::uint64_t>(runs)}});
  const Measurements measured = measured_runs(arguments, studies, interpreters, options, io);
  report.interrupted = measured.interrupted;
  report.scenarios = scenario_reports(studies, {}, measured.runs, options);
  std::string text;
  for (const ScenarioReport& scenario : report.scenarios) {
    text += scenario_heading(scenario) + measurement_table(scenario) + "\n";
  }
  const int code = finish_report(report, text, output, io);
  return report_failures(measured.failures, io) ? kUsage : code;
}

}  // namespace

Command measure_command() {
  std::vector<OptionSpec> options = real_run_options();
  options.push_back(keep_spec());
  options.push_back(recorded_spec());
  return {"measure",
          "FILE|FOLDER...",
          "really run scenarios on this host",
          {"gilsim measure configs/talk/countdown.yaml",
           "gilsim measure configs/talk/pages.yaml --runs 20 --json pages.json"},
          options,
          run};
}

}  // namespace gilsim::app
