#include "app/pool_demands.hpp"

#include <algorithm>
#include <cmath>

#include "models/process/crossing.hpp"

namespace gilsim::app {
namespace {

using model::ChunkCost;
using model::Cost;

double median(const Cost& cost) { return static_cast<double>(cost.median.count()); }

// A batch in messages.
class Pool {
 public:
  Pool(const model::Configuration& configuration, const model::PoolParameters& start)
      : configuration_(configuration),
        start_(start),
        tasks_(configuration.batch.tasks),
        chunk_(std::max(1, model::chunk_size_of(configuration))),
        chunks_((configuration.batch.tasks + chunk_ - 1) / chunk_) {}

  PoolDemands demands() {
    add_start();
    if (!configuration_.interpreter.messages) {
      demands_.in_workers += chunks_ * median(start_.chunk) + tasks_ * median(start_.item);
      return demands_;
    }
    const model::MessageCosts& messages = *configuration_.interpreter.messages;
    if (is_executor()) {
      add_executor(*messages.executor);
    } else {
      add_pool(messages.pool);
    }
    const bool shared = configuration_.batch.payload.via == model::PayloadVia::kSharedMemory;
    if (shared) {
      add_shared_memory(messages);
    } else {
      add_payloads(messages);
    }
    return demands_;
  }

 private:
  bool is_executor() const {
    return configuration_.strategy == model::StrategyKind::kProcessExecutor;
  }
  double of_chunks(const ChunkCost& cost) const {
    return chunks_ * median(cost.chunk) + tasks_ * median(cost.item);
  }

  void add_start() {
    const double gib =
        static_cast<double>(configuration_.batch.heap.value) / (1024.0 * 1024.0 * 1024.0);
    const double each =
        median(start_.create_per_worker) + (start_.heap ? gib * median(start_.heap->start) : 0);
    const double create =
        median(is_executor() ? start_.executor_create.value_or(start_.create) : start_.create);
    const double end = is_executor() ? 0 : median(start_.shutdown);
    demands_.start = create + configuration_.workers * each + median(start_.worker_ready) + end;
    demands_.getting_ready = configuration_.workers * median(start_.worker_ready);
  }

  void add_pool(const model::PoolCalls& calls) {
    const model::PoolPattern pattern = configuration_.pool.pattern;
    demands_.handing_out = of_chunks(calls.feed) + of_chunks(calls.collect);
    if (pattern == model::PoolPattern::kSubmit || pattern == model::PoolPattern::kOneByOne) {
      demands_.handing_out += chunks_ * median(calls.submit);
    }
    if (pattern != model::PoolPattern::kMap) demands_.handing_out += chunks_ * median(calls.result);
    demands_.in_workers += of_chunks(calls.work);
  }

  void add_executor(const model::ExecutorCalls& calls) {
    const double wait =
        median(calls.wait) + (configuration_.workers - 2) * median(calls.wait_per_worker);
    demands_.handing_out =
        of_chunks(calls.submit) + of_chunks(calls.feed) + of_chunks(calls.collect) +
        chunks_ * (median(calls.enqueue) + std::max(0.0, wait) + median(calls.result));
    demands_.in_workers += of_chunks(calls.work);
  }

  // What moves bytes of one direction: whole messages, in pieces where they are large.
  struct Crossed {
    double pickle = 0, unpickle = 0, write = 0, read = 0, keep = 0;
  };
  Crossed crossed(const model::MessageCosts& messages, model::MessageSize size,
                  std::int64_t payload) const {
    Crossed all;
    if (payload == 0) return all;
    const model::PayloadCost alone = model::at_size(messages.payloads, payload);
    all.pickle = tasks_ * median(alone.pickle);
    all.unpickle = tasks_ * median(alone.unpickle);
    const std::int64_t bytes = size.chunk + chunk_ * (size.item + payload);
    if (bytes <= model::Pipe::kAlone) return all;
    const model::PayloadCost message = model::at_size(messages.payloads, bytes);
    const double messages_of_them = static_cast<double>(tasks_) / chunk_;
    all.write = messages_of_them * median(message.write);
    all.read = messages_of_them * median(message.read);
    all.keep = messages_of_them * median(message.keep);
    return all;
  }

  void add_payloads(const model::MessageCosts& messages) {
    const model::Payload& payload = configuration_.batch.payload;
    const Crossed there = crossed(messages, messages.task, payload.argument.value);
    const Crossed back = crossed(messages, messages.result, payload.result.value);
    const double sender = there.pickle + there.write;
    const double receiver = back.read + back.keep + back.unpickle;
    demands_.pickling_held = there.pickle + back.keep + back.unpickle;
    demands_.pickling = std::max({sender, receiver, demands_.pickling_held});
    demands_.carrying = sender + receiver;
    demands_.payloads_in_workers +=
        there.read + there.keep + there.unpickle + back.pickle + back.write;
  }

  void add_shared_memory(const model::MessageCosts& messages) {
    const model::Payload& payload = configuration_.batch.payload;
    if (payload.argument.value > 0) {
      const auto cost = model::at_size(messages.shared_memory,
                                       payload.argument.value * configuration_.batch.tasks);
      demands_.pickling += median(cost.create) + median(cost.copy_in) + median(cost.unlink);
      demands_.payloads_in_workers += median(cost.touch);
    }
    if (payload.result.value > 0) {
      const auto cost =
          model::at_size(messages.shared_memory, payload.result.value * configuration_.batch.tasks);
      demands_.pickling += median(cost.create) + median(cost.touch) + median(cost.unlink);
      demands_.payloads_in_workers += median(cost.copy_in);
    }
    demands_.pickling_held = demands_.carrying = demands_.pickling;
  }

  const model::Configuration& configuration_;
  const model::PoolParameters& start_;
  const int tasks_;
  const int chunk_;
  const int chunks_;
  PoolDemands demands_;
};

}  // namespace

PoolDemands dummy_pool_demands_of(const model::Configuration& configuration) {
  const auto& messages = configuration.interpreter.messages;
  if (!messages || !messages->dummy) return {};
  const double tasks = configuration.batch.tasks;
  const double chunks = std::ceil(tasks / model::chunk_size_of(configuration));
  const auto of_chunks = [&](const ChunkCost& cost) {
    return chunks * median(cost.chunk) + tasks * median(cost.item);
  };
  const model::PoolCalls& calls = *messages->dummy;
  PoolDemands demands;
  demands.handing_out = of_chunks(calls.feed) + of_chunks(calls.collect);
  demands.in_workers = of_chunks(calls.work);
  return demands;
}

PoolDemands pool_demands_of(const model::Configuration& configuration) {
  const model::PoolParameters* const start = model::start_costs_of(configuration);
  return start ? Pool(configuration, *start).demands() : PoolDemands{};
}

}  // namespace gilsim::app
