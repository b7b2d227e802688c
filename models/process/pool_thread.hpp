// What threads at either end of a pool's pipes do alike: carry one message, and what belongs to it.
#pragma once

#include "models/process/process_batch.hpp"

namespace gilsim::model {

class PoolThread : public ScriptedThread {
 protected:
  // Reads a message of which the header has been read, whole or piece by piece.
  void receive(const ProcessBatch& batch, Machine& machine, Pipe& pipe, const Crossing& payload,
               const Message& message);
  // Of the parent: takes tasks out of its queue, pickles them, writes them into the pipe of tasks.
  void send_tasks(ProcessBatch& batch, Machine& machine, const Message& tasks,
                  const ChunkCost& feed);
  // Of the parent: reads results, unpickles them, and gives them to whom they belong.
  void receive_results(ProcessBatch& batch, Machine& machine, const Message& results,
                       const ChunkCost& collect);
};

}  // namespace gilsim::model
