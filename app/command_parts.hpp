// What `run`, `measure` and `validate` have in common: how a report begins and ends.
#pragma once

#include <string>

#include "app/report.hpp"
#include "app/report_output.hpp"

namespace gilsim::app {

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

Report new_report(const std::string& command, const Arguments& arguments,
                  const std::vector<Study>& studies, const Counts& counts);

// Writes the report's files, prints `text` and the line that reproduces the report, holds `expect`
// against it. The files come first: a reader of the text that goes away costs no results. Returns
// the exit code.
int finish_report(const Report& report, const std::string& text, ReportOutput& output, Io& io);

// Options of the commands that really run things.
std::vector<OptionSpec> real_run_options();
int runs_option(const Arguments& arguments);
OptionSpec keep_spec();
OptionSpec recorded_spec();
int recorded_option(const Arguments& arguments);

// Points that could not be run, to standard error; true when there are any.
bool report_failures(const std::vector<std::string>& failures, Io& io);

}  // namespace gilsim::app
