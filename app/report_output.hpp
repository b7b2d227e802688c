// Where a report goes: text to standard output, JSON and CSV to files or, with `-`, to standard
// output in place of the text.
#pragma once

#include <memory>
#include <string>

#include "app/arguments.hpp"
#include "app/io.hpp"
#include "app/output_file.hpp"
#include "app/report.hpp"

namespace gilsim::app {

class ReportOutput {
 public:
  // Tries every place before any work; throws UsageError, OutputError.
  ReportOutput(const Arguments& arguments, Io& io);

  // Nothing when JSON or CSV has taken standard output. Throws OutputError.
  void print(const std::string& text);
  // As print(), but to standard error then: for what must be seen before the work is done.
  void announce(const std::string& text);

  void write_files(const Report& report);  // those that are not standard output
  void write_standard_output(const Report& report);

 private:
  Io& io_;
  std::unique_ptr<OutputFile> json_;
  std::unique_ptr<OutputFile> csv_;
  bool text_on_stdout_ = true;
};

}  // namespace gilsim::app
