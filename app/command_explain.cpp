#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/explain.hpp"
#include "app/focus.hpp"
#include "app/output_file.hpp"
#include "app/trace_explain.hpp"

namespace gilsim::app {
namespace {

int run(const Arguments& arguments, Io& io) {
  const PredictionOptions options{seed_option(arguments),
                                  static_cast<int>(arguments.number("replications", 7, 1, 100'000)),
                                  jobs_option(arguments)};
  if (arguments.operands().size() == 1 && is_trace(arguments.operands().front())) {
    const int code = explain_trace(arguments, options, io);
    check_written(io.out);
    return code;
  }
  const Study study = read_one_study(arguments);
  const scenario::Point& point = chosen_point(study, arguments);
  const Explanation explanation = explain(point, options, io);
  if (explanation.interrupted) {
    io.err << "gilsim: interrupted\n";
    return kInterrupted;
  }
  std::string again = reproducing_line(
      "explain", arguments,
      {{"seed", options.seed}, {"replications", static_cast<std::uint64_t>(options.replications)}});
  if (const auto label = arguments.value("point")) again += " --point " + *label;
  io.out << explanation_text(study, explanation) << "\nAgain: " << again << "\n";
  check_written(io.out);
  return kOk;
}

}  // namespace

Command explain_command() {
  return {"explain",
          "FILE",
          "why it takes as long as it does, and which change would gain most",
          {"gilsim explain configs/talk/countdown.yaml",
           "gilsim explain configs/talk/thumbnails.yaml --point processes@4",
           "gilsim explain configs/convoy.yaml --set machine.cores=4", "gilsim explain app.trace"},
          {point_option(),
           host_spec(),
           set_spec(),
           seed_spec(),
           {"replications", 0, "N", "simulations of each change (default 7)"},
           jobs_spec()},
          run};
}

}  // namespace gilsim::app
