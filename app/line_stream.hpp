// A file that grows by whole lines, for results that come one by one: each append() is written at
// once, and what a full disk cuts off is taken back, so that what is there can be gone on with.
// `-` is the stream given. Devices and pipes are written as they are.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

namespace gilsim::app {

class LineStream {
 public:
  // Opens or makes the file, without touching what it holds; one program at a time. Throws
  // OutputError.
  LineStream(std::string path, std::ostream& standard_output);
  LineStream(const LineStream&) = delete;
  LineStream& operator=(const LineStream&) = delete;
  ~LineStream();

  // Drops what follows the first `bytes` bytes and goes on there.
  void keep(std::uint64_t bytes);
  // `lines` ends in a line end. Throws OutputError; none of `lines` is then in a regular file.
  void append(const std::string& lines);

  const std::string& path() const { return path_; }
  bool is_standard_output() const { return path_ == "-"; }
  bool is_regular() const { return is_regular_; }

 private:
  std::string path_;
  std::ostream& standard_output_;
  int descriptor_ = -1;
  bool is_regular_ = false;
  std::uint64_t size_ = 0;
};

}  // namespace gilsim::app
