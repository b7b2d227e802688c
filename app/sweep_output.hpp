// Where a sweep's records go: NDJSON and CSV as they come, and the summary of them all.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/io.hpp"
#include "app/line_stream.hpp"
#include "app/sweep_summary.hpp"

namespace gilsim::app {

class SweepOutput {
 public:
  // Refuses what the options leave open: files that are there, without --resume or --overwrite.
  static void check(const Arguments& arguments);
  static std::vector<OptionSpec> options();

  // Opens the files; takes over what --resume finds in them. `command` goes into the header.
  // Throws UsageError, OutputError.
  SweepOutput(const Arguments& arguments, const SweepPlan& plan, const std::string& command,
              Io& io);

  std::size_t points() const { return summary_.points(); }  // those taken over included
  void add(const Json& record);
  const SweepSummary& summary() const { return summary_; }
  // Nothing when NDJSON or CSV has taken standard output. Throws OutputError.
  void print(const std::string& text);
  // Whether the points so far are in a file that --resume can go on with.
  bool can_be_resumed() const { return ndjson_ && ndjson_->is_regular(); }

 private:
  Io& io_;
  SweepSummary summary_;
  std::unique_ptr<LineStream> ndjson_, csv_;
};

}  // namespace gilsim::app
