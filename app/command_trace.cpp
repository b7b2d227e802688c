#include <memory>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/output_file.hpp"
#include "app/trace_json.hpp"
#include "app/trace_text.hpp"
#include "host/trace/summary.hpp"

namespace gilsim::app {
namespace {

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().size() != 1) {
    throw UsageError("one trace to read is needed", "gilsim trace gilsim.trace");
  }
  const std::uint64_t threads = arguments.number("threads", 20, 1, 1'000'000);
  const auto json = arguments.value("json");
  std::unique_ptr<OutputFile> json_file;
  if (json) json_file = std::make_unique<OutputFile>(*json, io.out);
  const trace::TraceFile file(arguments.operands().front());
  const trace::Summary summary = trace::summarize(file);
  if (json_file) json_file->commit(trace_json(file, summary));
  if (json != "-") io.out << trace_text(file, summary, threads);
  check_written(io.out);
  return kOk;
}

}  // namespace

Command trace_command() {
  return {"trace",
          "FILE",
          "what a recorded program did with the interpreter lock",
          {"gilsim trace app.trace", "gilsim trace app.trace --json - | jq .locks"},
          {{"threads", 0, "N", "threads to show, those with most to do with a lock (20)"},
           {"json", 0, "FILE", "everything as JSON; - is standard output"}},
          run};
}

}  // namespace gilsim::app
