#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "host/trace/summary.hpp"
#include "tests/host/temporary_folder.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::trace {
namespace {

using test::TraceWriter;

constexpr std::uint32_t kMain = 100;

Summary summary_of(const TraceWriter& writer) {
  const host::TemporaryFolder folder;
  const std::string path = folder.path() / "t.trace";
  writer.write(path);
  const TraceFile file(path);
  return summarize(file);
}

const ThreadSummary& thread_of(const Summary& summary, std::uint32_t thread) {
  return *std::find_if(summary.threads.begin(), summary.threads.end(),
                       [&](const ThreadSummary& found) { return found.thread == thread; });
}

std::uint64_t blocked_in(const ThreadSummary& thread, Call call) {
  return thread.blocked[static_cast<std::size_t>(call)].time;
}

std::uint16_t number(Call call) { return static_cast<std::uint16_t>(call); }

TEST(Summary, SplitsAThreadsTimeIntoHeldNativeAndBlocked) {
  TraceWriter writer;
  writer.block().segment(kMain, 100).at(110, Kind::kTake).at(150, Kind::kDrop);
  writer.at(155, Kind::kBlock, number(Call::kSleep)).at(255, Kind::kUnblock, number(Call::kSleep));
  writer.at(260, Kind::kTake).at(300, Kind::kDrop).at(1300, Kind::kTake).at(1301, Kind::kDrop);
  const Summary summary = summary_of(writer);
  const ThreadSummary& thread = thread_of(summary, kMain);
  EXPECT_EQ(thread.held, 81U);
  EXPECT_EQ(blocked_in(thread, Call::kSleep), 100U);
  EXPECT_EQ(thread.native, 10U + 10U + 1000U);
  EXPECT_EQ(thread.waited, 0U);
  EXPECT_EQ(thread.takes, 3U);
  EXPECT_EQ(summary.locks.at(0).handovers, 0U);
}

TEST(Summary, TellsACallWhileHoldingTheLockFromOneWithoutIt) {
  TraceWriter writer;
  writer.block().segment(kMain, 100).at(110, Kind::kTake);
  writer.at(120, Kind::kBlock, number(Call::kRead)).at(130, Kind::kUnblock, number(Call::kRead));
  writer.at(140, Kind::kDrop);
  const Summary summary = summary_of(writer);
  const ThreadSummary& thread = thread_of(summary, kMain);
  EXPECT_EQ(thread.blocked_held[static_cast<std::size_t>(Call::kRead)].time, 10U);
  EXPECT_EQ(blocked_in(thread, Call::kRead), 0U);
  EXPECT_EQ(thread.held, 30U);
}

TEST(Summary, ChargesAWaitToTheThreadsThatHeldTheLockMeanwhile) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(100, Kind::kDrop);
  writer.segment(101, 0).at(110, Kind::kTake).at(150, Kind::kDrop);
  writer.segment(102, 0).at(40, Kind::kRequest).at(160, Kind::kTake).at(170, Kind::kDrop);
  const Summary summary = summary_of(writer);
  const ThreadSummary& waiter = thread_of(summary, 102);
  EXPECT_EQ(waiter.waited, 120U);
  EXPECT_EQ(waiter.waits, 1U);
  EXPECT_EQ(waiter.waited_for.at(0), 60U);
  EXPECT_EQ(waiter.waited_for.at(1), 40U);
  const LockSummary& lock = summary.locks.at(0);
  EXPECT_EQ(lock.handovers, 2U);
  EXPECT_EQ(lock.contended, 60U + 40U);
  EXPECT_EQ(lock.gap.count(), 2U);
  EXPECT_EQ(lock.gap.max(), 10U);
}

// Two wait; the holder is asked at 60 by the one that came later.
TraceWriter asked_by_the_later() {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(100, Kind::kDrop);
  return writer;
}

TEST(Summary, SaysThatTheOldestWaiterGotWhatAnotherHadAskedFor) {
  TraceWriter writer = asked_by_the_later();
  writer.segment(101, 0).at(20, Kind::kRequest).at(110, Kind::kTake).at(120, Kind::kDrop);
  writer.segment(102, 0).at(30, Kind::kRequest).at(60, Kind::kTimeout);
  const LockSummary lock = summary_of(writer).locks.at(0);
  EXPECT_EQ(lock.forced_to_oldest, 1U);
  EXPECT_EQ(lock.forced_stolen + lock.forced_barged, 0U);
  EXPECT_EQ(lock.forced_tenure.count(), 1U);
}

TEST(Summary, SaysThatTheOneWhoAskedTookItFromTheOldest) {
  TraceWriter writer = asked_by_the_later();
  writer.segment(101, 0).at(20, Kind::kRequest).at(90, Kind::kWoken);
  writer.segment(102, 0).at(30, Kind::kRequest).at(60, Kind::kTimeout).at(110, Kind::kTake);
  const LockSummary lock = summary_of(writer).locks.at(0);
  EXPECT_EQ(lock.forced_stolen, 1U);
  EXPECT_EQ(lock.stolen_by_requester, 1U);
}

TEST(Summary, SaysThatAThirdOneTookItWhoDidNotWaitAtTheDrop) {
  TraceWriter writer = asked_by_the_later();
  writer.segment(102, 0).at(30, Kind::kRequest).at(60, Kind::kTimeout);
  writer.segment(103, 0).at(105, Kind::kTake).at(120, Kind::kDrop);
  const LockSummary lock = summary_of(writer).locks.at(0);
  EXPECT_EQ(lock.forced_barged, 1U);
  EXPECT_EQ(lock.forced_to_oldest + lock.forced_stolen, 0U);
}

TEST(Summary, CountsNoRequestOfAnIntervalInWhichTheLockChangedHands) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(40, Kind::kDrop);
  writer.segment(101, 0).at(50, Kind::kTake).at(100, Kind::kDrop);
  writer.segment(102, 0).at(30, Kind::kRequest).at(60, Kind::kTimeout).at(110, Kind::kTake);
  EXPECT_EQ(summary_of(writer).locks.at(0).forced_tenure.count(), 0U);
}

TEST(Summary, TakesTheRecordersWordForAForcedDrop) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(40, Kind::kDrop).at(60, Kind::kForced);
  writer.segment(101, 0).at(20, Kind::kRequest).at(50, Kind::kTake).at(100, Kind::kDrop);
  const LockSummary lock = summary_of(writer).locks.at(0);
  EXPECT_EQ(lock.forced_tenure.count(), 1U);
  EXPECT_EQ(lock.forced_to_oldest, 1U);
}

TEST(Summary, ReportsTwoHoldersAtOnce) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(40, Kind::kDrop);
  writer.segment(101, 0).at(20, Kind::kTake).at(30, Kind::kDrop);
  EXPECT_EQ(summary_of(writer).locks.at(0).overlaps, 1U);
}

TEST(Summary, KeepsLocksOfOneProcessApart) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake, 0).at(40, Kind::kDrop, 0);
  writer.segment(101, 0).at(20, Kind::kTake, 1).at(30, Kind::kDrop, 1);
  const Summary summary = summary_of(writer);
  ASSERT_EQ(summary.locks.size(), 2U);
  EXPECT_EQ(summary.locks[0].overlaps + summary.locks[1].overlaps, 0U);
}

TEST(Summary, CallsAThreadParkedUntilAnotherOneHasTakenWhatItWasForcedToDrop) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(40, Kind::kDrop).at(45, Kind::kForced);
  writer.at(75, Kind::kForcedEnd).at(78, Kind::kRequest).at(90, Kind::kTake);
  const Summary summary = summary_of(writer);
  const ThreadSummary& thread = thread_of(summary, kMain);
  EXPECT_EQ(thread.parked, 30U);
  EXPECT_EQ(thread.native, 10U + 5U + 3U);
  EXPECT_EQ(thread.waited, 12U);
}

TEST(Summary, AddsUpToEachThreadsLife) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(10, Kind::kTake).at(100, Kind::kDrop);
  writer.at(120, Kind::kBlock, number(Call::kPoll)).at(180, Kind::kUnblock, number(Call::kPoll));
  writer.at(200, Kind::kRequest)
      .at(230, Kind::kTake)
      .at(300, Kind::kDrop)
      .at(310, Kind::kCpu, 0, {9});
  writer.segment(101, 0).at(50, Kind::kRequest).at(110, Kind::kTake).at(220, Kind::kDrop);
  writer.at(260, Kind::kRequest).at(290, Kind::kThreadEnd);
  for (const ThreadSummary& thread : summary_of(writer).threads) {
    const std::uint64_t blocked =
        std::accumulate(thread.blocked.begin(), thread.blocked.end(), std::uint64_t{0},
                        [](std::uint64_t sum, const CallTime& call) { return sum + call.time; });
    EXPECT_EQ(thread.held + thread.waited + thread.parked + thread.native + blocked,
              thread.end - thread.begin);
  }
}

TEST(Summary, ComparesCpuTimeWithWallTimeWithAndWithoutTheLock) {
  TraceWriter writer;
  writer.block().segment(kMain, 0).at(100, Kind::kTake).at(100, Kind::kCpu, 0, {1000});
  writer.at(200, Kind::kDrop).at(200, Kind::kCpu, 0, {1090});
  writer.at(250, Kind::kTake).at(250, Kind::kCpu, 0, {1120});
  const Summary summary = summary_of(writer);
  const ThreadSummary& thread = thread_of(summary, kMain);
  EXPECT_EQ(thread.cpu_held.cpu, 90U);
  EXPECT_EQ(thread.cpu_held.wall, 100U);
  EXPECT_EQ(thread.cpu_released.cpu, 30U);
  EXPECT_EQ(thread.cpu_released.wall, 50U);
  EXPECT_EQ(thread.cpu_time, 1120U);
}

TEST(Summary, EndsTheHoldOfAProgramThatExitsWithTheLockWhereItsRecordsEnd) {
  TraceWriter writer;
  writer.block(0, kMain).segment(kMain, 0).at(100, Kind::kTake).at(400, Kind::kBlock, 0);
  writer.block(1, 200).segment(200, 0).at(50, Kind::kTake).at(9000, Kind::kDrop);
  const Summary summary = summary_of(writer);
  ASSERT_EQ(summary.locks.size(), 2U);
  EXPECT_EQ(summary.locks[0].held, 300U);
  EXPECT_EQ(thread_of(summary, kMain).held, 300U);
  EXPECT_EQ(summary.locks[1].held, 8950U);
}

TEST(Histogram, IsWithinABucketOfTheExactQuantiles) {
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> values;
  Histogram histogram;
  for (int index = 0; index < 20'000; ++index) {
    values.push_back(random() >> (20 + random() % 40));
    histogram.add(values.back());
  }
  std::sort(values.begin(), values.end());
  for (const double share : {0.01, 0.5, 0.9, 0.99, 1.0}) {
    const auto rank = static_cast<std::size_t>(share * 20'000) - 1;
    const auto exact = static_cast<double>(values[rank]);
    EXPECT_NEAR(static_cast<double>(histogram.quantile(share)), exact, exact / 128 + 0.5) << share;
  }
  EXPECT_EQ(histogram.max(), values.back());
  EXPECT_EQ(histogram.count(), values.size());
}

TEST(Histogram, OfNothingIsZero) { EXPECT_EQ(Histogram().quantile(0.5), 0U); }

}  // namespace
}  // namespace gilsim::trace
