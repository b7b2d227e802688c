#include "analysis/critical_path.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

std::vector<std::size_t> order_of(const Graph& graph) {
  std::vector<std::size_t> order;
  try {
    boost::topological_sort(graph, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    throw std::invalid_argument("tasks that wait for each other have no critical path");
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace

CriticalPath critical_path(const std::vector<double>& times,
                           const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  for (const double time : times) {
    if (!std::isfinite(time) || time < 0) throw std::invalid_argument("a task of no proper time");
  }
  Graph graph(times.size());
  for (const auto& [from, to] : edges) {
    if (from >= times.size() || to >= times.size()) throw std::invalid_argument("no such task");
    boost::add_edge(from, to, graph);
  }
  const std::size_t none = times.size();
  std::vector<double> until = times;  // the longest way to the end of each
  std::vector<std::size_t> before(times.size(), none);
  CriticalPath result;
  std::size_t last = none;
  for (const std::size_t vertex : order_of(graph)) {
    if (last == none || until[vertex] > result.span) {
      result.span = until[vertex];
      last = vertex;
    }
    for (const auto edge : boost::make_iterator_range(boost::out_edges(vertex, graph))) {
      const std::size_t next = boost::target(edge, graph);
      if (before[next] != none && until[vertex] + times[next] <= until[next]) continue;
      until[next] = until[vertex] + times[next];
      before[next] = vertex;
    }
  }
  for (std::size_t at = last; at != none; at = before[at]) result.vertices.push_back(at);
  std::reverse(result.vertices.begin(), result.vertices.end());
  return result;
}

double greedy_bound(double work, double span, int workers) {
  if (workers < 1) throw std::invalid_argument("no workers");
  return work / workers + span * (1 - 1.0 / workers);
}

}  // namespace gilsim::analysis
