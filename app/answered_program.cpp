#include "app/answered_program.hpp"

#include <algorithm>
#include <map>

#include "app/request_times.hpp"

namespace gilsim::app {
namespace {

using trace::Call;
using trace::Round;

constexpr std::size_t kFewestAnswers = 20;
constexpr std::size_t kFewestWaits = 3;
constexpr std::size_t kMaxRounds = 20;
constexpr std::uint64_t kSurelyWaited = 100'000;  // a call that finds something is disturbed, too
constexpr std::size_t kTimes = 32;                // that stand for a request's
constexpr double kNearlyAll = 0.8;

using Kinds = std::vector<std::optional<Call>>;

// Rounds that send the first answer after something was received.
std::vector<std::size_t> answers_among(const std::vector<Round>& rounds) {
  std::vector<std::size_t> found;
  bool has_received = false;
  for (std::size_t index = 0; index < rounds.size(); ++index) {
    if (rounds[index].call == Call::kReceive) has_received = true;
    if (rounds[index].call != Call::kSend || !has_received) continue;
    found.push_back(index);
    has_received = false;
  }
  return found;
}

Kinds kinds_between(const std::vector<Round>& rounds, std::size_t before, std::size_t end) {
  Kinds kinds;
  for (std::size_t index = before + 1; index <= end; ++index) kinds.push_back(rounds[index].call);
  return kinds;
}

// The call that the request is waited for in: that which receives it, or the poll before.
std::optional<std::size_t> request_in(const Kinds& kinds) {
  const auto receive = std::find(kinds.begin(), kinds.end(), Call::kReceive);
  if (receive == kinds.end()) return {};
  const auto at = static_cast<std::size_t>(receive - kinds.begin());
  return at > 0 && kinds[at - 1] == Call::kPoll ? at - 1 : at;
}

model::Distribution times_of(const std::vector<double>& times, bool replay) {
  if (!replay) return thinned(times);
  model::Recorded recorded;
  for (const double time : times) {  // 0 would mean that the step is not there
    recorded.samples.push_back(std::max(three_digits(time), sim::Duration::nanoseconds(1)));
  }
  return recorded;
}

}  // namespace

std::optional<AnsweredRounds> answered_rounds(const std::vector<Round>& rounds) {
  const std::vector<std::size_t> answers = answers_among(rounds);
  if (answers.size() < kFewestAnswers) return {};
  std::map<Kinds, std::size_t> counts;
  for (std::size_t i = 1; i < answers.size(); ++i) {
    ++counts[kinds_between(rounds, answers[i - 1], answers[i])];
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  const Kinds& kinds = most->first;
  const std::optional<std::size_t> request = request_in(kinds);
  const bool is_one_kind =
      static_cast<double>(most->second) >= kNearlyAll * static_cast<double>(answers.size() - 1);
  if (!request || !is_one_kind || kinds.size() > kMaxRounds) return {};
  AnsweredRounds found{{}, kinds.size(), *request, 0};
  for (std::size_t i = 1; i < answers.size(); ++i) {
    if (kinds_between(rounds, answers[i - 1], answers[i]) != kinds) continue;
    found.ends.push_back(answers[i]);
    if (rounds[answers[i - 1] + 1 + *request].wait >= kSurelyWaited) ++found.received;
  }
  if (found.received < kFewestWaits) return {};
  return found;
}

namespace {

// The steps of one round, part by part: a part is a round of the thread, its bytecode and then the
// call that it let the lock go for. Part 0 is the answer before.
class RoundSteps {
 public:
  RoundSteps(const AnsweredRounds& answered, const std::vector<Round>& rounds,
             const trace::ThreadSummary& thread, const TraceProgram& program, bool replay)
      : answered_(answered),
        rounds_(rounds),
        thread_(thread),
        program_(program),
        replay_(replay),
        count_(replay ? std::min(answered.ends.size(), kMaxReplayedRounds) : answered.ends.size()),
        first_((answered.ends.size() - count_) / 2) {}

  model::Step python(std::size_t part) const {
    model::PythonStep step;
    step.time = column(part, [&](const Round& one) { return program_.python(one, thread_); });
    return step;
  }

  model::Step released(std::size_t part) const {
    const auto time =
        column(part, [&](const Round& one) { return program_.released(one, thread_); });
    return model::NativeStep{time, model::LockMode::kReleased};
  }

  model::Step request() const {
    std::vector<Request> requests;
    for (const std::size_t end : answered_.ends) {
      const Round& sent = part_of(end, 0);
      const Round& waited = part_of(end, answered_.request + 1);
      const double time = program_.nominal_wait(static_cast<double>(waited.waited - sent.dropped));
      requests.push_back({time, waited.wait >= kSurelyWaited});
    }
    model::WaitStep step;
    step.time = thinned(likely_times(requests, replay_ ? 1 : kTimes));
    step.since = model::WaitSince::kRound;
    return step;
  }

 private:
  const Round& part_of(std::size_t end, std::size_t part) const {
    return rounds_[end - answered_.length + part];
  }

  template <class Time>
  model::Distribution column(std::size_t part, Time time) const {
    std::vector<double> times;
    for (std::size_t i = 0; i < count_; ++i) {
      times.push_back(time(part_of(answered_.ends[first_ + i], part)));
    }
    return times_of(times, replay_);
  }

  const AnsweredRounds& answered_;
  const std::vector<Round>& rounds_;
  const trace::ThreadSummary& thread_;
  const TraceProgram& program_;
  const bool replay_;
  const std::size_t count_;
  const std::size_t first_;
};

}  // namespace

std::vector<model::Step> answered_steps(const AnsweredRounds& answered,
                                        const trace::ThreadBursts& bursts,
                                        const trace::ThreadSummary& thread,
                                        const TraceProgram& program, bool replay) {
  const RoundSteps of(answered, bursts.rounds, thread, program, replay);
  std::vector<model::Step> steps{of.released(0)};
  for (std::size_t part = 1; part <= answered.length; ++part) {
    steps.push_back(of.python(part));
    if (part == answered.length) break;
    steps.push_back(part == answered.request + 1 ? of.request() : of.released(part));
  }
  return steps;
}

}  // namespace gilsim::app
