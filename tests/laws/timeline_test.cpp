// A recorded timeline tells the truth about a run and leaves it as it is.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/timeline/recorder.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/random_scenario.hpp"

namespace gilsim::test {
namespace {

using model::Activity;
using model::Configuration;
using model::Timeline;
using sim::Duration;
using sim::Time;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
constexpr Time at(Duration since_start) { return Time::from_start(since_start); }

Timeline recorded(const Configuration& configuration, std::uint64_t seed, Time from = {},
                  Time to = Time::max()) {
  model::TimelineRecorder recorder(from, to);
  simulate(configuration, seed, 0, model::Laws::kChecked, &recorder);
  return recorder.take();
}

template <class Check>
void for_random_scenarios(std::string_view stream, Check check) {
  sim::RandomStream random(1, 0, stream);
  for (std::uint64_t i = 0; i < 100; ++i) {
    SCOPED_TRACE("scenario " + std::to_string(i));
    check(random_scenario(random, {}), i);
  }
}

TEST(Timeline, WatchingARunChangesNothingInIt) {
  for_random_scenarios("watched", [](const Configuration& c, std::uint64_t seed) {
    model::TimelineRecorder recorder({}, Time::max());
    const auto watched = simulate(c, seed, 0, model::Laws::kChecked, &recorder);
    const auto unwatched = simulate(c, seed, 0);
    EXPECT_EQ(watched.fingerprint, unwatched.fingerprint);
    EXPECT_EQ(watched.events, unwatched.events);
    EXPECT_EQ(watched.outcome.wall, unwatched.outcome.wall);
  });
}

TEST(Timeline, AThreadIsAboutOneThingAtAnyTime) {
  for_random_scenarios("one thing", [](const Configuration& c, std::uint64_t seed) {
    const Timeline timeline = recorded(c, seed);
    std::vector<Time> until(timeline.threads.size());
    for (const model::Span& span : timeline.spans) {
      EXPECT_LT(span.from, span.to);
      EXPECT_GE(span.from, until[span.thread]);
      until[span.thread] = span.to;
    }
    for (const auto& thread : timeline.threads) {
      Duration all;
      for (const Duration time : thread.times) all += time;
      EXPECT_EQ(all, timeline.length) << thread.name;
    }
  });
}

TEST(Timeline, ALockHasOneHolderAndACoreOneThreadAtAnyTime) {
  for_random_scenarios("one holder", [](const Configuration& c, std::uint64_t seed) {
    const Timeline timeline = recorded(c, seed);
    std::vector<Time> held_until(timeline.locks);
    std::vector<Time> taken_until(static_cast<std::size_t>(timeline.cores));
    for (const model::Span& span : timeline.spans) {
      if (!timeline.excludes || !model::holds_the_lock(span.activity)) continue;
      Time& until = held_until[timeline.threads[span.thread].lock];
      EXPECT_GE(span.from, until);
      until = span.to;
    }
    for (const model::CoreSpan& span : timeline.core_spans) {
      EXPECT_GE(span.from, taken_until[span.core]);
      taken_until[span.core] = span.to;
    }
  });
}

TEST(Timeline, TimeOnACoreIsChargedAsCpuTime) {
  for_random_scenarios("cpu time", [](const Configuration& c, std::uint64_t seed) {
    model::TimelineRecorder recorder({}, Time::max());
    const auto run = simulate(c, seed, 0, model::Laws::kChecked, &recorder);
    Duration on_core, arriving;
    const Timeline timeline = recorder.take();
    for (const auto& thread : timeline.threads) {
      for (std::size_t i = 0; i < model::kActivities; ++i) {
        if (model::has_a_core(static_cast<Activity>(i))) on_core += thread.times[i];
      }
    }
    for (const model::CoreSpan& span : timeline.core_spans) {
      if (span.thread >= 0) arriving += span.to - span.from;
    }
    EXPECT_LE(on_core, run.outcome.cpu);   // a part of arriving is charged, too
    EXPECT_LE(run.outcome.cpu, arriving);  // a core is taken before its time is charged
  });
}

Configuration convoy() {
  Configuration c = model::free_machine(2);
  c.threads = {{"cpu", {model::PythonStep{model::Constant{ms(1)}, {}}}},
               {"sleeper", {model::WaitStep{model::Constant{ms(1)}, model::WaitVia::kSleep}}}};
  c.duration = ms(600);
  return c;
}

Duration time_of(const Timeline& timeline, std::size_t thread, Activity activity) {
  return timeline.threads[thread].times[static_cast<std::size_t>(activity)];
}

// On a free machine a round of the sleeper is 1 ms of sleep and a wait of one interval of 5 ms.
TEST(Timeline, AThreadThatSleepsBesideOneThatComputesWaitsAnIntervalEachTime) {
  const Timeline timeline = recorded(convoy(), 1);
  EXPECT_EQ(timeline.threads[1].name, "sleeper");
  EXPECT_LE(time_of(timeline, 1, Activity::kWaiting), ms(100));
  EXPECT_GE(time_of(timeline, 1, Activity::kWaiting), ms(100) - Duration::microseconds(1));
  const auto& waits = timeline.threads[1].lock_waits;
  ASSERT_GE(waits.size(), 99U);
  for (const Duration wait : waits) {
    EXPECT_GE(wait, ms(5));
    EXPECT_LE(wait, ms(5) + Duration::microseconds(1));
  }
  EXPECT_GE(time_of(timeline, 0, Activity::kPython), ms(599));
}

TEST(Timeline, AWindowCutsSpansAndLeavesTheTimesOfTheWholeRun) {
  const Timeline whole = recorded(convoy(), 1);
  const Timeline part = recorded(convoy(), 1, at(ms(100)), at(ms(130)));
  EXPECT_EQ(part.from, at(ms(100)));
  EXPECT_EQ(part.to, at(ms(130)));
  EXPECT_LT(part.spans.size(), whole.spans.size());
  Duration of_sleeper;
  for (const model::Span& span : part.spans) {
    EXPECT_GE(span.from, part.from);
    EXPECT_LE(span.to, part.to);
    if (span.thread == 1) of_sleeper += span.to - span.from;
  }
  EXPECT_EQ(of_sleeper, ms(30));
  EXPECT_EQ(part.length, whole.length);
  EXPECT_EQ(part.threads[1].times, whole.threads[1].times);
}

TEST(Timeline, OfABatchEndsWithItsLastEvent) {
  Configuration c = model::free_machine(1);
  c.batch = {4, {model::PythonStep{model::Constant{ms(3)}, {}}}};
  EXPECT_EQ(recorded(c, 1).length, ms(12));
  EXPECT_EQ(time_of(recorded(c, 1), 0, Activity::kPython), ms(12));
}

TEST(Timeline, WhoWaitsForACoreIsToldFromWhoWaitsForTheLock) {
  Configuration c = model::free_machine(1);
  c.batch = {2, {model::NativeStep{model::Constant{ms(40)}, model::LockMode::kReleased}}};
  c.strategy = model::StrategyKind::kThreads;
  c.workers = 2;
  const Timeline timeline = recorded(c, 1);
  Duration for_core, for_lock;
  for (std::size_t i = 0; i < timeline.threads.size(); ++i) {
    for_core += time_of(timeline, i, Activity::kWaitsForCore);
    for_lock += time_of(timeline, i, Activity::kWaitsForLock);
  }
  EXPECT_GE(for_core, ms(35));
  EXPECT_EQ(for_lock, Duration{});
}

TEST(Timeline, ThreadsOfASpentQuotaAreThrottled) {
  Configuration c = model::free_machine(2);
  c.machine.quota = model::QuotaParameters{};
  c.machine.quota->quota = ms(50);
  c.machine.quota->period = ms(100);
  c.batch = {1, {model::NativeStep{model::Constant{ms(200)}, model::LockMode::kReleased}}};
  EXPECT_GE(time_of(recorded(c, 1), 0, Activity::kThrottled), ms(100));
}

}  // namespace
}  // namespace gilsim::test
