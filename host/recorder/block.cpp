#include "host/recorder/block.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "host/recorder/raw.hpp"
#include "host/recorder/thread_log.hpp"

namespace gilsim::recorder {
namespace {

// Room for what a thread begins with: its segment, the description of the image, its start.
constexpr std::ptrdiff_t kWorthKeeping = trace::kImageWords + 64;

class PartialBlocks {
 public:
  PartialBlocks() {
    while (process().partial_busy.test_and_set(std::memory_order_acquire)) continue;
  }
  ~PartialBlocks() { process().partial_busy.clear(std::memory_order_release); }
  PartialBlocks(const PartialBlocks&) = delete;
  PartialBlocks& operator=(const PartialBlocks&) = delete;

  bool put(const PartialBlock& block) {
    Process& self = process();
    if (self.partial_count == Process::kPartialBlocks) return false;
    self.partial[self.partial_count++] = block;
    return true;
  }
  PartialBlock get() {
    Process& self = process();
    return self.partial_count == 0 ? PartialBlock{} : self.partial[--self.partial_count];
  }
};

// Beyond RLIMIT_FSIZE the kernel would send a signal that ends the program.
bool exceeds_file_size_limit(std::uint64_t bytes) {
  rlimit64 limit{};
  const long result = raw_call(SYS_prlimit64, 0, RLIMIT_FSIZE, 0, reinterpret_cast<long>(&limit));
  return !is_error(result) && limit.rlim_cur != RLIM64_INFINITY && bytes > limit.rlim_cur;
}

long write_zeros(long file, std::uint64_t offset) {
  static constexpr char kZeros[4096] = {};
  for (std::size_t done = 0; done < trace::kBlockBytes;) {
    const long written = raw_call(SYS_pwrite64, file, reinterpret_cast<long>(kZeros), sizeof kZeros,
                                  static_cast<long>(offset + done));
    if (written == -EINTR) continue;
    if (is_error(written)) return written;
    if (written == 0) return -ENOSPC;
    done += static_cast<std::size_t>(written);
  }
  return 0;
}

long reserve(long file, std::uint64_t offset) {
  for (;;) {
    const long result = raw_call(SYS_fallocate, file, 0, static_cast<long>(offset),
                                 static_cast<long>(trace::kBlockBytes));
    if (result == -EINTR) continue;
    const bool is_unknown = result == -EOPNOTSUPP || result == -ENOSYS;
    return is_unknown ? write_zeros(file, offset) : result;
  }
}

bool is_the_trace(long file) {
  struct stat found {};
  const long result = raw_call(SYS_fstat, file, reinterpret_cast<long>(&found));
  return !is_error(result) && found.st_dev == process().device && found.st_ino == process().inode;
}

void end_for(long error) {
  if (error == -ENOSPC || error == -EDQUOT) return end_recording(trace::End::kDiskFull);
  end_recording(trace::End::kUnwritable, static_cast<int>(-error));
}

void* map_block(std::uint64_t index) {
  const std::uint64_t offset = index * trace::kBlockBytes;
  const long file =
      raw_call(SYS_openat, AT_FDCWD, reinterpret_cast<long>(process().trace), O_RDWR | O_CLOEXEC);
  if (is_error(file)) {
    end_for(file);
    return nullptr;
  }
  long result = is_the_trace(file) ? reserve(file, offset) : -ESTALE;
  if (!is_error(result)) {
    result = raw_call(SYS_mmap, 0, trace::kBlockBytes, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_POPULATE, file, static_cast<long>(offset));
  }
  raw_call(SYS_close, file);
  if (!is_error(result)) return reinterpret_cast<void*>(result);
  end_for(result);
  return nullptr;
}

PartialBlock new_block() {
  trace::Header& header = *process().header;
  const std::uint64_t index = header.next_block.fetch_add(1);
  if (index >= header.limit_blocks) {
    end_recording(trace::End::kLimit);
    return {};
  }
  if (exceeds_file_size_limit((index + 1) * trace::kBlockBytes)) {
    end_recording(trace::End::kFileSizeLimit);
    return {};
  }
  void* const block = map_block(index);
  if (block == nullptr) return {};
  auto* const words = static_cast<std::uint64_t*>(block);
  auto* const description = static_cast<trace::BlockHeader*>(block);
  description->image = process().image;
  description->process = static_cast<std::uint32_t>(process().process);
  __atomic_store_n(&description->magic, trace::kBlockMagic, __ATOMIC_RELEASE);
  return {words + trace::kBlockHeaderWords, words + trace::kBlockWords};
}

}  // namespace

PartialBlock take_block() {
  const PartialBlock kept = PartialBlocks().get();
  if (kept.next != nullptr) return kept;
  const trace::Header& header = *process().header;
  if (header.closed.load() != 0 || header.end.load() != 0) {
    process().recording = false;
    return {};
  }
  return new_block();
}

void give_up_block(std::uint64_t* next, std::uint64_t* end) {
  if (next == nullptr) return;
  if (end - next >= kWorthKeeping && PartialBlocks().put({next, end})) return;
  raw_call(SYS_munmap, reinterpret_cast<long>(end - trace::kBlockWords), trace::kBlockBytes);
}

}  // namespace gilsim::recorder
