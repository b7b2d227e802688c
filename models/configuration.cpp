#include "models/configuration.hpp"

#include <algorithm>
#include <string>

#include "models/program/interpreter_version.hpp"

namespace gilsim::model {
namespace {

const Distribution& time_of(const Step& step) {
  return std::visit([](const auto& s) -> const Distribution& { return s.time; }, step);
}

// A number of loops is a fixed amount of work; its nominal time is what the main thread takes.
sim::Duration nominal_time(const Step& step, const InterpreterParameters& interpreter,
                           sim::RandomStream& random, std::size_t row) {
  if (const auto* python = std::get_if<PythonStep>(&step); python && python->loops) {
    return sim::Duration::from_seconds(static_cast<double>(*python->loops) /
                                       interpreter.rates.main.median);
  }
  return draw(time_of(step), random, row);
}

std::vector<std::vector<sim::Duration>> sample(const std::vector<Step>& program, int rows,
                                               const InterpreterParameters& interpreter,
                                               std::uint64_t seed, std::uint64_t replication,
                                               const std::string& name) {
  std::vector<sim::RandomStream> streams;
  for (std::size_t i = 0; i < program.size(); ++i) {
    streams.emplace_back(seed, replication, name + "/" + std::to_string(i));
  }
  std::vector<std::vector<sim::Duration>> samples(static_cast<std::size_t>(rows));
  for (std::size_t row = 0; row < samples.size(); ++row) {
    samples[row].reserve(program.size());
    for (std::size_t i = 0; i < program.size(); ++i) {
      samples[row].push_back(nominal_time(program[i], interpreter, streams[i], row));
    }
  }
  return samples;
}

// Whole turns of what was recorded.
int rows_of(const LoopingThread& threads) {
  std::size_t longest = 0;
  for (const Step& step : threads.program) {
    const auto* const recorded = std::get_if<Recorded>(&time_of(step));
    if (recorded != nullptr) longest = std::max(longest, recorded->samples.size());
  }
  if (longest > 0) return static_cast<int>((rounds_of_samples + longest - 1) / longest * longest);
  return has_constant_times(threads) ? 1 : rounds_of_samples;
}

}  // namespace

StartMethod default_start_method(const std::string& version, const std::string& kernel) {
  if (kernel.rfind("XNU", 0) == 0 || kernel.rfind("Darwin", 0) == 0) {
    return version_number(version) >= VersionNumber{3, 8} ? StartMethod::kSpawn
                                                          : StartMethod::kFork;
  }
  return version_number(version) >= VersionNumber{3, 14} ? StartMethod::kForkserver
                                                         : StartMethod::kFork;
}

const PoolParameters* start_costs_of(const Configuration& configuration) {
  const PoolCosts& pools = configuration.interpreter.pools;
  const auto& costs = configuration.start_method == StartMethod::kFork         ? pools.fork
                      : configuration.start_method == StartMethod::kForkserver ? pools.forkserver
                                                                               : pools.spawn;
  return costs ? &*costs : nullptr;
}

int chunk_size_of(const Configuration& configuration) {
  const StrategyKind strategy = configuration.strategy;
  const bool chunks = is_process_strategy(strategy) || strategy == StrategyKind::kDummyPool;
  const PoolPattern pattern = configuration.pool.pattern;
  if (!chunks || pattern == PoolPattern::kSubmit || pattern == PoolPattern::kOneByOne) return 1;
  if (configuration.pool.chunk_size > 0) return configuration.pool.chunk_size;
  if (strategy == StrategyKind::kProcessExecutor || pattern != PoolPattern::kMap) return 1;
  const int shares = 4 * configuration.workers;
  return (configuration.batch.tasks + shares - 1) / shares;
}

std::vector<std::vector<sim::Duration>> sample_tasks(const Configuration& configuration,
                                                     std::uint64_t seed,
                                                     std::uint64_t replication) {
  std::vector<Step> steps = configuration.batch.task;
  const std::vector<Step>& handle = configuration.batch.handle;
  steps.insert(steps.end(), handle.begin(), handle.end());
  return sample(steps, configuration.batch.tasks, configuration.interpreter, seed, replication,
                "task");
}

std::string name_of(const LoopingThread& threads, int index) {
  return threads.count == 1 ? threads.name : threads.name + " " + std::to_string(index + 1);
}

bool has_constant_times(const LoopingThread& threads) {
  return std::all_of(threads.program.begin(), threads.program.end(), [](const Step& s) {
    return is_constant(time_of(s));  // loops are too: their `time` is an unused constant
  });
}

std::vector<std::vector<sim::Duration>> sample_rounds(const Configuration& configuration,
                                                      std::size_t thread, std::uint64_t seed,
                                                      std::uint64_t replication, int index) {
  const LoopingThread& entry = configuration.threads.at(thread);
  return sample(entry.program, rows_of(entry), configuration.interpreter, seed, replication,
                "thread:" + name_of(entry, index));
}

}  // namespace gilsim::model
