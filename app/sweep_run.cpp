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

class SweepRun {
 public:
  SweepRun(const SweepPlan& plan, std::size_t first, int jobs, Io& io,
           const std::function<void(const Json&)>& record)
      : plan_(plan),
        first_(first),
        begin_(first < plan.points() ? plan.first_points[plan.combination_of(first)] : first),
        jobs_(jobs),
        io_(io),
        record_(record),
        expansions_(plan),
        results_(begin_, window(plan, jobs), io.stop,
                 [this](std::size_t index, Waiting& waiting) { return leave(index, waiting); }) {}

  void run() {
    Progress progress(io_, "simulating", plan_.points() - begin_, Progress::Plain::kSilent);
    parallel_for(
        plan_.points() - begin_, jobs_, io_.stop, [&](std::size_t i) { work(begin_ + i); },
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

  void work(std::size_t index) {
    if (!results_.may_begin(index)) return;
    try {
      const std::size_t combination = plan_.combination_of(index);
      const auto points = expansions_.of(combination);
      const scenario::Point& point = (*points)[index - plan_.first_points[combination]];
      results_.finish(index, replicate(point, plan_.seed, plan_.rule));
    } catch (...) {
      results_.close();
      throw;
    }
  }

  // A combination's results stay until its last point has left, for the speedups.
  bool leave(std::size_t index, Waiting& waiting) {
    const std::size_t combination = plan_.combination_of(index);
    const std::size_t first = plan_.first_points[combination];
    const auto points = expansions_.of(combination);
    const auto reference = speedup_reference(*points, index - first);
    const std::vector<RunFigures>* reference_runs = nullptr;
    if (reference) {
      const auto found = waiting.find(first + *reference);
      if (found == waiting.end()) return false;
      reference_runs = &found->second.runs;
    }
    if (index >= first_) {
      record_(
          sweep_record(plan_, index, (*points)[index - first], waiting.at(index), reference_runs));
    }
    if (index + 1 == plan_.first_points[combination + 1]) {
      waiting.erase(waiting.begin(), waiting.upper_bound(index));
      expansions_.forget(combination);
    }
    return true;
  }

  const SweepPlan& plan_;
  const std::size_t first_;
  const std::size_t begin_;  // of the combination of the first point
  const int jobs_;
  Io& io_;
  const std::function<void(const Json&)>& record_;
  Expansions expansions_;
  OrderedResults<Replicated> results_;
};

}  // namespace

void run_sweep(const SweepPlan& plan, std::size_t first, int jobs, Io& io,
               const std::function<void(const Json&)>& record) {
  SweepRun(plan, first, jobs, io, record).run();
}

}  // namespace gilsim::app
