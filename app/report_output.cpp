#include "app/report_output.hpp"

#include <ostream>

#include "app/errors.hpp"
#include "app/report_csv.hpp"
#include "app/report_json.hpp"

namespace gilsim::app {

ReportOutput::ReportOutput(const Arguments& arguments, Io& io) : io_(io) {
  const auto json = arguments.value("json");
  const auto csv = arguments.value("csv");
  if (json && csv && *json == *csv) {
    throw UsageError("--json and --csv both go to '" + *json + "'", "give one of them a file");
  }
  if (json) json_ = std::make_unique<OutputFile>(*json, io.out, &io.err);
  if (csv) csv_ = std::make_unique<OutputFile>(*csv, io.out, &io.err);
  text_on_stdout_ = json != "-" && csv != "-";
}

void ReportOutput::print(const std::string& text) {
  if (!text_on_stdout_) return;
  io_.out << text;
  check_written(io_.out);
}

void ReportOutput::announce(const std::string& text) {
  if (text_on_stdout_) {
    print(text);
  } else {
    io_.err << text << std::flush;
  }
}

void ReportOutput::write_files(const Report& report) {
  if (json_ && json_->path() != "-") json_->commit(report_json(report));
  if (csv_ && csv_->path() != "-") csv_->commit(report_csv(report));
}

void ReportOutput::write_standard_output(const Report& report) {
  if (json_ && json_->path() == "-") json_->commit(report_json(report));
  if (csv_ && csv_->path() == "-") csv_->commit(report_csv(report));
}

}  // namespace gilsim::app
