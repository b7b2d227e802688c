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
  EXPECT_THAT(bursts_of(writer).at(0).rounds,
              ElementsAre(Round{10, 10, 90'000}, Round{40, 115, 0}));
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
  EXPECT_THAT(bursts_of(writer).at(0).rounds, ElementsAre(Round{98, 10, 50'000}));
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

}  // namespace
}  // namespace gilsim::trace
