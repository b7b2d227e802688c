#include <ostream>

#include "app/command.hpp"
#include "app/command_parts.hpp"
#include "app/conditioning.hpp"
#include "app/errors.hpp"
#include "app/report_tables.hpp"
#include "app/speed_watch.hpp"
#include "app/validation_summary.hpp"

namespace gilsim::app {
namespace {

std::string predicted_text(const Report& report, const SpeedWatch& speed) {
  std::string text = speed.predicted_text() + "Predicted, before any run:\n\n";
  for (const ScenarioReport& scenario : report.scenarios) {
    text += scenario_heading(scenario) + prediction_table(scenario) + conditioning_note(scenario) +
            "\n";
  }
  return text;
}

std::string compared_text(const Report& report, const SpeedWatch& speed, int runs) {
  std::string text = "Predicted beside " + std::to_string(runs) +
                     " real runs; 'name' columns: error of trivial baselines\n\n";
  for (const ScenarioReport& scenario : report.scenarios) {
    text += scenario_heading(scenario) + comparison_table(scenario) + conditioning_note(scenario) +
            "\n";
  }
  return text + validation_summary(report) + speed.measured_text() + "\n";
}

int run(const Arguments& arguments, Io& io) {
  const PredictionOptions options{seed_option(arguments), replications_option(arguments),
                                  jobs_option(arguments)};
  const int runs = runs_option(arguments);
  std::vector<Study> studies = read_studies(arguments, HostDefault::kThis);
  ReportOutput output(arguments, io);
  if (arguments.has("print-config")) {
    output.print(printed_configurations(studies));
    return kOk;
  }
  const auto interpreters = interpreters_for(studies);
  SpeedWatch speed(studies, interpreters);
  speed.before_predictions(io);
  speed.apply_to(studies);
  const std::vector<scenario::Point> points = all_points(studies);
  Report report = new_report("validate", arguments, studies,
                             {{"seed", options.seed},
                              {"replications", static_cast<std::uint64_t>(options.replications)},
                              {"runs", static_cast<std::uint64_t>(runs)}});
  report.replications = options.replications;
  std::vector<Prediction> predictions = predict(points, options, io);
  if (!io.stop) mark_ill_conditioned(predictions, points, options, io);
  report.interrupted = io.stop;
  report.scenarios = scenario_reports(studies, predictions, {}, options);
  report.speeds = speed.lines();
  output.announce(predicted_text(report, speed));
  if (report.interrupted) return finish_report(report, "", output, io);
  output.write_files(report);

  const Measurements measured =
      measure(points, interpreters, options.seed, runs, io, [&] { speed.once_a_round(io); });
  report.interrupted = measured.interrupted;
  report.scenarios = scenario_reports(studies, predictions, measured.runs, options);
  report.speeds = speed.lines();
  const int code = finish_report(report, compared_text(report, speed, runs), output, io);
  return report_failures(measured.failures, io) ? kUsage : code;
}

}  // namespace

Command validate_command() {
  return {"validate",
          "FILE...",
          "predict, then really run, then compare",
          {"gilsim validate configs/talk/*.yaml",
           "gilsim validate configs/talk/countdown.yaml --runs 20 --json out/countdown.json"},
          real_run_options(),
          run};
}

}  // namespace gilsim::app
