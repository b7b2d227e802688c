#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "app/command.hpp"
#include "app/command_parts.hpp"
#include "app/conditioning.hpp"
#include "app/errors.hpp"
#include "app/explain.hpp"
#include "app/focus.hpp"
#include "app/format.hpp"
#include "app/lessons.hpp"
#include "app/output_file.hpp"
#include "app/pictures.hpp"
#include "app/plot.hpp"
#include "app/report_html.hpp"
#include "app/report_json.hpp"
#include "app/report_tables.hpp"
#include "app/timeline_of.hpp"

namespace gilsim::app {
namespace {

std::string pictures_html(const std::vector<Picture>& pictures, const std::string& about) {
  std::string html;
  try {
    const std::vector<std::string> texts = svg_texts(pictures);
    for (const std::string& svg : texts) html += picture_html(svg, about);
  } catch (const PlotOutputError& error) {
    throw OutputError(error.what());
  } catch (const PlotError& error) {
    throw UsageError(error.what());
  }
  return html;
}

PageSection prediction_section(const Report& report) {
  const ScenarioReport& scenario = report.scenarios.front();
  std::string html = "<div class=\"scroll\">" + prediction_rows(scenario).html() + "</div>\n";
  for (const std::string& lesson : lessons_of(scenario)) html += paragraph_html(lesson);
  const std::string note = conditioning_note(scenario);
  if (!note.empty()) html += paragraph_html(note);
  html += pictures_html(pictures_of(nlohmann::json::parse(report_json(report))), scenario.question);
  return {"Predicted", html};
}

PageSection one_run_section(const Study& study, const scenario::Point& point,
                            const PredictionOptions& options, const std::string& again) {
  const TimelineCaption caption{study.name, study.scenario.question, full_label(point)};
  const model::Timeline timeline =
      timeline_of(point, options.seed, 0, sim::Time(), sim::Time::max());
  const PlotReport source = picture_source(study, point, again, options.replications);
  std::vector<Picture> pictures = {
      timeline_picture(source, readable_part(timeline, sim::Time(), std::nullopt), caption),
      shares_picture(source, timeline, caption)};
  const auto latencies =
      latency_picture(source, latencies_of(point, options.seed, options.replications), caption);
  if (latencies) pictures.push_back(*latencies);
  return {"Who has the lock, who waits: " + full_label(point),
          pictures_html(pictures, "a simulated run of " + full_label(point))};
}

// Of a report that `validate --json` wrote, what it says of this scenario.
std::string validated_html(const std::string& path, const std::string& scenario) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw UsageError("cannot read the report '" + path + "'");
  PlotReport report;
  try {
    report = read_plot_report(nlohmann::json::parse(text.str()));
  } catch (const nlohmann::json::exception& error) {
    throw UsageError("'" + path + "' is not a JSON report: " + error.what(),
                     "write one with: gilsim validate FILE --json REPORT.json");
  } catch (const PlotError& error) {
    throw UsageError("'" + path + "': " + error.what());
  }
  TextTable table;
  for (const char* const title : {"point", "interpreter", "metric"}) {
    table.add_column(title, TextTable::Align::kLeft);
  }
  for (const char* const title : {"predicted", "measured", "error", "real runs"}) {
    table.add_column(title);
  }
  for (const PlotPoint& point : report.points) {
    if (point.scenario != scenario || !point.predicted || !point.measured) continue;
    const auto error = analysis::relative_error(point.predicted->median, point.measured->median);
    const double scale = point.unit == "s" ? 1e9 : 1;
    const std::string unit = point.unit == "s" ? "ns" : point.unit;
    table.add_row({point.strategy + " @ " + std::to_string(point.workers), point.interpreter,
                   point.metric, human_value(scale * point.predicted->median, unit),
                   human_value(scale * point.measured->median, unit),
                   error ? signed_percent(*error) : "", std::to_string(point.runs)});
  }
  if (table.empty()) {
    throw UsageError("'" + path + "' has no real runs of '" + scenario + "'",
                     "write one with: gilsim validate FILE --json REPORT.json");
  }
  return paragraph_html("Real runs beside predictions made before them, on " + report.processor +
                        ":") +
         "<div class=\"scroll\">" + table.html() + "</div>\n" + listing_html(report.reproduce);
}

PageSection evidence_section(const Study& study, const Arguments& arguments,
                             const std::vector<Prediction>& predictions) {
  const model::HostProfile& profile = study.profile;
  std::string html = paragraph_html(
      "Host profile: " + study.profile_path + ", " + profile.description + "; " +
      (profile.measured.empty() ? "stated, not measured" : "measured " + profile.measured) + ".");
  if (const auto path = arguments.value("validated")) {
    html += validated_html(*path, study.name);
  } else {
    html += paragraph_html("No real runs are shown. To have them: gilsim validate " + study.file +
                           " --json real.json, then this report with --validated real.json.");
  }
  std::string fingerprints;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    fingerprints +=
        hexadecimal(predictions[i].fingerprint) + "  " + full_label(study.points[i]) + "\n";
  }
  return {"Evidence", html +
                          paragraph_html("Fingerprints of the simulations, the same everywhere:") +
                          listing_html(fingerprints)};
}

std::string again_line(const Arguments& arguments, const PredictionOptions& options) {
  std::string line = reproducing_line(
      "report", arguments,
      {{"seed", options.seed}, {"replications", static_cast<std::uint64_t>(options.replications)}});
  for (const char* const name : {"point", "validated", "output"}) {
    if (const auto value = arguments.value(name)) {
      line += std::string(" --") + name + " " + shell_quoted(*value);
    }
  }
  return line;
}

int run(const Arguments& arguments, Io& io) {
  const PredictionOptions options{seed_option(arguments), replications_option(arguments),
                                  jobs_option(arguments)};
  const Study study = read_one_study(arguments);
  const scenario::Point& point = chosen_point(study, arguments);
  OutputFile file(arguments.value("output").value_or(study.name + ".html"), io.out, &io.err);
  const std::string again = again_line(arguments, options);

  Report report = new_report("report", arguments, {study}, {});
  report.reproduce = again;
  report.replications = options.replications;
  std::vector<Prediction> predictions = predict(study.points, options, io);
  if (!io.stop) mark_ill_conditioned(predictions, study.points, options, io);
  const Explanation explanation = io.stop ? Explanation() : explain(point, options, io);
  if (io.stop) {
    io.err << "gilsim: interrupted; no report was written\n";
    return kInterrupted;
  }
  report.scenarios = scenario_reports({study}, predictions, {}, options);

  Page page{study.scenario.question,
            study.name + " · " + report.scenarios.front().host + " · gilsim " + GILSIM_VERSION,
            {}};
  page.sections.push_back(prediction_section(report));
  page.sections.push_back({"Explained", explanation_html(explanation_text(study, explanation))});
  page.sections.push_back(one_run_section(study, point, options, again));
  page.sections.push_back(evidence_section(study, arguments, predictions));
  page.sections.push_back({"Scenario", listing_html(report.scenarios.front().configuration)});
  page.sections.push_back({"Again", listing_html(again)});
  file.commit(page_html(page));
  if (file.path() != "-") io.out << file.path() << "\n";
  check_written(io.out);
  return kOk;
}

}  // namespace

Command report_command() {
  return {"report",
          "FILE",
          "one page of HTML: prediction, explanation, pictures, evidence",
          {"gilsim report configs/convoy.yaml -o convoy.html",
           "gilsim report configs/talk/countdown.yaml --validated out/countdown.json"},
          {{"output", 'o', "FILE|-", "where the page goes (default: the scenario's name, .html)"},
           {"validated", 0, "REPORT", "real runs to show beside: the JSON of `validate`"},
           point_option(),
           host_spec(),
           set_spec(),
           seed_spec(),
           {"replications", 0, "N", "simulations of each point (default 21)"},
           jobs_spec()},
          run};
}

}  // namespace gilsim::app
