#include "models/program/task_graph.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <numeric>

namespace gilsim::model {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;

// Keeps the way from the root of the search to where it is; an edge back into it closes a cycle.
class CycleFinder : public boost::default_dfs_visitor {
 public:
  CycleFinder(std::vector<Vertex>& way, std::vector<Vertex>& cycle) : way_(way), cycle_(cycle) {}

  void discover_vertex(Vertex vertex, const Graph&) { way_.push_back(vertex); }
  void finish_vertex(Vertex, const Graph&) { way_.pop_back(); }
  void back_edge(boost::graph_traits<Graph>::edge_descriptor edge, const Graph& graph) {
    if (!cycle_.empty()) return;
    cycle_.assign(std::find(way_.begin(), way_.end(), boost::target(edge, graph)), way_.end());
  }

 private:
  std::vector<Vertex>& way_;
  std::vector<Vertex>& cycle_;
};

template <class Do>
void for_each_wait(const std::vector<Stage>& stages, Do&& act) {
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    for (const std::size_t other : stages[stage].after) act(stage, other, false);
    for (const std::size_t other : stages[stage].each_after) act(stage, other, true);
  }
}

}  // namespace

std::vector<std::size_t> cycle_of(const std::vector<Stage>& stages) {
  Graph graph(stages.size());
  for_each_wait(stages, [&](std::size_t stage, std::size_t other, bool) {
    boost::add_edge(stage, other, graph);
  });
  std::vector<Vertex> way;
  std::vector<Vertex> cycle;
  boost::depth_first_search(graph, boost::visitor(CycleFinder(way, cycle)));
  return {cycle.begin(), cycle.end()};
}

int tasks_of(const std::vector<Stage>& stages) {
  return std::accumulate(stages.begin(), stages.end(), 0,
                         [](int sum, const Stage& stage) { return sum + stage.tasks; });
}

TaskEdges edges_of(const std::vector<Stage>& stages) {
  TaskEdges result;
  std::vector<std::size_t> first;
  for (const Stage& stage : stages) {
    first.push_back(result.tasks);
    result.tasks += static_cast<std::size_t>(stage.tasks);
  }
  result.vertices = result.tasks + stages.size();
  std::vector<bool> has_end(stages.size(), false);
  const auto tasks = [&](std::size_t stage) {
    return static_cast<std::size_t>(stages[stage].tasks);
  };
  for_each_wait(stages, [&](std::size_t stage, std::size_t other, bool pairwise) {
    if (pairwise) {
      for (std::size_t i = 0; i < tasks(stage); ++i) {
        result.edges.emplace_back(first[other] + i, first[stage] + i);
      }
      return;
    }
    const std::size_t end = result.tasks + other;
    if (!has_end[other]) {
      for (std::size_t i = 0; i < tasks(other); ++i)
        result.edges.emplace_back(first[other] + i, end);
    }
    has_end[other] = true;
    for (std::size_t i = 0; i < tasks(stage); ++i) result.edges.emplace_back(end, first[stage] + i);
  });
  return result;
}

ReadyTasks::ReadyTasks(const std::vector<Stage>& stages, std::size_t begin, std::size_t end) {
  if (stages.empty()) {
    ready_.resize(end - begin);
    std::iota(ready_.begin(), ready_.end(), begin);
    return;
  }
  const TaskEdges graph = edges_of(stages);
  tasks_ = graph.tasks;
  next_.resize(graph.vertices);
  waits_.resize(graph.vertices, 0);
  for (const auto& [before, after] : graph.edges) {
    next_[before].push_back(after);
    ++waits_[after];
  }
  for (std::size_t task = 0; task < tasks_; ++task) {
    if (waits_[task] == 0) ready_.push_back(task);
  }
}

void ReadyTasks::done(std::size_t task) {
  if (is_graph()) release(task);
}

void ReadyTasks::release(std::size_t vertex) {
  for (const std::size_t next : next_[vertex]) {
    if (--waits_[next] > 0) continue;
    if (next < tasks_) {
      ready_.push_back(next);
    } else {
      release(next);
    }
  }
}

}  // namespace gilsim::model
