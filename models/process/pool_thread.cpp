#include "models/process/pool_thread.hpp"

#include "models/process/chunk_cost.hpp"

namespace gilsim::model {

void PoolThread::receive(const ProcessBatch& batch, Machine& machine, Pipe& pipe,
                         const Crossing& payload, const Message& message) {
  const Crossing::Pieces pieces = payload.pieces(machine, message.bytes);
  if (pieces.count == 0) {
    return read(pipe, message.bytes, machine.draw(batch.messages().read));
  }
  read_pieces(pipe, message.bytes, pieces.read, pieces.keep);
}

void PoolThread::send_tasks(ProcessBatch& batch, Machine& machine, const Message& tasks,
                            const ChunkCost& feed) {
  const std::size_t count = tasks.end - tasks.begin;
  python(draw(machine, feed, count));
  const sim::Duration pickle = batch.arguments().pickle(machine, count);
  if (pickle > sim::Duration{}) held(pickle);
  const sim::Duration piece = batch.arguments().pieces(machine, tasks.bytes).write;
  write(batch.task_pipe(), tasks, machine.draw(batch.messages().write), piece);
}

void PoolThread::receive_results(ProcessBatch& batch, Machine& machine, const Message& results,
                                 const ChunkCost& collect) {
  receive(batch, machine, batch.result_pipe(), batch.results(), results);
  const std::size_t count = results.end - results.begin;
  const sim::Duration unpickle = batch.results().unpickle(machine, count);
  if (unpickle > sim::Duration{}) held(unpickle);
  python(draw(machine, collect, count));
}

}  // namespace gilsim::model
