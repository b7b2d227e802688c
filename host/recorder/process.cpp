#include "host/recorder/process.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cstring>

#include "host/recorder/block.hpp"
#include "host/recorder/environment.hpp"
#include "host/recorder/image.hpp"
#include "host/recorder/raw.hpp"
#include "host/recorder/thread_log.hpp"

namespace gilsim::recorder {
namespace {

bool map_header() {
  Process& self = process();
  const long file =
      raw_call(SYS_openat, AT_FDCWD, reinterpret_cast<long>(self.trace), O_RDWR | O_CLOEXEC);
  if (is_error(file)) return false;
  struct stat found {};
  raw_call(SYS_fstat, file, reinterpret_cast<long>(&found));
  const long mapped = raw_call(SYS_mmap, 0, static_cast<long>(trace::kBlockBytes),
                               PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  raw_call(SYS_close, file);
  if (is_error(mapped)) return false;
  self.header = reinterpret_cast<trace::Header*>(mapped);
  self.device = found.st_dev;
  self.inode = found.st_ino;
  return std::memcmp(self.header->magic, trace::kMagic, sizeof trace::kMagic) == 0 &&
         self.header->version == trace::kVersion;
}

bool map_alive_page() {
  const long page =
      raw_call(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (is_error(page)) return false;
  if (is_error(raw_call(SYS_madvise, page, 4096, MADV_WIPEONFORK))) return false;
  process().alive = reinterpret_cast<char*>(page);
  *process().alive = 1;
  return true;
}

void end_thread(void* value) {
  ThreadLog& log = *static_cast<ThreadLog*>(value);
  record_cpu_time(log);
  record(log, trace::Kind::kThreadEnd, 0, now());
  give_up_block(log.next, log.end);
  log = ThreadLog{};
}

void note_interpreter() {
  trace::Header& header = *process().header;
  char text[trace::kTextBytes];
  fill_interpreter(text);
  if (text[0] == '\0' || header.interpreter_seen.exchange(1) != 0) return;
  std::memcpy(header.interpreter, text, sizeof text);
}

__attribute__((constructor)) void begin() {
  Process& self = process();
  if (!take_from_environment()) return;
  if (!map_header() || !map_alive_page()) return;
  if (self.header->closed.load() != 0 || self.header->end.load() != 0) return;
  self.cpu_clock = self.header->cpu_clock;
  self.wants_task_hook = self.header->wants_tasks != 0;
  self.process = static_cast<pid_t>(raw_call(SYS_getpid));
  self.image = self.header->next_image.fetch_add(1);
  self.has_thread_end = pthread_key_create(&self.thread_end, end_thread) == 0;
  note_interpreter();
  self.recording.store(true, std::memory_order_release);
}

__attribute__((destructor)) void finish() {
  ThreadLog& log = thread_log();
  if (log.next != nullptr && is_recording()) record_cpu_time(log);
}

}  // namespace

void end_recording(trace::End reason, int error) {
  Process& self = process();
  self.recording = false;
  std::uint32_t none = 0;
  const std::uint64_t time = now();
  if (!self.header->end.compare_exchange_strong(none, static_cast<std::uint32_t>(reason))) return;
  self.header->end_errno = static_cast<std::uint32_t>(error);
  self.header->end_time = time;
}

void reopen_in_child() {
  Process& self = process();
  *self.alive = 1;
  self.process = static_cast<pid_t>(raw_call(SYS_getpid));
  self.image = self.header->next_image.fetch_add(1);
  self.image_described = false;
  self.partial_busy.clear();
  self.partial_count = 0;
  ThreadLog& log = thread_log();
  log.next = log.end = nullptr;
  log.thread = 0;
  log.creator = 0;
  log.start = now();
  log.started = false;
  log.lock = nullptr;
  log.depth = 0;
}

}  // namespace gilsim::recorder
