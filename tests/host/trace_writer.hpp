// A trace written by hand: blocks, segments and records as the recorder would have stored them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/trace/format.hpp"

namespace gilsim::trace::test {

class TraceWriter {
 public:
  TraceWriter();

  Header& header() { return *reinterpret_cast<Header*>(bytes_.data()); }
  // Later records go there.
  TraceWriter& block(std::uint32_t image = 0, std::uint32_t process = 100);
  TraceWriter& segment(std::uint32_t thread, std::uint64_t time);
  // At an absolute time, not before the record before it.
  TraceWriter& at(std::uint64_t time, Kind kind, std::uint16_t argument = 0,
                  const std::vector<std::uint64_t>& payload = {});
  TraceWriter& word(std::uint64_t value);
  std::uint64_t offset() const { return next_; }

  // Writes the file, or only so many of its bytes.
  void write(const std::string& path) const { write(path, bytes_.size()); }
  void write(const std::string& path, std::uint64_t bytes) const;
  std::uint64_t size() const { return bytes_.size(); }

 private:
  std::vector<char> bytes_;
  std::uint64_t next_ = 0;
  std::uint64_t time_ = 0;
};

}  // namespace gilsim::trace::test
