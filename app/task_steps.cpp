#include "app/task_steps.hpp"

#include <algorithm>

namespace gilsim::app {
namespace {

using Rounds = std::vector<trace::Round>;
using Times = std::vector<double>;  // of one part of one round, by task; 0: not in that task

void join(trace::Round& round, const trace::Round& next) {
  round.python += next.python;
  round.native += next.native;
  round.wait += next.wait;
}

Rounds without_short_releases(const Rounds& recorded) {
  Rounds rounds;
  trace::Round pending;
  for (const trace::Round& round : recorded) {
    join(pending, round);
    if (pending.wait == 0 && round.native < kShortRelease) {
      pending.python += pending.native;
      pending.native = 0;
      continue;
    }
    rounds.push_back(pending);
    pending = {};
  }
  if (pending.python > 0) rounds.push_back(pending);
  return rounds;
}

std::uint64_t length(const trace::Round& round) { return round.python + round.native + round.wait; }

void shorten(Rounds& rounds) {
  while (rounds.size() > kMaxRounds) {
    std::size_t shortest = 0;
    for (std::size_t at = 1; at + 1 < rounds.size(); ++at) {
      const std::uint64_t here = length(rounds[at]) + length(rounds[at + 1]);
      if (here < length(rounds[shortest]) + length(rounds[shortest + 1])) shortest = at;
    }
    join(rounds[shortest], rounds[shortest + 1]);
    rounds.erase(rounds.begin() + static_cast<std::ptrdiff_t>(shortest) + 1);
  }
}

struct Columns {
  Times python, native, wait;
};

std::vector<Columns> columns_of(const std::vector<SeenTask>& tasks, const TraceProgram& program) {
  std::vector<Columns> columns;
  for (std::size_t index = 0; index < tasks.size(); ++index) {
    Rounds rounds = without_short_releases(tasks[index].task->rounds);
    shorten(rounds);
    for (std::size_t at = 0; at < rounds.size(); ++at) {
      if (at == columns.size()) {
        const Times none(tasks.size(), 0.0);
        columns.push_back({none, none, none});
      }
      const trace::ThreadSummary& thread = *tasks[index].thread;
      columns[at].python[index] = program.python(rounds[at], thread);
      Times& released = rounds[at].wait > 0 ? columns[at].wait : columns[at].native;
      released[index] = program.released(rounds[at], thread);
    }
  }
  return columns;
}

bool has_any(const Times& times) {
  return std::any_of(times.begin(), times.end(), [](double time) { return time >= 1; });
}

bool is_in_all(const Times& times) {
  return std::all_of(times.begin(), times.end(), [](double time) { return time >= 1; });
}

model::Distribution distribution_of(const Times& times, bool replay) {
  if (!replay) return thinned(times);
  model::Recorded recorded;
  for (const double time : times) recorded.samples.push_back(three_digits(time));
  return recorded;
}

}  // namespace

std::vector<model::Step> task_steps(const std::vector<SeenTask>& tasks, const TraceProgram& program,
                                    bool replay) {
  std::vector<model::Step> steps;
  const auto times_of = [&](const Times& times) {
    return distribution_of(times, replay || !is_in_all(times));
  };
  for (const Columns& column : columns_of(tasks, program)) {
    if (has_any(column.python)) steps.push_back(model::PythonStep{times_of(column.python), {}});
    if (has_any(column.native)) {
      steps.push_back(model::NativeStep{times_of(column.native), model::LockMode::kReleased});
    }
    if (has_any(column.wait)) steps.push_back(model::WaitStep{times_of(column.wait)});
  }
  return steps;
}

}  // namespace gilsim::app
