#include <memory>
#include <ostream>

#include "app/command.hpp"
#include "app/command_parts.hpp"
#include "app/conditioning.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/kept_runs.hpp"
#include "app/report_tables.hpp"
#include "app/speed_watch.hpp"
#include "app/usl_baseline.hpp"
#include "app/validation_page.hpp"
#include "app/validation_report.hpp"
#include "app/validation_summary.hpp"

namespace gilsim::app {
namespace {

std::string predicted_text(const Report& report, const std::string& speed) {
  std::string text = speed + "Predicted, before any run:\n\n";
  for (const ScenarioReport& scenario : report.scenarios) {
    text += scenario_heading(scenario) + prediction_table(scenario) + conditioning_note(scenario) +
            "\n";
  }
  return text;
}

std::string compared_text(const Report& report, const std::string& speed, const std::string& runs) {
  std::string text =
      "Predicted beside " + runs + " real runs; 'name' columns: error of trivial baselines\n\n";
  for (const ScenarioReport& scenario : report.scenarios) {
    text += scenario_heading(scenario) + comparison_table(scenario) + conditioning_note(scenario) +
            "\n";
  }
  return text + validation_summary(report) + speed + "\n";
}

class Validation {
 public:
  Validation(const Arguments& arguments, Io& io)
      : arguments_(arguments),
        io_(io),
        options_{seed_option(arguments), replications_option(arguments), jobs_option(arguments)},
        runs_(runs_option(arguments)),
        studies_(read_studies(arguments, HostDefault::kThis)),
        output_(arguments, io) {
    if (const auto page = arguments.value("report")) {
      if (*page == "-") throw UsageError("--report needs a file: pictures go beside it");
      page_ = std::make_unique<OutputFile>(*page, io.out);
    }
    read_causes(arguments.value("causes").value_or(""));  // bad ones before any work
  }

  int run() {
    if (arguments_.has("print-config")) {
      output_.print(printed_configurations(studies_));
      return kOk;
    }
    if (const auto path = arguments_.value("measured")) return score(*path);
    if (const auto path = arguments_.value("keep")) return measure_what_is_missing(*path);
    if (page_) {
      throw UsageError("--report needs the real runs themselves",
                       "--keep FILE makes and keeps them, --measured FILE takes kept ones");
    }
    return measure_all();
  }

 private:
  Report begun() const {
    Counts counts = {{"seed", options_.seed},
                     {"replications", static_cast<std::uint64_t>(options_.replications)}};
    if (!arguments_.has("measured")) counts.emplace_back("runs", static_cast<std::uint64_t>(runs_));
    Report report = new_report("validate", arguments_, studies_, counts);
    for (const char* const name : {"keep", "measured", "causes", "report"}) {
      if (const auto value = arguments_.value(name)) {
        report.reproduce += std::string(" --") + name + " " + shell_quoted(*value);
      }
    }
    report.replications = options_.replications;
    return report;
  }

  std::vector<Prediction> predicted() {
    const std::vector<scenario::Point> points = all_points(studies_);
    std::vector<Prediction> predictions = predict(points, options_, io_);
    if (!io_.stop) mark_ill_conditioned(predictions, points, options_, io_);
    return predictions;
  }

  int measure_all() {
    const auto interpreters = interpreters_for(studies_);
    SpeedWatch speed(studies_, interpreters);
    speed.before_predictions(io_);
    speed.apply_to(studies_);
    Report report = begun();
    const std::vector<Prediction> predictions = predicted();
    report.interrupted = io_.stop;
    report.scenarios = scenario_reports(studies_, predictions, {}, options_);
    report.speeds = speed.lines();
    output_.announce(predicted_text(report, speed.predicted_text()));
    if (report.interrupted) return finish_report(report, "", output_, io_);
    output_.write_files(report);

    const Measurements measured = measure(all_points(studies_), interpreters, options_.seed, runs_,
                                          io_, [&] { speed.once_a_round(io_); });
    report.interrupted = measured.interrupted;
    report.scenarios = scenario_reports(studies_, predictions, measured.runs, options_);
    add_usl(report);
    report.speeds = speed.lines();
    const std::string text = compared_text(report, speed.measured_text(), std::to_string(runs_));
    const int code = finish_report(report, text, output_, io_);
    return report_failures(measured.failures, io_) ? kUsage : code;
  }

  // Predictions come before the runs that are missing.
  int measure_what_is_missing(const std::string& path) {
    const auto interpreters = interpreters_for(studies_);
    KeptRuns kept(path, studies_, {options_.seed, runs_, recorded_option(arguments_)}, io_);
    kept.measure_speeds(interpreters);
    apply_speeds(kept.store(), studies_);
    std::vector<Prediction> predictions = predicted();
    Measurements measured;
    if (!io_.stop) measured = kept.measure(interpreters);
    const int code = compared(kept.store(), predictions, io_.stop);
    return report_failures(measured.failures, io_) ? kUsage : code;
  }

  int score(const std::string& path) {
    if (arguments_.has("keep")) {
      throw UsageError("--keep and --measured contradict each other",
                       "--measured only scores; --keep also measures what is missing");
    }
    const RunStore store = RunStore::read(path);
    require_same_work(store, path, studies_, options_.seed);
    apply_speeds(store, studies_);
    std::vector<Prediction> predictions = predicted();
    return compared(store, predictions, io_.stop);
  }

  int compared(const RunStore& store, std::vector<Prediction>& predictions, bool interrupted) {
    Report report = begun();
    report.interrupted = interrupted;
    if (interrupted) return finish_report(report, "", output_, io_);
    add_handovers(predictions, all_points(studies_));
    report.scenarios =
        scenario_reports(studies_, predictions, kept_figures(store, studies_), options_);
    add_usl(report);
    report.speeds = speed_lines(store);
    report.host = store.host;
    if (page_) write_validation_report(*page_, arguments_, report, store, studies_);
    return finish_report(report, compared_text(report, "", "kept"), output_, io_);
  }

  static void add_usl(Report& report) {
    for (ScenarioReport& scenario : report.scenarios) add_usl_baseline(scenario);
  }

  const Arguments& arguments_;
  Io& io_;
  PredictionOptions options_;
  int runs_;
  std::vector<Study> studies_;
  ReportOutput output_;
  std::unique_ptr<OutputFile> page_;
};

int run(const Arguments& arguments, Io& io) { return Validation(arguments, io).run(); }

}  // namespace

Command validate_command() {
  std::vector<OptionSpec> options = real_run_options();
  options.push_back(keep_spec());
  options.push_back(recorded_spec());
  options.push_back({"measured", 0, "FILE", "score these kept real runs; nothing is run"});
  options.push_back({"report", 0, "FILE", "also write all scores as a page of Markdown"});
  options.push_back({"causes", 0, "FILE", "JSON: why cases on that page are off"});
  return {"validate",
          "FILE|FOLDER...",
          "predict, then really run, then compare",
          {"gilsim validate configs/talk/*.yaml",
           "gilsim validate configs/talk/countdown.yaml --runs 20 --json out/countdown.json",
           "gilsim validate configs/validation --keep out/runs.json --report out/validation.md"},
          options,
          run};
}

}  // namespace gilsim::app
