#include "app/tune_check.hpp"

#include "app/format.hpp"
#include "app/text_table.hpp"
#include "app/tune_text.hpp"

namespace gilsim::app {
namespace {

std::string band_text(const std::vector<RunFigures>& runs, const std::string& metric) {
  std::vector<double> values;
  for (const RunFigures& run : runs) {
    if (const auto value = run.value(metric)) values.push_back(*value);
  }
  if (values.empty()) return "";
  const std::string unit = unit_of(runs.front(), metric);
  const analysis::Band band = analysis::band_of(values);
  return human_value(band.median, unit) + " [" + human_value(band.low, unit) + ", " +
         human_value(band.high, unit) + "]";
}

double median(const std::vector<double>& values) { return analysis::quantile(values, 0.5); }

}  // namespace

TuneCheck checked(const Alternative& own, const Alternative& best,
                  const std::vector<host::InstalledInterpreter>& interpreters, const TuneRule& rule,
                  const std::vector<std::string>& metrics, int runs, Io& io) {
  TuneCheck check;
  Measurements real = measure({own.point, best.point}, interpreters, rule.seed, runs, io);
  check.failures = real.failures;
  check.interrupted = real.interrupted;
  for (RunFigures& run : real.runs[0]) {
    run.figures.push_back({"throughput", "1/s", throughput_of(own.point, run)});
  }
  for (RunFigures& run : real.runs[1]) {
    run.figures.push_back({"throughput", "1/s", throughput_of(best.point, run)});
  }
  const std::vector<double> predicted = gains_of(best.runs, own.runs, rule.objective);
  const std::vector<double> measured = gains_of(real.runs[1], real.runs[0], rule.objective);
  if (predicted.empty() || measured.empty()) return check;

  TextTable table;
  for (const char* const title : {"setting", "metric", "predicted", "measured"}) {
    table.add_column(title, TextTable::Align::kLeft);
  }
  for (const std::string& metric : metrics) {
    table.add_row(
        {"as it is", metric, band_text(own.runs, metric), band_text(real.runs[0], metric)});
    table.add_row(
        {"advised", metric, band_text(best.runs, metric), band_text(real.runs[1], metric)});
  }
  const double says = median(predicted), was = median(measured);
  check.text = "Checked by " + plural(static_cast<long long>(measured.size()), "real run") +
               " of each setting; medians, 5 % to 95 %:\n\n" + table.text() + "\nGain in " +
               rule.objective.metric + ": predicted " + human_ratio(says) + ", measured " +
               human_ratio(was) + "; the prediction is off by " + signed_percent(says / was - 1) +
               ".\n";
  return check;
}

}  // namespace gilsim::app
