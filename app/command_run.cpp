#include "app/command.hpp"
#include "app/command_parts.hpp"
#include "app/conditioning.hpp"
#include "app/errors.hpp"
#include "app/lessons.hpp"
#include "app/report_tables.hpp"

namespace gilsim::app {
namespace {

std::string predicted_text(const ScenarioReport& scenario) {
  std::string text = scenario_heading(scenario) + prediction_table(scenario) + "\n";
  for (const std::string& lesson : lessons_of(scenario)) text += lesson + "\n";
  return text + conditioning_note(scenario) + "\n";
}

int run(const Arguments& arguments, Io& io) {
  const PredictionOptions options{seed_option(arguments), replications_option(arguments),
                                  jobs_option(arguments)};
  const std::vector<Study> studies = read_studies(arguments, HostDefault::kOfScenario);
  ReportOutput output(arguments, io);
  if (arguments.has("print-config")) {
    output.print(printed_configurations(studies));
    return kOk;
  }
  Report report = new_report(
      "run", arguments, studies,
      {{"seed", options.seed}, {"replications", static_cast<std::uint64_t>(options.replications)}});
  report.replications = options.replications;
  std::vector<Prediction> predictions = predict(all_points(studies), options, io);
  if (!io.stop) mark_ill_conditioned(predictions, all_points(studies), options, io);
  report.interrupted = io.stop;
  report.scenarios = scenario_reports(studies, predictions, {}, options);
  std::string text;
  for (const ScenarioReport& scenario : report.scenarios) text += predicted_text(scenario);
  return finish_report(report, text, output, io);
}

}  // namespace

Command run_command() {
  return {"run",
          "FILE...",
          "predict scenarios by simulation",
          {"gilsim run configs/talk/countdown.yaml",
           "gilsim run configs/talk/pages.yaml --set 'workers=[1, 2, 4, 8, 16]'",
           "gilsim run configs/convoy.yaml --host this --json -"},
          scenario_options(),
          run};
}

}  // namespace gilsim::app
