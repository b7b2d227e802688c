#include "models/process/process_batch.hpp"

#include <stdexcept>

#include "models/process/worker_process.hpp"

namespace gilsim::model {
namespace {

const PoolParameters& required_start(const Configuration& configuration) {
  if (const PoolParameters* const costs = start_costs_of(configuration)) return *costs;
  throw std::invalid_argument("the profile has no costs of start method " +
                              std::string(name_of(configuration.start_method)) + " for " +
                              configuration.interpreter.version);
}

std::int64_t pickled(const Configuration& configuration, ByteCount payload) {
  return configuration.batch.payload.via == PayloadVia::kPickle ? payload.value : 0;
}

std::int64_t shared(const Configuration& configuration, ByteCount payload) {
  return configuration.batch.payload.via == PayloadVia::kSharedMemory ? payload.value : 0;
}

}  // namespace

ProcessBatch::ProcessBatch(const Configuration& configuration, TaskTimes times,
                           const ChunkCost& work)
    : BatchLayer(configuration, std::move(times)),
      main_script_(*this),
      ready_(configuration.batch.stages, 0, record_.tasks()),
      start_(required_start(configuration)),
      messages_(*configuration.interpreter.messages),
      work_(work),
      chunk_(static_cast<std::size_t>(chunk_size_of(configuration))),
      arguments_(messages_.payloads, messages_.task,
                 pickled(configuration, configuration.batch.payload.argument)),
      results_(messages_.payloads, messages_.result,
               pickled(configuration, configuration.batch.payload.result)) {}

ProcessBatch::~ProcessBatch() = default;

std::optional<CpuRequest> ProcessBatch::proceed(World& world, PythonThread& self) {
  return main_script_.proceed(world, self);
}

const PythonThread* ProcessBatch::waits_for(const PythonThread&) const {
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    if (workers_[i]->is_busy()) return worker_threads_[i];
  }
  return nullptr;
}

Message ProcessBatch::message_of_chunk(std::size_t chunk) const {
  Message message;
  message.begin = chunk * chunk_;
  message.end = std::min(message.begin + chunk_, record_.tasks());
  message.bytes = arguments_.bytes(message.end - message.begin);
  return message;
}

double ProcessBatch::heap_in_gib() const {
  return static_cast<double>(configuration_.batch.heap.value) / (1024.0 * 1024.0 * 1024.0);
}

sim::Duration ProcessBatch::start_of_worker(Machine& machine) const {
  const sim::Duration start = machine.draw(start_.create_per_worker);
  if (!start_.heap || configuration_.batch.heap.value == 0) return start;
  return start + machine.draw(start_.heap->start).scaled(heap_in_gib());
}

sim::Duration ProcessBatch::exit_of_worker(Machine& machine) const {
  const sim::Duration exit =
      start_.worker_exit ? machine.draw(*start_.worker_exit) : sim::Duration{};
  return exit + teardown_of_heap(machine);
}

sim::Duration ProcessBatch::teardown_of_heap(Machine& machine) const {
  if (!start_.heap || configuration_.batch.heap.value == 0) return {};
  return machine.draw(start_.heap->exit).scaled(heap_in_gib());
}

void ProcessBatch::start_worker(World& world) {
  const auto index = static_cast<std::uint32_t>(workers_.size());
  workers_.push_back(std::make_unique<WorkerProcess>(*this, configuration_, index));
  PythonThread& worker =
      world.create_thread("process " + std::to_string(workers_.size()), world.create_interpreter(),
                          Layout::kChild, *workers_.back());
  worker_threads_.push_back(&worker);
  ended_.push_back(false);
  ++alive_;
  world.start(worker);
}

void ProcessBatch::worker_has_ended(World& world, std::uint32_t worker) {
  ended_[worker] = true;
  --alive_;
  notice_end(world, worker);
}

void ProcessBatch::handle(World& world, std::size_t task) {
  if (configuration_.batch.handle.empty()) return;
  StepCursor cursor(configuration_.batch.handle);
  cursor.begin(record_.times[task].data() + configuration_.batch.task.size());
  while (const auto action = cursor.next(world.machine(), world.costs_of_waits())) {
    main_script_.act(*action);
  }
}

// ---- Shared memory

sim::Duration ProcessBatch::shared_memory_of_a_task(Machine& machine) const {
  const Payload& payload = configuration_.batch.payload;
  const auto tasks = static_cast<std::int64_t>(record_.tasks());
  const double each = 1.0 / static_cast<double>(tasks);
  sim::Duration time;
  if (const std::int64_t bytes = shared(configuration_, payload.argument)) {
    time += machine.draw(at_size(messages_.shared_memory, bytes * tasks).touch).scaled(each);
  }
  if (const std::int64_t bytes = shared(configuration_, payload.result)) {
    time += machine.draw(at_size(messages_.shared_memory, bytes * tasks).copy_in).scaled(each);
  }
  return time;
}

sim::Duration ProcessBatch::attaching(Machine& machine) const {
  const Payload& payload = configuration_.batch.payload;
  const auto tasks = static_cast<std::int64_t>(record_.tasks());
  sim::Duration time;
  for (const ByteCount each : {payload.argument, payload.result}) {
    const std::int64_t bytes = shared(configuration_, each);
    if (bytes > 0) time += machine.draw(at_size(messages_.shared_memory, bytes * tasks).attach);
  }
  return time;
}

sim::Duration ProcessBatch::sharing(Machine& machine) const {
  const Payload& payload = configuration_.batch.payload;
  const auto tasks = static_cast<std::int64_t>(record_.tasks());
  sim::Duration time;
  if (const std::int64_t bytes = shared(configuration_, payload.argument)) {
    const SharedMemoryCost cost = at_size(messages_.shared_memory, bytes * tasks);
    time += machine.draw(cost.create);
    time += machine.draw(cost.copy_in);
  }
  if (const std::int64_t bytes = shared(configuration_, payload.result)) {
    time += machine.draw(at_size(messages_.shared_memory, bytes * tasks).create);
  }
  return time;
}

sim::Duration ProcessBatch::unsharing(Machine& machine) const {
  const Payload& payload = configuration_.batch.payload;
  const auto tasks = static_cast<std::int64_t>(record_.tasks());
  sim::Duration time;
  if (const std::int64_t bytes = shared(configuration_, payload.argument)) {
    time += machine.draw(at_size(messages_.shared_memory, bytes * tasks).unlink);
  }
  if (const std::int64_t bytes = shared(configuration_, payload.result)) {
    const SharedMemoryCost cost = at_size(messages_.shared_memory, bytes * tasks);
    time += machine.draw(cost.touch);
    time += machine.draw(cost.unlink);
  }
  return time;
}

}  // namespace gilsim::model
