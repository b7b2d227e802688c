#include "models/program/strategy.hpp"

#include <stdexcept>

#include "models/process/process_executor.hpp"

namespace gilsim::model {
namespace {

constexpr Strategy kStrategies[] = {
    {StrategyKind::kSequential, "one task after another on the main thread", make_sequential},
    {StrategyKind::kThreads, "a ThreadPoolExecutor of n threads", make_thread_pool},
    {StrategyKind::kThreadEach, "a threading.Thread for each task", make_thread_each},
    {StrategyKind::kDummyPool, "a multiprocessing.dummy.Pool of n threads", make_dummy_pool},
    {StrategyKind::kProcesses, "a multiprocessing.Pool of n processes", make_process_pool},
    {StrategyKind::kProcessExecutor, "a ProcessPoolExecutor of n processes", make_process_executor},
    {StrategyKind::kAsyncio, "coroutines of one event loop, n at a time", make_asyncio_batch},
    {StrategyKind::kInterpreters, "n threads, each with a sub-interpreter that has its own lock",
     make_interpreter_pool},
    {StrategyKind::kHybrid, "a multiprocessing.Pool of n processes, each with a pool of threads",
     make_process_pool},
};

}  // namespace

std::span<const Strategy> strategies() { return kStrategies; }

const Strategy& strategy_for(StrategyKind kind) {
  for (const Strategy& strategy : kStrategies) {
    if (strategy.kind == kind) return strategy;
  }
  throw std::invalid_argument("no such strategy");
}

}  // namespace gilsim::model
