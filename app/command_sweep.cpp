#include <optional>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/study.hpp"
#include "app/sweep_cluster.hpp"
#include "app/sweep_output.hpp"
#include "app/sweep_run.hpp"

namespace gilsim::app {
namespace {

// The command line that computes the same, whatever the defaults become.
std::string computing_line(const Arguments& arguments, const SweepPlan& plan) {
  std::string line = "gilsim sweep";
  for (const char* const name : {"vary", "host", "set"}) {
    for (const std::string& value : arguments.all(name)) {
      line += std::string(" --") + name + " " + shell_quoted(value);
    }
  }
  if (arguments.has("zip")) line += " --zip";
  line +=
      " --seed " + std::to_string(plan.seed) + " --replications " + std::to_string(plan.rule.least);
  if (plan.rule.precision) {
    line += " --precision " + shell_quoted(*arguments.value("precision")) + " --max-replications " +
            std::to_string(plan.rule.most);
  }
  if (plan.file[0] == '-') line += " --";
  return line + " " + shell_quoted(plan.file);
}

std::string resuming_line(const Arguments& arguments, const SweepPlan& plan) {
  std::string line = computing_line(arguments, plan);
  std::string options;
  for (const char* const name : {"ndjson", "csv"}) {
    const auto value = arguments.value(name);
    if (value) options += std::string(" --") + name + " " + shell_quoted(*value);
  }
  return line.insert(std::string("gilsim sweep").size(), options + " --resume");
}

void say_how_to_go_on(const Arguments& arguments, const SweepPlan& plan, const SweepOutput& output,
                      Io& io) {
  io.err << output.points() << " of " << plan.points() << " points are done";
  if (output.can_be_resumed()) {
    io.err << "; go on with:\n  " << resuming_line(arguments, plan) << "\n";
  } else {
    io.err << "; with --ndjson FILE they could be gone on with\n";
  }
}

int interrupted(const Arguments& arguments, const SweepPlan& plan, const SweepOutput& output,
                Io& io) {
  io.err << "gilsim: interrupted; ";
  say_how_to_go_on(arguments, plan, output, io);
  return kInterrupted;
}

void warn_of_imprecise_points(const SweepPlan& plan, const SweepSummary& summary, Io& io) {
  if (summary.imprecise_points() == 0) return;
  io.err << "gilsim: warning: "
         << plural(static_cast<long long>(summary.imprecise_points()), "point")
         << " not within the precision after " << plan.rule.most
         << " replications; --max-replications allows more\n";
}

void compute(const SweepPlan& plan, SweepOutput& output, int jobs, Io& io) {
  const auto record = [&](const Json& one) { output.add(one); };
  if (io.cluster == nullptr) return run_sweep(plan, output.points(), jobs, io, record);
  lead_sweep(plan, output.points(), jobs, io, *io.cluster, record);
}

// Of one process, or of the first of several.
int run_and_write(const Arguments& arguments, const SweepPlan& plan, SweepOutput& output, int jobs,
                  Io& io) {
  try {
    compute(plan, output, jobs, io);
  } catch (const std::exception&) {
    io.err << "gilsim: ";
    say_how_to_go_on(arguments, plan, output, io);
    throw;
  }
  output.print(output.summary().text());
  output.print("Again: " + computing_line(arguments, plan) + "\n");
  warn_of_imprecise_points(plan, output.summary(), io);
  if (output.points() == plan.points()) return kOk;
  return interrupted(arguments, plan, output, io);
}

int run_alone_or_first(const Arguments& arguments, Io& io) {
  std::optional<SweepPlan> plan;
  std::optional<SweepOutput> output;
  const int jobs = jobs_option(arguments);  // wrong in all processes, or in none
  try {
    SweepOutput::check(arguments);
    plan.emplace(plan_sweep(arguments, jobs, io));
    output.emplace(arguments, *plan, computing_line(arguments, *plan), io);
  } catch (...) {
    if (io.cluster != nullptr) dismiss(*io.cluster);
    throw;
  }
  return run_and_write(arguments, *plan, *output, jobs, io);
}

int run(const Arguments& arguments, Io& io) {
  if (io.cluster == nullptr || io.cluster->rank() == 0) return run_alone_or_first(arguments, io);
  const int jobs = jobs_option(arguments);
  help_sweep([&] { return plan_sweep(arguments, jobs, io); }, jobs, io, *io.cluster);
  return kOk;
}

std::vector<OptionSpec> all_options() {
  std::vector<OptionSpec> options = sweep_plan_options();
  options.push_back(jobs_spec());
  for (OptionSpec& option : SweepOutput::options()) options.push_back(std::move(option));
  return options;
}

}  // namespace

Command sweep_command() {
  return {"sweep",
          "FILE",
          "predict a scenario under many settings",
          {"gilsim sweep configs/convoy.yaml --vary interpreter.switch_interval=10us..100ms:log:40",
           "gilsim sweep configs/talk/pages.yaml --vary workers=1..16 --precision 2% --csv w.csv",
           "mpirun -n 8 gilsim sweep FILE --vary workers=1..16 --ndjson s.ndjson   # a cluster",
           "gilsim sweep FILE --vary machine.cores=1,2,4 --vary workers=1..8 --ndjson s.ndjson"},
          all_options(),
          run};
}

}  // namespace gilsim::app
