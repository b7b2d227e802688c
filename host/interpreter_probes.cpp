#include "host/interpreter_probes.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/host_error.hpp"
#include "host/python_folder.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::host {
namespace {

// How often and how long; `quick` only shows that everything runs.
struct Effort {
  int rate_processes, rounds;
  const char* seconds_per_chunk;
  int thread_processes, threads, batches;
  int wait_processes, operations, long_operations, answers;
  int pool_starts, pool_feeds, tasks;
  int lives, heap, messages, chunks;
  std::vector<std::string> payloads;
  int loop_processes, loop_tasks, loop_requests;
  int interpreter_processes, interpreters;
  int signal_processes;
  const char* window_seconds;
};
const Effort kFull = {
    12, 3,   "0.025", 6,   30, 6,   3,    80,  20,
    10, 12,  3,       200, 3,  512, 2,    200, {"0.001", "0.0625", "1", "16", "64"},
    8,  300, 40,      6,   3,  10,  "0.6"};
const Effort kQuick = {2, 1,  "0.004",        1, 10, 2, 1, 8, 2, 2,    2, 1, 80, 1, 16,
                       1, 40, {"0.001", "1"}, 1, 20, 4, 1, 1, 1, "0.1"};

constexpr const char* kPoolWorkers = "2";

std::string in(int number) { return std::to_string(number); }

void repeat(std::vector<ProbeRun>& plan, int times, const ProbeRun& probe) {
  plan.insert(plan.end(), static_cast<std::size_t>(times), probe);
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \n");
  if (end == std::string::npos) return "it said nothing";
  const std::size_t begin = text.rfind('\n', end);
  return text.substr(begin == std::string::npos ? 0 : begin + 1,
                     end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

}  // namespace

std::vector<ProbeRun> InterpreterProbes::plan() {
  const Effort& effort = quick_ ? kQuick : kFull;
  const std::string of = "Python " + interpreter_.version + ": ";
  std::vector<ProbeRun> plan;
  repeat(plan, effort.rate_processes,
         {of + "speed", {"probe_rates.py", effort.seconds_per_chunk, in(effort.rounds)}, ""});
  repeat(plan, effort.rate_processes,
         {of + "shared objects",
          {"probe_shared.py", effort.seconds_per_chunk, in(effort.rounds)},
          ""});
  repeat(plan, effort.thread_processes,
         {of + "threads", {"probe_threads.py", in(effort.threads), in(effort.batches)}, ""});
  repeat(plan, effort.wait_processes,
         {of + "waits", {"probe_waits.py", in(effort.operations), in(effort.long_operations)}, ""});
  repeat(plan, effort.wait_processes,
         {of + "answers", {"probe_answers.py", in(effort.answers)}, "", 1});
  repeat(plan, effort.signal_processes,
         {of + "signals", {"probe_signals.py", effort.window_seconds}, ""});
  repeat(plan, effort.messages,
         {of + "messages", {"probe_messages.py", in(effort.chunks)}, "messages."});
  for (const char* what : {"pickle", "share"}) {
    std::vector<std::string> command = {"probe_payloads.py", what};
    command.insert(command.end(), effort.payloads.begin(), effort.payloads.end());
    plan.push_back({of + "payloads", command, "messages."});
  }
  if (model::has_asyncio(interpreter_.version)) {
    repeat(plan, effort.loop_processes,
           {of + "event loops",
            {"probe_asyncio.py", in(effort.loop_tasks), in(effort.loop_requests)},
            ""});
  }
  if (model::has_isolated_interpreters(interpreter_.version)) {
    repeat(plan, effort.interpreter_processes,
           {of + "sub-interpreters",
            {"probe_interpreters.py", in(effort.interpreters), in(effort.tasks)},
            ""});
  }
  const auto methods = nlohmann::json::parse(output_of({"probe_pools.py", "methods"}));
  for (const std::string method : methods) {
    repeat(
        plan, effort.pool_starts,
        {of + method + " pools", {"probe_pools.py", "start", method, kPoolWorkers}, method + "."});
    repeat(plan, effort.pool_feeds,
           {of + method + " pools",
            {"probe_pools.py", "feed", method, in(effort.tasks)},
            method + "."});
    repeat(plan, effort.pool_starts,
           {of + method + " executors",
            {"probe_pools.py", "executor", method, kPoolWorkers},
            method + "."});
    repeat(plan, effort.lives,
           {of + method + " processes",
            {"probe_pools.py", "life", method, in(effort.heap)},
            method + "."});
  }
  return plan;
}

std::string InterpreterProbes::output_of(const std::vector<std::string>& command, int cores) const {
  const PythonFolder folder;
  std::vector<std::string> full = {interpreter_.path, "-E", "-s", folder.file(command.front())};
  full.insert(full.end(), command.begin() + 1, command.end());
  SubprocessOptions options;
  options.timeout = sim::Duration::seconds(60);
  options.stop = stop_;
  options.cores = cores;
  const SubprocessResult result = run_subprocess(full, options);
  if (result.stopped) throw Interrupted();
  const std::string where = "calibrating " + interpreter_.path + ": " + command.front();
  if (result.timed_out) {
    throw HostError(where + " did not end within 60 s; is the machine overloaded?");
  }
  if (result.exit_code != 0) {
    throw HostError(where + " failed with exit code " + std::to_string(result.exit_code) + ": " +
                    last_line(result.error) + "; leave this interpreter out");
  }
  return result.output;
}

NamedSamples InterpreterProbes::run(const ProbeRun& probe) const {
  const std::string output = output_of(probe.command, probe.cores);
  try {
    NamedSamples samples;
    const auto document = nlohmann::json::parse(output);  // must outlive items()
    for (const auto& [name, values] : document.items()) {
      samples[probe.prefix + name] = values.get<std::vector<double>>();
    }
    return samples;
  } catch (const nlohmann::json::exception& error) {
    throw HostError("calibrating " + interpreter_.path + ": " + probe.command.front() +
                    " gave something else than samples (" + error.what() +
                    "); does a sitecustomize print something?");
  }
}

void add_samples(NamedSamples& into, const NamedSamples& more) {
  for (const auto& [name, values] : more) {
    into[name].insert(into[name].end(), values.begin(), values.end());
  }
}

}  // namespace gilsim::host
