// A file that is there whole or not at all. The place is tried when the object is made, before long
// work starts; commit() writes a temporary beside the target and renames it. `-` is the stream
// given.
#pragma once

#include <iosfwd>
#include <string>

namespace gilsim::app {

class OutputFile {
 public:
  // Throws OutputError when nothing can be written there. `notes`: is told when a file that was
  // there before is replaced.
  OutputFile(std::string path, std::ostream& standard_output, std::ostream* notes = nullptr);

  // May be called again: the latest text replaces the one before. Throws OutputError.
  void commit(const std::string& text);
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::string target_;     // links resolved; empty: standard output
  bool special_ = false;   // a device or pipe: written in place
  bool replaces_ = false;  // and nobody has been told yet
  std::ostream& standard_output_;
  std::ostream* notes_;
};

// Throws OutputError when what was written so far did not get through (closed pipe, full disk).
void check_written(std::ostream& out);

}  // namespace gilsim::app
