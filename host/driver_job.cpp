#include "host/driver_job.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

using nlohmann::json;
using Samples = std::vector<std::vector<sim::Duration>>;

constexpr int kProtocol = 1;
constexpr int kDeviceBits = 56;

std::string kind_of(const model::Step& step) {
  if (const auto* python = std::get_if<model::PythonStep>(&step)) {
    return python->shares.empty() ? "python" : "shared:" + python->shares;
  }
  if (const auto* native = std::get_if<model::NativeStep>(&step)) return name_of(native->lock);
  return name_of(std::get<model::WaitStep>(step).via);
}

double rate_of_stores(const model::InterpreterParameters& interpreter) {
  if (interpreter.shared) return interpreter.shared->rate.median;
  throw HostError("the host profile does not say how fast Python " + interpreter.version +
                  " stores into a dict; calibrate anew, or leave out 'shares'");
}

// Amount of work a second; for a wait, nanoseconds.
double rate_of(const model::Step& step, const model::InterpreterParameters& interpreter) {
  if (model::shares_an_object(step)) return rate_of_stores(interpreter);
  if (std::holds_alternative<model::PythonStep>(step)) return interpreter.rates.main.median;
  const auto* native = std::get_if<model::NativeStep>(&step);
  if (native == nullptr) return 1e9;
  if (native->lock == model::LockMode::kHeld) return interpreter.native_held.median;
  if (interpreter.native_released) return interpreter.native_released->median;
  throw HostError("Python " + interpreter.version +
                  " has no native call that releases the lock and that the driver knows: it was "
                  "built without OpenSSL's pbkdf2_hmac; use `lock: held` or another interpreter");
}

// -1: the step does not occur. The number of a wait's device stands above its nanoseconds.
std::int64_t amount_of(const model::Step& step, sim::Duration time, double rate) {
  if (time == model::kNoStep) return -1;
  if (const auto* python = std::get_if<model::PythonStep>(&step); python && python->loops) {
    return *python->loops;
  }
  const std::int64_t amount = std::llround(time.in_seconds() * rate);
  const auto* const wait = std::get_if<model::WaitStep>(&step);
  if (wait == nullptr || wait->number == 0) return amount;
  return amount + (std::int64_t{wait->number} << kDeviceBits);
}

// `first`: where the times of the program's steps begin in each sample.
json steps_of(const std::vector<model::Step>& program, const Samples& samples,
              const model::InterpreterParameters& interpreter, std::size_t first = 0) {
  json steps = json::array();
  for (std::size_t i = 0; i < program.size(); ++i) {
    const double rate = rate_of(program[i], interpreter);
    std::vector<std::int64_t> amounts;
    for (const auto& times : samples) {
      amounts.push_back(amount_of(program[i], times[first + i], rate));
    }
    const bool constant =
        !amounts.empty() &&
        std::all_of(amounts.begin(), amounts.end(), [&](auto one) { return one == amounts[0]; });
    json step{{"kind", kind_of(program[i])},
              {"amounts", constant ? json(amounts[0]) : json(amounts)}};
    if (model::goes_to_thread(program[i])) step["to_thread"] = true;
    if (model::counts_since_round(program[i])) step["since_round"] = true;
    steps.push_back(std::move(step));
  }
  return steps;
}

sim::Duration total_of(const Samples& samples) {
  sim::Duration total;
  for (const auto& times : samples) {
    for (const auto time : times) total += std::max(time, sim::Duration{});
  }
  return total;
}

sim::Duration duration_of(const json& value) {
  return sim::Duration::nanoseconds(value.get<std::int64_t>());
}

model::ThreadOutcome thread_outcome(const json& value) {
  model::ThreadOutcome outcome;
  outcome.name = value.at("name").get<std::string>();
  outcome.operations = value.at("operations").get<std::int64_t>();
  outcome.cpu = duration_of(value.at("cpu"));
  for (const auto& latency : value.at("latencies")) {
    outcome.latencies.push_back(duration_of(latency));
  }
  return outcome;
}

model::Outcome outcome_of(const json& result) {
  model::Outcome outcome;
  outcome.wall = duration_of(result.at("wall"));
  outcome.cpu = duration_of(result.at("cpu"));
  outcome.voluntary_switches = result.at("voluntary").get<std::int64_t>();
  outcome.involuntary_switches = result.at("involuntary").get<std::int64_t>();
  outcome.begin = duration_of(result.at("begin"));
  outcome.lock_handovers = -1;
  outcome.forced_drops = -1;
  for (const auto& thread : result.at("threads")) outcome.threads.push_back(thread_outcome(thread));
  return outcome;
}

void add_batch(json& job, const model::Configuration& configuration, const Samples& samples) {
  job["strategy"] = name_of(configuration.strategy);
  job["workers"] = configuration.workers;
  if (configuration.strategy == model::StrategyKind::kHybrid) {
    job["threads_each"] = configuration.threads_each;
  }
  job["start_method"] = name_of(configuration.start_method);
  job["chunk_size"] = chunk_size_of(configuration);
  job["tasks"] = configuration.batch.tasks;
  const model::PoolOptions& pool = configuration.pool;
  if (pool.pattern != model::PoolPattern::kMap) job["pattern"] = name_of(pool.pattern);
  if (pool.max_tasks_per_child > 0) job["max_tasks_per_child"] = pool.max_tasks_per_child;
  const model::Batch& batch = configuration.batch;
  if (batch.heap.value > 0) job["heap"] = batch.heap.value;
  if (batch.payload.argument.value > 0) job["argument"] = batch.payload.argument.value;
  if (batch.payload.result.value > 0) job["result"] = batch.payload.result.value;
  if (batch.payload.via != model::PayloadVia::kPickle) job["via"] = name_of(batch.payload.via);
  if (!batch.handle.empty()) {
    job["handle"] = steps_of(batch.handle, samples, configuration.interpreter, batch.task.size());
  }
  for (const model::Stage& stage : batch.stages) {
    job["stages"].push_back(
        {{"tasks", stage.tasks}, {"after", stage.after}, {"each_after", stage.each_after}});
  }
  job["steps"] = steps_of(configuration.batch.task, samples, configuration.interpreter);
}

}  // namespace

DriverJob make_driver_job(const model::Configuration& configuration, std::uint64_t seed,
                          std::uint64_t replication) {
  json job{{"protocol", kProtocol}, {"switch_interval", configuration.switch_interval.count()}};
  for (const model::Device& device : configuration.devices) {
    const bool shared = device.discipline == model::Discipline::kShared;
    job["devices"].push_back((shared ? "shared:" : "") + std::to_string(device.servers));
  }
  DriverJob made;
  if (configuration.is_batch()) {
    const auto samples = sample_tasks(configuration, seed, replication);
    add_batch(job, configuration, samples);
    made.nominal = total_of(samples);
  } else {
    job["duration"] = configuration.duration.count();
    for (std::size_t i = 0; i < configuration.threads.size(); ++i) {
      const auto& thread = configuration.threads[i];
      for (int k = 0; k < thread.count; ++k) {
        const auto samples = sample_rounds(configuration, i, seed, replication, k);
        json one{{"name", name_of(thread, k)},
                 {"steps", steps_of(thread.program, samples, configuration.interpreter)}};
        if (thread.coroutines > 0) one["coroutines"] = thread.coroutines;
        job["threads"].push_back(std::move(one));
      }
    }
    made.nominal = configuration.duration;
  }
  made.text = job.dump();
  return made;
}

model::Outcome read_driver_result(const std::string& text) {
  const json result = json::parse(text, nullptr, false);
  if (!result.is_object()) throw HostError("the driver gave no result");
  if (result.contains("unsupported")) {
    throw HostError(result.at("unsupported").get<std::string>());
  }
  try {
    if (result.at("protocol") != kProtocol) throw HostError("the driver speaks another protocol");
    return outcome_of(result);
  } catch (const json::exception& error) {
    throw HostError(std::string("the driver's result can't be understood: ") + error.what());
  }
}

}  // namespace gilsim::host
