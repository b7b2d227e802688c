// A pool of threads over a range of a batch's tasks, from the first submit to the last join, as
// `with ThreadPoolExecutor(n) as executor: list(executor.map(f, tasks))` goes.
//
// The submitting thread hands in every task, starting a thread for each submit while none is idle
// and there are fewer than n (Lib/concurrent/futures/thread.py, _adjust_thread_count);
// Thread.start() waits until the new thread has run once (Lib/threading.py), so among computing
// threads each start costs about one switch interval. Then it waits for the results one by one, in
// the order of the tasks; of a graph in the order in which they are done, and submits those that
// waited for them. At the end it wakes one idle worker, which wakes the next, and joins them
// all.
//
// With interpreters: each thread creates one with a lock of its own
// (Lib/concurrent/futures/interpreter.py). Tasks are fetched and handed back under the submitting
// thread's lock, and run under the thread's own; so does creating the interpreter, whose own lock
// Py_NewInterpreterFromConfig takes first.
// Left out: the garbage collector, the locks of futures and queues; locks of the runtime that all
// interpreters share; half of what crosses is taken to be done on either side.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "models/program/task_graph.hpp"
#include "models/program/task_runner.hpp"

namespace gilsim::model {

class ThreadPool {
 public:
  struct Shape {
    int workers = 1;
    Layout layout = Layout::kWorker;                     // of its threads
    const InterpreterPoolCosts* interpreters = nullptr;  // of its threads; null: they have none
    std::string prefix;                                  // of its threads' names
    bool handles = true;  // the submitting thread does what is to be done with each result
  };
  // Of one process of a hybrid, which is called `name`.
  static Shape of_process(const Configuration& configuration, const std::string& name) {
    return {configuration.threads_each, Layout::kChild, nullptr, name + " ", false};
  }
  // Tasks [begin, end) of the record.
  ThreadPool(const Configuration& configuration, BatchRecord& record, std::size_t begin,
             std::size_t end, Shape shape);
  ~ThreadPool();

  // What the submitting thread does next; nothing returned: all is done, and the threads are gone.
  std::optional<Action> next(World& world, PythonThread& submitter);
  // Whom the submitting thread, which is parked, waits for.
  const PythonThread* waits_for() const;

 private:
  class Worker;
  enum class Stage {
    kSubmitting,
    kHandingOver,
    kAwaitingStart,
    kCollecting,
    kHandling,
    kClosing,
    kJoining,
    kOver,
  };

  // Called by the workers, which hold the submitter's lock.
  std::optional<std::size_t> fetch();
  void wake_one_idle(World& world);
  void finished(std::size_t task, World& world);
  void tell_submitter(World& world, const Worker& about) {
    if (awaited_thread_ == &about) world.unpark(*submitter_);
  }

  // Lets tasks go whose last predecessor has arrived; false: none has.
  bool take_arrival();
  const PythonThread* worker_that_is_awake() const;
  Action hand_over(World& world);

  const Configuration& configuration_;
  BatchRecord& record_;
  const Shape shape_;
  const std::size_t begin_;
  PythonThread* submitter_ = nullptr;
  Stage stage_ = Stage::kSubmitting;
  std::size_t submitted_ = 0;
  std::size_t fetched_ = 0;
  std::size_t collected_ = 0;
  std::size_t joined_ = 0;
  bool closing_ = false;
  std::vector<bool> done_;  // by task, from `begin`
  ReadyTasks ready_;
  std::deque<std::size_t> arrived_;  // of a graph: done, and not yet seen by the submitter
  bool awaits_any_ = false;
  std::optional<std::size_t> awaited_task_;
  const Worker* awaited_thread_ = nullptr;
  std::deque<Worker> workers_;
  std::vector<const PythonThread*> threads_;
  std::deque<PythonThread*> idle_;
  const bool hands_results_on_;
  ResultHandling handling_;
};

}  // namespace gilsim::model
