#include "app/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <ostream>
#include <vector>

#include "app/errors.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& doing, int error) {
  throw OutputError("cannot write '" + path + "': " + doing + ": " + std::strerror(error));
}

class TemporaryFile {
 public:
  TemporaryFile(const std::string& target, const std::string& shown) : shown_(shown) {
    const std::string pattern = target + ".XXXXXX";
    path_.assign(pattern.begin(), pattern.end());
    path_.push_back('\0');
    descriptor_ = ::mkstemp(path_.data());
    if (descriptor_ < 0) {
      const int error = errno;
      const std::string folder = fs::path(target).parent_path().string();
      fail(shown_, "folder '" + (folder.empty() ? "." : folder) + "'", error);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(path_.data());
  }

  void write(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t count = ::write(descriptor_, text.data() + done, text.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(shown_, "write", errno);
      done += static_cast<std::size_t>(count);
    }
  }

  void rename_to(const std::string& target) {
    struct stat existing {};
    const mode_t mask = ::umask(0);
    ::umask(mask);
    const mode_t mode =
        ::stat(target.c_str(), &existing) == 0 ? (existing.st_mode & 07777) : (0666 & ~mask);
    if (::fchmod(descriptor_, mode) != 0) fail(shown_, "set its mode", errno);
    if (::fsync(descriptor_) != 0) fail(shown_, "write", errno);
    if (::rename(path_.data(), target.c_str()) != 0) fail(shown_, "rename", errno);
    renamed_ = true;
  }

 private:
  std::string shown_;
  std::vector<char> path_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

void write_in_place(const std::string& target, const std::string& shown, const std::string& text) {
  const int descriptor = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) fail(shown, "open", errno);
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = ::write(descriptor, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const int error = errno;
      ::close(descriptor);
      fail(shown, "write", error);
    }
    done += static_cast<std::size_t>(count);
  }
  ::close(descriptor);
}

}  // namespace

OutputFile::OutputFile(std::string path, std::ostream& standard_output, std::ostream* notes)
    : path_(std::move(path)), standard_output_(standard_output), notes_(notes) {
  if (path_ == "-") return;
  if (path_.empty()) throw OutputError("cannot write a file without a name");
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(path_, error);
  target_ = error ? path_ : resolved.string();
  if (fs::is_directory(target_)) fail(path_, "open", EISDIR);
  special_ = fs::exists(target_) && !fs::is_regular_file(target_);
  if (special_) {
    if (::access(target_.c_str(), W_OK) != 0) fail(path_, "open", errno);
    return;
  }
  if (fs::exists(target_) && ::access(target_.c_str(), W_OK) != 0) fail(path_, "open", errno);
  TemporaryFile trial(target_, path_);
  replaces_ = fs::exists(target_) && !fs::is_empty(target_, error);
}

void OutputFile::commit(const std::string& text) {
  if (target_.empty()) {
    standard_output_ << text;
    check_written(standard_output_);
  } else if (special_) {
    write_in_place(target_, path_, text);
  } else {
    TemporaryFile temporary(target_, path_);
    temporary.write(text);
    temporary.rename_to(target_);
    if (replaces_ && notes_ != nullptr) *notes_ << "gilsim: replaced '" << path_ << "'\n";
    replaces_ = false;
  }
}

void check_written(std::ostream& out) {
  out.flush();
  if (!out) throw OutputError("cannot write to standard output: a closed pipe or a full disk");
}

}  // namespace gilsim::app
