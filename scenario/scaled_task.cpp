#include "scenario/scaled_task.hpp"

#include <algorithm>

namespace gilsim::scenario {
namespace {

bool is_wait(const model::Step& step) { return std::holds_alternative<model::WaitStep>(step); }

struct Factors {
  double computing = 1;
  double waiting = 1;
};

Factors factors_of(const BatchEntry& batch, const TaskMeans& means) {
  const double total =
      batch.task_time ? static_cast<double>(batch.task_time->count()) : means.total();
  const double share = batch.waiting.value_or(means.waiting / means.total());
  const auto factor = [](double wanted, double there) { return there > 0 ? wanted / there : 1; };
  return {factor((1 - share) * total, means.computing), factor(share * total, means.waiting)};
}

}  // namespace

std::optional<TaskMeans> means_of(const std::vector<model::Step>& task) {
  TaskMeans means;
  for (const model::Step& step : task) {
    const auto* const python = std::get_if<model::PythonStep>(&step);
    if (python != nullptr && python->loops) return std::nullopt;
    const double mean = std::visit(
        [](const auto& any) {
          if constexpr (!requires { any.time; })
            return 0.0;
          else
            return static_cast<double>(model::mean_of(any.time).count());
        },
        step);
    (is_wait(step) ? means.waiting : means.computing) += mean;
  }
  return means;
}

std::string why_not_scaled(const BatchEntry& batch, const std::string& key) {
  const std::optional<TaskMeans> means = means_of(batch.task);
  if (!means) return "a step says a number of loops and no time";
  if (means->total() <= 0) return "the task takes no time";
  if (key != "waiting" || !batch.waiting) return "";
  if (*batch.waiting > 0 && means->waiting <= 0) return "no step of the task waits";
  if (*batch.waiting < 1 && means->computing <= 0) return "no step of the task computes";
  return "";
}

std::vector<model::Step> scaled_task(const BatchEntry& batch) {
  std::vector<model::Step> task = batch.task;
  if (!batch.task_time && !batch.waiting) return task;
  const std::optional<TaskMeans> means = means_of(task);
  if (!means || means->total() <= 0) return task;
  const Factors factors = factors_of(batch, *means);
  const auto factor_of = [&](const model::Step& step) {
    return is_wait(step) ? factors.waiting : factors.computing;
  };
  // A wait of no time is still a system call and a turn at the lock.
  task.erase(std::remove_if(task.begin(), task.end(),
                            [&](const model::Step& step) { return factor_of(step) == 0; }),
             task.end());
  for (model::Step& step : task) {
    const double factor = factor_of(step);
    std::visit(
        [&](auto& any) {
          if constexpr (requires { any.time; }) any.time = model::scaled(any.time, factor);
        },
        step);
  }
  return task;
}

}  // namespace gilsim::scenario
