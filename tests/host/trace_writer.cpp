#include "tests/host/trace_writer.hpp"

#include <cstring>
#include <fstream>
#include <new>
#include <stdexcept>

namespace gilsim::trace::test {

TraceWriter::TraceWriter() : bytes_(kBlockBytes) {
  Header* const made = new (bytes_.data()) Header{};
  std::memcpy(made->magic, kMagic, sizeof kMagic);
  made->version = kVersion;
  made->byte_order = kByteOrder;
  made->block_bytes = kBlockBytes;
  made->next_block = 1;
  made->started = 1000;
  std::memcpy(made->command, "python3\0app.py", 15);
  made->command_bytes = 15;
}

TraceWriter& TraceWriter::block(std::uint32_t image, std::uint32_t process) {
  next_ = bytes_.size();
  bytes_.resize(bytes_.size() + kBlockBytes);
  ++header().next_block;
  const BlockHeader made{kBlockMagic, image, process, 0};
  std::memcpy(bytes_.data() + next_, &made, sizeof made);
  next_ += sizeof made;
  return *this;
}

TraceWriter& TraceWriter::segment(std::uint32_t thread, std::uint64_t time) {
  time_ = time;
  return word(trace::word(Kind::kSegment, 0, 0)).word(thread).word(time).word(0);
}

TraceWriter& TraceWriter::at(std::uint64_t time, Kind kind, std::uint16_t argument,
                             const std::vector<std::uint64_t>& payload) {
  if (time < time_) throw std::logic_error("a record before the one before it");
  word(trace::word(kind, argument, time - time_));
  time_ = time;
  for (const std::uint64_t value : payload) word(value);
  return *this;
}

TraceWriter& TraceWriter::word(std::uint64_t value) {
  std::memcpy(bytes_.data() + next_, &value, sizeof value);
  next_ += sizeof value;
  return *this;
}

void TraceWriter::write(const std::string& path, std::uint64_t bytes) const {
  std::ofstream(path, std::ios::binary).write(bytes_.data(), static_cast<std::streamsize>(bytes));
}

}  // namespace gilsim::trace::test
