#include "app/line_stream.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ostream>

#include "app/errors.hpp"
#include "app/output_file.hpp"

namespace gilsim::app {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw OutputError("cannot write '" + path + "': " + why);
}

}  // namespace

LineStream::LineStream(std::string path, std::ostream& standard_output)
    : path_(std::move(path)), standard_output_(standard_output) {
  if (is_standard_output()) return;
  if (path_.empty()) throw OutputError("cannot write a file without a name");
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(path_, std::strerror(errno));
  struct stat status {};
  is_regular_ = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
  if (is_regular_ && ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(descriptor_);
    descriptor_ = -1;
    fail(path_, "another gilsim is writing it");
  }
}

LineStream::~LineStream() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void LineStream::keep(std::uint64_t bytes) {
  size_ = bytes;
  if (!is_regular_) return;
  const auto size = static_cast<off_t>(bytes);
  if (::ftruncate(descriptor_, size) != 0 || ::lseek(descriptor_, size, SEEK_SET) != size) {
    fail(path_, std::strerror(errno));
  }
}

void LineStream::append(const std::string& lines) {
  if (is_standard_output()) {
    standard_output_ << lines;
    check_written(standard_output_);
    return;
  }
  std::size_t done = 0;
  while (done < lines.size()) {
    const ssize_t count = ::write(descriptor_, lines.data() + done, lines.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const std::string why = std::strerror(errno);
      if (is_regular_) keep(size_);
      fail(path_, why);
    }
    done += static_cast<std::size_t>(count);
  }
  size_ += lines.size();
}

}  // namespace gilsim::app
