// A sweep for people: what was varied, where each figure was best and worst, and every point where
// there are few. Holds a bounded number of records, however long the sweep is.
#pragma once

#include <string>
#include <vector>

#include "app/sweep_record.hpp"

namespace gilsim::app {

class SweepSummary {
 public:
  explicit SweepSummary(const SweepPlan& plan);

  void add(const Json& record);
  std::size_t points() const { return points_; }
  // Points that --max-replications ended before they had the precision asked for.
  std::size_t imprecise_points() const { return imprecise_; }
  std::string text() const;

 private:
  // One figure of one point.
  struct Seen {
    std::string where;  // the point's label, with what its scenario varies on its own
    std::size_t combination = 0;
    double value = 0, low = 0, high = 0;
  };
  struct Extremes {
    std::string metric, unit;
    Seen best, worst;
  };
  struct Row {
    Seen point;
    std::vector<std::pair<std::string, std::string>> figures;  // metric, value for people
  };

  std::string where(const Json& record) const;
  void add_figure(const std::string& metric, const Json& figure, const Seen& point);
  std::vector<std::string> varied_cells(std::size_t combination) const;
  std::string heading() const;
  std::string extremes_table() const;
  std::string points_table() const;

  const SweepPlan& plan_;
  bool cores_differ_ = false, interpreters_differ_ = false, intervals_differ_ = false;
  bool locks_differ_ = false;
  std::size_t points_ = 0;
  std::size_t imprecise_ = 0;
  std::vector<Extremes> extremes_;
  std::vector<Row> rows_;  // of the first points
};

}  // namespace gilsim::app
