#include "host/trace/trace_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "host/trace/event_stream.hpp"
#include "host/trace/trace_error.hpp"
#include "tests/host/temporary_folder.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::trace {
namespace {

using test::TraceWriter;
using testing::ElementsAre;
using testing::HasSubstr;

class Trace : public testing::Test {
 protected:
  std::string error() const {
    try {
      const TraceFile file(path_);
    } catch (const TraceError& error) {
      return error.what();
    }
    return "";
  }

  std::vector<std::uint64_t> times() const {
    const TraceFile file(path_);
    EventStream stream(file);
    std::vector<std::uint64_t> found;
    for (Event event; stream.next(event);) found.push_back(event.time);
    return found;
  }

  const host::TemporaryFolder folder_;
  const std::string path_ = folder_.path() / "t.trace";
};

TEST_F(Trace, OfNoRecordsIsReadable) {
  TraceWriter().write(path_);
  EXPECT_EQ(error(), "");
  EXPECT_THAT(TraceFile(path_).command(), ElementsAre("python3", "app.py"));
}

TEST_F(Trace, ThatIsNotThereIsNamed) { EXPECT_THAT(error(), HasSubstr("t.trace': No such file")); }

TEST_F(Trace, ThatIsAFolderIsRefused) { EXPECT_THROW(TraceFile(folder_.path()), TraceError); }

TEST_F(Trace, OfAnotherProgramIsNoTrace) {
  std::ofstream(path_) << std::string(100'000, 'x');
  EXPECT_THAT(error(), HasSubstr("offset 0: not a trace"));
}

TEST_F(Trace, CutOffInItsHeaderSaysWhere) {
  TraceWriter().write(path_, 100);
  EXPECT_THAT(error(), HasSubstr("offset 100: the file ends within the header"));
}

TEST_F(Trace, OfAnotherVersionSaysWhichOneIsRead) {
  TraceWriter writer;
  writer.header().version = 7;
  writer.write(path_);
  EXPECT_THAT(error(), HasSubstr("offset 8: a trace of version 7, this gilsim reads version " +
                                 std::to_string(kVersion)));
}

TEST_F(Trace, OfAnotherByteOrderIsRefused) {
  TraceWriter writer;
  writer.header().byte_order = 0x04030201;
  writer.write(path_);
  EXPECT_THAT(error(), HasSubstr("offset 12"));
}

TEST_F(Trace, ThatWasCompletedAndThenCutOffSaysWhere) {
  TraceWriter writer;
  writer.block().segment(100, 10).at(20, Kind::kTake);
  writer.header().end = static_cast<std::uint32_t>(End::kFinished);
  writer.write(path_, writer.size() - 5);
  EXPECT_THAT(error(), HasSubstr("offset " + std::to_string(writer.size() - 5) +
                                 ": the file ends here, " + std::to_string(writer.size())));
}

TEST_F(Trace, OfAKilledProgramIsReadUpToTheLastWord) {
  TraceWriter writer;
  writer.block().segment(100, 10).at(20, Kind::kTake).at(30, Kind::kDrop);
  writer.write(path_, writer.offset());
  EXPECT_THAT(times(), ElementsAre(20, 30));
  writer.write(path_, writer.offset() - 3);
  EXPECT_THAT(times(), ElementsAre(20));
}

TEST_F(Trace, HasBlocksThatWereReservedAndNeverWritten) {
  TraceWriter writer;
  writer.block();
  const std::uint64_t unwritten = writer.offset() - sizeof(BlockHeader);
  writer.block().segment(100, 10).at(20, Kind::kTake);
  writer.write(path_);
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(unwritten)).write("\0\0\0\0", 4);
  file.close();
  EXPECT_THAT(times(), ElementsAre(20));
}

TEST_F(Trace, WithAnUnknownRecordSaysWhere) {
  TraceWriter writer;
  writer.block().segment(100, 10);
  const std::uint64_t offset = writer.offset();
  writer.word(200).write(path_);
  EXPECT_THAT(error(), HasSubstr("offset " + std::to_string(offset) + ": not a record"));
}

TEST_F(Trace, WithARecordOfNoThreadSaysWhere) {
  TraceWriter writer;
  writer.block();
  const std::uint64_t offset = writer.offset();
  writer.at(10, Kind::kTake).write(path_);
  EXPECT_THAT(error(), HasSubstr("offset " + std::to_string(offset) + ": a record of no thread"));
}

TEST_F(Trace, WithADamagedBlockSaysWhere) {
  TraceWriter writer;
  writer.block().segment(100, 10);
  writer.write(path_);
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(kBlockBytes).write("oops", 4);
  file.close();
  EXPECT_THAT(error(), HasSubstr("offset 65536: not a block of records"));
}

TEST_F(Trace, GoesOnInAnOlderBlockThatAnotherThreadLeftHalfEmpty) {
  TraceWriter writer;
  writer.block().segment(101, 10).at(20, Kind::kThreadEnd).segment(100, 60).at(70, Kind::kTake);
  writer.block().segment(100, 30).at(50, Kind::kTake);
  writer.write(path_);
  EXPECT_THAT(times(), ElementsAre(20, 50, 70));
  EXPECT_EQ(TraceFile(path_).threads().size(), 2U);
}

TEST_F(Trace, TellsThreadsApartThatHadTheSameNumber) {
  TraceWriter writer;
  writer.block();
  writer.segment(101, 10).at(10, Kind::kThreadStart, 0, {100, 5}).at(20, Kind::kThreadEnd);
  writer.segment(101, 30).at(30, Kind::kThreadStart, 0, {100, 25}).at(40, Kind::kThreadEnd);
  writer.write(path_);
  EXPECT_EQ(TraceFile(path_).threads().size(), 2U);
}

TEST_F(Trace, TellsProcessesApartThatHadTheSameNumber) {
  TraceWriter writer;
  writer.block(0, 100).segment(100, 10).at(20, Kind::kTake);
  writer.block(1, 100).segment(100, 30).at(40, Kind::kTake);
  writer.write(path_);
  EXPECT_EQ(TraceFile(path_).images().size(), 2U);
  EXPECT_EQ(TraceFile(path_).threads().size(), 2U);
}

TEST_F(Trace, MergesItsThreadsByTimeWithADropBeforeTheTakeOfTheSameInstant) {
  TraceWriter writer;
  writer.block().segment(100, 10).at(20, Kind::kTake).at(40, Kind::kDrop);
  writer.segment(90, 15).at(40, Kind::kTake).at(50, Kind::kDrop);
  writer.write(path_);
  const TraceFile file(path_);
  EventStream stream(file);
  std::vector<std::pair<std::uint64_t, Kind>> found;
  for (Event event; stream.next(event);) found.emplace_back(event.time, event.kind);
  EXPECT_THAT(found, ElementsAre(std::pair(20, Kind::kTake), std::pair(40, Kind::kDrop),
                                 std::pair(40, Kind::kTake), std::pair(50, Kind::kDrop)));
}

TEST_F(Trace, LeavesOutWhatCameAfterTheRecordingWasIncomplete) {
  TraceWriter writer;
  writer.block().segment(100, 10).at(20, Kind::kTake).at(30, Kind::kDrop).at(40, Kind::kTake);
  writer.header().end = static_cast<std::uint32_t>(End::kLimit);
  writer.header().end_time = 30;
  writer.write(path_);
  EXPECT_THAT(times(), ElementsAre(20, 30));
}

TEST_F(Trace, HasTimesFurtherApartThanARecordCanSay) {
  const std::uint64_t far = 10 * kMaxDelta;
  TraceWriter writer;
  writer.block().segment(100, 10).at(20, Kind::kTake);
  writer.at(20, Kind::kTime, 0, {far}).at(20, Kind::kDrop).write(path_);
  EXPECT_THAT(times(), ElementsAre(20, far, far));
}

}  // namespace
}  // namespace gilsim::trace
