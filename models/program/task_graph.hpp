// Tasks that wait for other tasks: who is ready when, whether that can go well, and the graph
// itself for bounds on it. Tasks are numbered stage by stage.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "models/program/stage.hpp"

namespace gilsim::model {

// Stages that wait for each other, each for the next one and the last for the first; empty: none.
std::vector<std::size_t> cycle_of(const std::vector<Stage>& stages);

int tasks_of(const std::vector<Stage>& stages);

// Who goes before whom. After the tasks come vertices that stand for "all of a stage are done", one
// a stage.
struct TaskEdges {
  std::size_t tasks = 0;
  std::size_t vertices = 0;
  std::vector<std::pair<std::size_t, std::size_t>> edges;
};
TaskEdges edges_of(const std::vector<Stage>& stages);

// Tasks in the order in which they become ready, those that do so at once by their number.
class ReadyTasks {
 public:
  // Without stages: tasks [begin, end), which wait for nobody.
  ReadyTasks(const std::vector<Stage>& stages, std::size_t begin, std::size_t end);

  bool is_graph() const { return !waits_.empty(); }
  std::size_t count() const { return ready_.size(); }  // so far
  std::size_t task(std::size_t place) const { return ready_[place]; }
  // That task is done; those that wait for nobody else now follow.
  void done(std::size_t task);

 private:
  void release(std::size_t task);

  std::vector<std::size_t> ready_;
  std::vector<std::vector<std::size_t>> next_;  // by vertex of edges_of()
  std::vector<int> waits_;                      // by vertex: for so many
  std::size_t tasks_ = 0;
};

}  // namespace gilsim::model
