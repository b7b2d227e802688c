#include "app/sweep_run.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "app/ordered_results.hpp"
#include "app/parallel.hpp"
#include "app/progress.hpp"
#include "app/report.hpp"

namespace gilsim::app {
namespace {

using Points = std::vector<scenario::Point>;

// The points of the combinations that are being worked on.
class Expansions {
 public:
  explicit Expansions(const SweepPlan& plan) : plan_(plan) {}

  std::shared_ptr<const Points> of(std::size_t combination) {
    const std::lock_guard<std::mutex> guard(mutex_);
    std::shared_ptr<const Points>& known = known_[combination];
    if (!known) known = std::make_shared<const Points>(plan_.expand(combination));
    return known;
  }

  void forget(std::size_t combination) {
    const std::lock_guard<std::mutex> guard(mutex_);
    known_.erase(combination);
  }

 private:
  const SweepPlan& plan_;
  std::mutex mutex_;
  std::map<std::size_t, std::shared_ptr<const Points>> known_;
};

// The points that a part of the combinations has, from the combination of a point on.
std::vector<std::size_t> points_of(const SweepPlan& plan, std::size_t first, SweepPart part) {
  std::vector<std::size_t> points;
  if (first >= plan.points()) return points;
  for (std::size_t i = plan.combination_of(first); i < plan.combinations(); ++i) {
    if (i % part.of != part.one) continue;
    for (std::size_t k = plan.first_points[i]; k < plan.first_points[i + 1]; ++k) {
      points.push_back(k);
    }
  }
  return points;
}

class SweepRun {
 public:
  SweepRun(const SweepPlan& plan, std::size_t first, int jobs, Io& io,
           const std::function<void(const Json&)>& record, SweepPart part)
      : plan_(plan),
        first_(first),
        points_(points_of(plan, first, part)),
        jobs_(jobs),
        io_(io),
        record_(record),
        expansions_(plan),
        results_(0, window(plan, jobs), io.stop,
                 [this](std::size_t place, Waiting& waiting) { return leave(place, waiting); }) {}

  void run() {
    Progress progress(io_, "simulating", points_.size(), Progress::Plain::kSilent);
    parallel_for(
        points_.size(), jobs_, io_.stop, [&](std::size_t i) { work(i); },
        [&](std::size_t done) {
          progress.update(done, io_.stop ? "finishing what has begun" : "");
        });
  }

 private:
  using Waiting = OrderedResults<Replicated>::Waiting;

  // Wide enough for all points of a combination: a speedup waits for its `sequential`.
  static std::size_t window(const SweepPlan& plan, int jobs) {
    std::size_t largest = 0;
    for (std::size_t i = 0; i + 1 < plan.first_points.size(); ++i) {
      largest = std::max(largest, plan.first_points[i + 1] - plan.first_points[i]);
    }
    return std::max(2 * largest, 64 * static_cast<std::size_t>(jobs));
  }

  void work(std::size_t place) {
    if (!results_.may_begin(place)) return;
    try {
      const std::size_t index = points_[place];
      const std::size_t combination = plan_.combination_of(index);
      const auto points = expansions_.of(combination);
      const scenario::Point& point = (*points)[index - plan_.first_points[combination]];
      results_.finish(place, replicate(point, plan_.seed, plan_.rule));
    } catch (...) {
      results_.close();
      throw;
    }
  }

  // A combination's results stay until its last point has left, for the speedups.
  bool leave(std::size_t place, Waiting& waiting) {
    const std::size_t index = points_[place];
    const std::size_t combination = plan_.combination_of(index);
    const std::size_t within = index - plan_.first_points[combination];
    const auto points = expansions_.of(combination);
    const auto reference = speedup_reference(*points, within);
    const std::vector<RunFigures>* reference_runs = nullptr;
    if (reference) {
      const auto found = waiting.find(place - within + *reference);
      if (found == waiting.end()) return false;
      reference_runs = &found->second.runs;
    }
    if (index >= first_) {
      record_(sweep_record(plan_, index, (*points)[within], waiting.at(place), reference_runs));
    }
    if (index + 1 == plan_.first_points[combination + 1]) {
      waiting.erase(waiting.begin(), waiting.upper_bound(place));
      expansions_.forget(combination);
    }
    return true;
  }

  const SweepPlan& plan_;
  const std::size_t first_;
  const std::vector<std::size_t> points_;  // whole combinations, in order
  const int jobs_;
  Io& io_;
  const std::function<void(const Json&)>& record_;
  Expansions expansions_;
  OrderedResults<Replicated> results_;
};

}  // namespace

void run_sweep(const SweepPlan& plan, std::size_t first, int jobs, Io& io,
               const std::function<void(const Json&)>& record, SweepPart part) {
  SweepRun(plan, first, jobs, io, record, part).run();
}

}  // namespace gilsim::app
