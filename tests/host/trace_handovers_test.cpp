#include <gtest/gtest.h>

#include "host/trace/handovers.hpp"
#include "tests/host/temporary_folder.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::trace {
namespace {

using test::TraceWriter;

std::uint64_t handovers_of(const TraceWriter& writer, std::uint64_t from, std::uint64_t to) {
  const host::TemporaryFolder folder;
  const std::string path = folder.path() / "t.trace";
  writer.write(path);
  return handovers_between(TraceFile(path), from, to);
}

// Threads 100 and 101 take the lock in turns at 110, 120, 130, 140, and 101 once more at 150.
TraceWriter in_turns() {
  TraceWriter writer;
  writer.block().segment(100, 100);
  writer.at(110, Kind::kTake).at(115, Kind::kDrop).at(130, Kind::kTake).at(135, Kind::kDrop);
  writer.segment(101, 116);
  writer.at(120, Kind::kTake).at(125, Kind::kDrop).at(140, Kind::kTake).at(145, Kind::kDrop);
  writer.at(150, Kind::kTake).at(155, Kind::kDrop);
  return writer;
}

TEST(Handovers, AreTakesByAnotherThreadThanTheOneBefore) {
  EXPECT_EQ(handovers_of(in_turns(), 0, 1000), 3U);
}

TEST(Handovers, CountFromTheBeginningUpToTheEndWhichIsOutside) {
  EXPECT_EQ(handovers_of(in_turns(), 120, 140), 2U);
  EXPECT_EQ(handovers_of(in_turns(), 121, 141), 2U);
  EXPECT_EQ(handovers_of(in_turns(), 141, 1000), 0U);
}

TEST(Handovers, OfOtherLocksAndOtherProgramsAreLeftOut) {
  TraceWriter writer;
  writer.block().segment(100, 100).at(110, Kind::kTake).at(115, Kind::kDrop);
  writer.segment(101, 116).at(120, Kind::kTake, 1).at(125, Kind::kDrop, 1);
  writer.block(1, 200).segment(200, 100).at(111, Kind::kTake).at(112, Kind::kDrop);
  writer.segment(201, 113).at(114, Kind::kTake).at(115, Kind::kDrop);
  EXPECT_EQ(handovers_of(writer, 0, 1000), 0U);
}

}  // namespace
}  // namespace gilsim::trace
