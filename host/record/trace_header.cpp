#include "host/record/trace_header.hpp"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <new>

#include "host/file_descriptor.hpp"
#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

namespace fs = std::filesystem;

std::uint64_t nanoseconds_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(time.tv_nsec);
}

[[noreturn]] void throw_unwritable(const std::string& path, int error) {
  throw HostError("can't record to '" + path + "': " + std::strerror(error) +
                  "; -o chooses another place");
}

// As many whole words as there is room for.
std::uint32_t fill_words(char* text, std::size_t bytes, const std::vector<std::string>& words) {
  std::size_t used = 0;
  for (const std::string& word : words) {
    if (used + word.size() + 1 > bytes) break;
    std::memcpy(text + used, word.c_str(), word.size() + 1);
    used += word.size() + 1;
  }
  return static_cast<std::uint32_t>(used);
}

std::uint32_t allowed_cores() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 0;
  return static_cast<std::uint32_t>(CPU_COUNT(&cores));
}

void fill(trace::Header& header, const TraceHeader::Setup& setup) {
  std::memcpy(header.magic, trace::kMagic, sizeof header.magic);
  header.version = trace::kVersion;
  header.byte_order = trace::kByteOrder;
  header.block_bytes = trace::kBlockBytes;
  header.limit_blocks = std::max<std::uint64_t>(setup.limit_bytes / trace::kBlockBytes, 2);
  header.cpu_clock = setup.cpu_clock;
  header.command_bytes = fill_words(header.command, trace::kCommandBytes, setup.command);
  header.started = nanoseconds_of(CLOCK_MONOTONIC);
  header.started_realtime = nanoseconds_of(CLOCK_REALTIME);
  header.cores = allowed_cores();
  header.wants_tasks = setup.marks_tasks ? 1 : 0;
  fill_words(header.task_functions, trace::kTasksBytes - 1, setup.task_functions);
  header.next_block = 1;
}

}  // namespace

TraceHeader::TraceHeader(const Setup& setup) : path_(fs::absolute(setup.path)) {
  if (fs::exists(path_) && !fs::is_regular_file(path_)) {
    throw HostError("can't record to '" + setup.path + "': not a file; -o chooses another place");
  }
  std::string temporary = path_ + ".XXXXXX";
  const FileDescriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) throw_unwritable(setup.path, errno);
  const auto give_up = [&](int error) {
    unlink(temporary.c_str());
    throw_unwritable(setup.path, error);
  };
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(file.get(), 0666 & ~mask) != 0) give_up(errno);
  const int reserved = posix_fallocate(file.get(), 0, trace::kBlockBytes);
  if (reserved != 0) give_up(reserved);
  void* const mapped =
      mmap(nullptr, trace::kBlockBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (mapped == MAP_FAILED) give_up(errno);
  header_ = new (mapped) trace::Header{};
  fill(*header_, setup);
  if (std::rename(temporary.c_str(), path_.c_str()) == 0) return;
  const int error = errno;
  munmap(mapped, trace::kBlockBytes);
  give_up(error);
}

TraceHeader::~TraceHeader() { munmap(header_, trace::kBlockBytes); }

// A process may have ended between being given a block and reserving it: the file is as long as its
// header says all the same, so that a copy that was cut off shows.
void TraceHeader::close() {
  header_->closed = 1;
  std::uint32_t none = 0;
  header_->end.compare_exchange_strong(none, static_cast<std::uint32_t>(trace::End::kFinished));
  const auto end = static_cast<trace::End>(header_->end.load());
  std::error_code ignored;
  const std::uint64_t bytes = header_->next_block.load() * trace::kBlockBytes;
  if (end == trace::End::kFinished && fs::file_size(path_, ignored) < bytes) {
    fs::resize_file(path_, bytes, ignored);
  }
}

void TraceHeader::remove() { unlink(path_.c_str()); }

}  // namespace gilsim::host
