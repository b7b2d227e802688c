#include "app/sweep_output.hpp"

#include <filesystem>
#include <ostream>

#include "app/errors.hpp"
#include "app/output_file.hpp"
#include "app/sweep_csv.hpp"
#include "app/sweep_kept.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

bool holds_something(const std::string& path) {
  std::error_code error;
  return path != "-" && fs::is_regular_file(path, error) && fs::file_size(path, error) > 0;
}

bool same_place(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

void refuse_existing(const std::string& path, const char* hint) {
  if (holds_something(path)) throw UsageError("'" + path + "' is there already", hint);
}

}  // namespace

std::vector<OptionSpec> SweepOutput::options() {
  return {
      {"ndjson", 0, "FILE|-", "each point as a line of JSON, as it comes; `-`: to stdout"},
      {"csv", 0, "FILE|-", "each figure as a row, as it comes; `-`: to stdout"},
      {"resume", 0, "", "go on with the file of --ndjson where it ends"},
      {"overwrite", 0, "", "begin anew, files that are there or not"},
  };
}

void SweepOutput::check(const Arguments& arguments) {
  const auto ndjson = arguments.value("ndjson");
  const auto csv = arguments.value("csv");
  if (ndjson && csv && same_place(*ndjson, *csv)) {
    throw UsageError("--ndjson and --csv both go to '" + *ndjson + "'",
                     "give one of them another file");
  }
  const bool resume = arguments.has("resume"), overwrite = arguments.has("overwrite");
  if (resume && overwrite) throw UsageError("--resume and --overwrite do not go together");
  if (resume && (!ndjson || *ndjson == "-")) {
    throw UsageError("--resume needs the file to go on with", "--ndjson FILE --resume");
  }
  if (resume || overwrite) return;
  if (ndjson) refuse_existing(*ndjson, "--resume goes on with it, --overwrite begins anew");
  if (csv) refuse_existing(*csv, "--overwrite begins anew");
}

SweepOutput::SweepOutput(const Arguments& arguments, const SweepPlan& plan,
                         const std::string& command, Io& io)
    : io_(io), summary_(plan) {
  if (const auto csv = arguments.value("csv")) {
    csv_ = std::make_unique<LineStream>(*csv, io.out);
  }
  if (const auto ndjson = arguments.value("ndjson")) {
    ndjson_ = std::make_unique<LineStream>(*ndjson, io.out);
    if (arguments.has("resume") && !ndjson_->is_regular()) {
      throw UsageError("'" + *ndjson + "' is no file that could be gone on with");
    }
  }
  // What another sweep has left is refused before anything of it is touched.
  KeptRecords kept;
  std::string csv_rows = sweep_csv_header(plan);
  if (arguments.has("resume")) {
    kept = read_kept(ndjson_->path(), plan, [&](const Json& record) {
      summary_.add(record);
      if (csv_) csv_rows += sweep_csv_rows(record);
    });
  }
  if (ndjson_) {
    ndjson_->keep(kept.bytes);
    if (kept.bytes == 0) ndjson_->append(ndjson_line(sweep_header(plan, command)));
  }
  if (csv_) {
    csv_->keep(0);
    csv_->append(csv_rows);
  }
}

void SweepOutput::add(const Json& record) {
  if (ndjson_) ndjson_->append(ndjson_line(record));
  if (csv_) csv_->append(sweep_csv_rows(record));
  summary_.add(record);
}

void SweepOutput::print(const std::string& text) {
  const bool taken =
      (ndjson_ && ndjson_->is_standard_output()) || (csv_ && csv_->is_standard_output());
  if (taken) return;
  io_.out << text;
  check_written(io_.out);
}

}  // namespace gilsim::app
