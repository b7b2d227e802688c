#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/trace/bursts.hpp"
#include "tests/host/temporary_folder.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::trace {

static bool operator==(const Round& a, const Round& b) {
  return a.python == b.python && a.native == b.native && a.wait == b.wait;
}

namespace {

using test::TraceWriter;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint16_t kSleep = static_cast<std::uint16_t>(Call::kSleep);

std::vector<ThreadBursts> bursts_of(const TraceWriter& writer, const Window& window = {}) {
  const host::TemporaryFolder folder;
  const std::string path = folder.path() / "t.trace";
  writer.write(path);
  return find_bursts(TraceFile(path), window);
}

TEST(Bursts, AreBytecodeAndWhatFollowedWithoutTheLock) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(5, Kind::kTake).at(10, Kind::kDrop).at(40, Kind::kTake);
  writer.at(50, Kind::kDrop).at(55, Kind::kBlock, kSleep).at(90'055, Kind::kUnblock, kSleep);
  writer.at(90'060, Kind::kTake).at(90'100, Kind::kDrop).at(90'110, Kind::kBlock, kSleep);
  writer.at(90'210, Kind::kUnblock, kSleep).at(90'215, Kind::kTake).at(90'218, Kind::kDrop);
  EXPECT_THAT(bursts_of(writer).at(0).rounds, ElementsAre(Round{10, 5, 90'000}, Round{40, 105, 0}));
}

TEST(Bursts, GoOnAfterADropThatAnotherThreadAskedFor) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(0, Kind::kTake).at(1, Kind::kDrop).at(2, Kind::kTake);
  writer.at(100, Kind::kDrop).at(103, Kind::kForced).at(120, Kind::kForcedEnd);
  writer.at(121, Kind::kRequest).at(160, Kind::kTake).at(200, Kind::kDrop).at(210, Kind::kTake);
  writer.segment(101, 0).at(20, Kind::kRequest).at(90, Kind::kTimeout).at(110, Kind::kTake);
  writer.at(150, Kind::kDrop);
  const std::vector<ThreadBursts> found = bursts_of(writer);
  EXPECT_THAT(found.at(0).rounds, ElementsAre(Round{98 + 40, 10, 0}));
  EXPECT_EQ(found.at(0).handovers, 1U);
  EXPECT_THAT(found.at(1).timeouts, ElementsAre(70));
}

TEST(Bursts, EndAtACallThoughAnotherThreadAskedForTheLockJustThen) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(0, Kind::kTake).at(1, Kind::kDrop).at(2, Kind::kTake);
  writer.at(100, Kind::kDrop).at(105, Kind::kBlock, kSleep).at(50'105, Kind::kUnblock, kSleep);
  writer.at(50'110, Kind::kTake);
  writer.segment(101, 0).at(20, Kind::kRequest).at(90, Kind::kTimeout);
  EXPECT_THAT(bursts_of(writer).at(0).rounds, ElementsAre(Round{98, 5, 50'000}));
}

// What letting go cost, as it woke another thread, is the lock's doing.
TEST(Bursts, LeaveOutWhatGoesByFromTheDropToTheCall) {
  for (const std::uint64_t waking : {0, 8000}) {
    TraceWriter writer;
    writer.block().segment(100, 0).at(0, Kind::kTake).at(10, Kind::kDrop).at(12, Kind::kTake);
    writer.at(20, Kind::kDrop).at(20 + waking, Kind::kBlock, kSleep);
    writer.at(1020 + waking, Kind::kUnblock, kSleep).at(1030 + waking, Kind::kTake);
    EXPECT_THAT(bursts_of(writer).at(0).rounds, ElementsAre(Round{8, 1010, 0}));
  }
}

// Only a thread with the interpreter lock can let go of a lock of Python's own.
TEST(Bursts, WaitForAnotherThreadHoweverShortWhereItTookTheLockMeanwhile) {
  const auto semaphore = static_cast<std::uint16_t>(Call::kSemaphore);
  for (const bool is_taken : {true, false}) {
    TraceWriter writer;
    writer.block().segment(100, 0).at(0, Kind::kTake).at(1, Kind::kDrop).at(2, Kind::kTake);
    writer.at(100, Kind::kDrop).at(110, Kind::kBlock, semaphore);
    writer.at(9110, Kind::kUnblock, semaphore).at(9120, Kind::kRequest).at(9200, Kind::kTake);
    if (is_taken) writer.segment(101, 0).at(4000, Kind::kTake).at(9150, Kind::kDrop);
    EXPECT_THAT(bursts_of(writer).at(0).rounds,
                ElementsAre(is_taken ? Round{98, 10, 9000} : Round{98, 9010, 0}));
  }
}

TEST(Bursts, CountOnlyWhereTheyLieInTheWindowAsAWhole) {
  TraceWriter writer;
  writer.block().segment(100, 0);
  for (std::uint64_t time = 0; time < 1000; time += 100) {
    writer.at(time, Kind::kTake).at(time + 30, Kind::kDrop);
  }
  const ThreadBursts found = bursts_of(writer, {150, 650}).at(0);
  EXPECT_THAT(found.rounds,
              ElementsAre(Round{30, 70, 0}, Round{30, 70, 0}, Round{30, 70, 0}, Round{30, 70, 0}));
}

TEST(Bursts, OfAThreadThatNeverLetsGoAreUnfinished) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(10, Kind::kTake);
  writer.segment(101, 0).at(20, Kind::kRequest);
  const std::vector<ThreadBursts> found = bursts_of(writer);
  EXPECT_THAT(found.at(0).rounds, IsEmpty());
  EXPECT_THAT(found.at(1).rounds, IsEmpty());
}

constexpr std::uint16_t kFunction = static_cast<std::uint16_t>(TaskKind::kFunction);
constexpr std::uint16_t kCoroutine = static_cast<std::uint16_t>(TaskKind::kCoroutine);

TEST(Tasks, AreCutOutOfTheBytecodeAroundThem) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(5, Kind::kTake).at(10, Kind::kTaskBegin, kFunction, {1, 7});
  writer.at(30, Kind::kDrop).at(32, Kind::kBlock, kSleep).at(50'032, Kind::kUnblock, kSleep);
  writer.at(50'035, Kind::kTake).at(50'045, Kind::kTaskEnd, kFunction, {1, 1});
  writer.at(50'060, Kind::kTaskSize, 0, {1, 300, kUnknownSize}).at(50'100, Kind::kDrop);
  writer.at(50'101, Kind::kTake);
  const ThreadBursts found = bursts_of(writer).at(0);
  ASSERT_EQ(found.tasks.size(), 1U);
  EXPECT_EQ(found.tasks[0].name, 7U);
  EXPECT_EQ(found.tasks[0].end - found.tasks[0].begin, 50'035U);
  EXPECT_THAT(found.tasks[0].rounds, ElementsAre(Round{20, 3, 50'000}, Round{10, 0, 0}));
  EXPECT_EQ(found.tasks[0].argument_bytes, 300U);
  EXPECT_FALSE(found.tasks[0].result_bytes.has_value());
}

TEST(Tasks, WithinOthersAreTheirs) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(0, Kind::kTake);
  writer.at(10, Kind::kTaskBegin, kFunction, {1, 7}).at(20, Kind::kTaskBegin, kFunction, {2, 8});
  writer.at(30, Kind::kTaskEnd, kFunction, {2, 1}).at(50, Kind::kTaskEnd, kFunction, {1, 1});
  const ThreadBursts found = bursts_of(writer).at(0);
  ASSERT_EQ(found.tasks.size(), 1U);
  EXPECT_EQ(found.tasks[0].number, 1U);
  EXPECT_THAT(found.tasks[0].rounds, ElementsAre(Round{40, 0, 0}));
}

TEST(Tasks, DoNotCountWhatTheRecorderItselfDid) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(0, Kind::kTake).at(10, Kind::kTaskBegin, kFunction, {1, 7});
  writer.at(20, Kind::kPause).at(40, Kind::kDrop).at(60, Kind::kTake).at(70, Kind::kResume);
  writer.at(95, Kind::kTaskEnd, kFunction, {1, 1});
  EXPECT_THAT(bursts_of(writer).at(0).tasks.at(0).rounds, ElementsAre(Round{35, 0, 0}));
}

TEST(Tasks, ThatAreNotOverHaveNoEnd) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(0, Kind::kTake).at(10, Kind::kTaskBegin, kFunction, {1, 7});
  EXPECT_EQ(bursts_of(writer).at(0).tasks.at(0).end, 0U);
}

TEST(Tasks, OfCoroutinesAreAddedUpByName) {
  TraceWriter writer;
  writer.block().segment(100, 0).at(0, Kind::kTake);
  writer.at(10, Kind::kTaskBegin, kCoroutine, {1, 7}).at(30, Kind::kTaskEnd, kCoroutine, {1, 0});
  writer.at(40, Kind::kTaskBegin, kCoroutine, {1, 7}).at(45, Kind::kTaskEnd, kCoroutine, {1, 1});
  const ThreadBursts found = bursts_of(writer).at(0);
  EXPECT_THAT(found.tasks, IsEmpty());
  EXPECT_EQ(found.coroutines.at(7).steps, 2U);
  EXPECT_EQ(found.coroutines.at(7).finished, 1U);
  EXPECT_EQ(found.coroutines.at(7).time, 25U);
}

}  // namespace
}  // namespace gilsim::trace
