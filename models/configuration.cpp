#include "models/configuration.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
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

// A task of a stage lacks the steps of all others.
std::vector<std::vector<sim::Duration>> sample_stages(const Configuration& configuration,
                                                      std::uint64_t seed,
                                                      std::uint64_t replication) {
  const std::vector<Step>& all = configuration.batch.task;
  std::vector<std::vector<sim::Duration>> samples;
  auto first = all.begin();
  for (const Stage& stage : configuration.batch.stages) {
    const auto last = std::next(first, static_cast<std::ptrdiff_t>(stage.steps));
    const auto own = sample({first, last}, stage.tasks, configuration.interpreter, seed,
                            replication, "stage:" + stage.name);
    for (const std::vector<sim::Duration>& times : own) {
      std::vector<sim::Duration>& row = samples.emplace_back(all.size(), kNoStep);
      std::copy(times.begin(), times.end(), std::next(row.begin(), first - all.begin()));
    }
    first = last;
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

void number_shared_objects(Configuration& configuration) {
  std::vector<std::string> names;
  const auto number = [&names](std::vector<Step>& steps) {
    for (Step& step : steps) {
      auto* const python = std::get_if<PythonStep>(&step);
      if (python == nullptr || python->shares.empty()) continue;
      auto found = std::find(names.begin(), names.end(), python->shares);
      if (found == names.end()) found = names.insert(names.end(), python->shares);
      python->object = static_cast<std::uint16_t>(found - names.begin() + 1);
    }
  };
  number(configuration.batch.task);
  for (LoopingThread& thread : configuration.threads) number(thread.program);
}

void number_devices(Configuration& configuration) {
  const std::vector<Device>& devices = configuration.devices;
  const auto number = [&devices](std::vector<Step>& steps) {
    for (Step& step : steps) {
      auto* const wait = std::get_if<WaitStep>(&step);
      if (wait == nullptr || wait->device.empty()) continue;
      const auto found = std::find_if(devices.begin(), devices.end(),
                                      [wait](const Device& d) { return d.name == wait->device; });
      if (found == devices.end()) throw std::invalid_argument("no such device: " + wait->device);
      wait->number = static_cast<std::uint16_t>(found - devices.begin() + 1);
    }
  };
  number(configuration.batch.task);
  number(configuration.batch.handle);
  for (LoopingThread& thread : configuration.threads) number(thread.program);
}

int chunk_size_of(const Configuration& configuration) {
  if (!configuration.batch.stages.empty()) return 1;
  const StrategyKind strategy = configuration.strategy;
  const bool chunks = is_process_strategy(strategy) || strategy == StrategyKind::kDummyPool;
  const PoolPattern pattern = configuration.pool.pattern;
  if (!chunks || pattern == PoolPattern::kSubmit || pattern == PoolPattern::kOneByOne) return 1;
  if (configuration.pool.chunk_size > 0) return configuration.pool.chunk_size;
  if (strategy == StrategyKind::kProcessExecutor || pattern != PoolPattern::kMap) return 1;
  const int shares = (strategy == StrategyKind::kHybrid ? 1 : 4) * configuration.workers;
  return (configuration.batch.tasks + shares - 1) / shares;
}

std::vector<std::vector<sim::Duration>> sample_tasks(const Configuration& configuration,
                                                     std::uint64_t seed,
                                                     std::uint64_t replication) {
  if (!configuration.batch.stages.empty()) return sample_stages(configuration, seed, replication);
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
