#include "host/recorder/thread_log.hpp"

#include <cstring>

#include "host/recorder/block.hpp"
#include "host/recorder/image.hpp"

namespace gilsim::recorder {
namespace {

constexpr std::uint64_t kSamplePeriod = 10'000'000;
constexpr std::uint8_t kSamplesInARow = 3;  // take, drop, take: with the lock and without it

void store(std::uint64_t* at, std::uint64_t word) { __atomic_store_n(at, word, __ATOMIC_RELEASE); }

void append(ThreadLog& log, trace::Kind kind, std::uint16_t argument, std::uint64_t delta,
            const void* payload, std::size_t words) {
  std::memcpy(log.next + 1, payload, words * sizeof(std::uint64_t));
  store(log.next, trace::word(kind, argument, delta));
  log.next += 1 + words;
}

void begin_segment(ThreadLog& log, std::uint64_t time) {
  const std::uint64_t payload[] = {log.thread, time, thread_cpu_time()};
  append(log, trace::Kind::kSegment, 0, 0, payload, 3);
  log.last = time;
  log.cpu_sampled = time;
}

void describe_image(ThreadLog& log) {
  if (process().image_described.exchange(true)) return;
  trace::ImageText text;
  fill_image_text(text);
  append(log, trace::Kind::kImage, static_cast<std::uint16_t>(trace::kImageWords), 0, &text,
         trace::kImageWords);
}

void begin_thread(ThreadLog& log) {
  log.started = true;
  log.is_main = log.thread == static_cast<std::uint32_t>(process().process);
  const std::uint64_t payload[] = {log.creator, log.start};
  append(log, trace::Kind::kThreadStart, 0, 0, payload, 2);
  if (process().has_thread_end) pthread_setspecific(process().thread_end, &log);
}

}  // namespace

bool make_room(ThreadLog& log, std::size_t words, std::uint64_t time) {
  if (is_fresh_child()) reopen_in_child();
  if (!is_recording()) return false;
  if (log.next != nullptr && static_cast<std::size_t>(log.end - log.next) >= words) return true;
  give_up_block(log.next, log.end);
  log.next = log.end = nullptr;
  const PartialBlock block = take_block();
  if (block.next == nullptr) return false;
  log.next = block.next;
  log.end = block.end;
  if (log.thread == 0) log.thread = static_cast<std::uint32_t>(raw_call(SYS_gettid));
  begin_segment(log, time);
  describe_image(log);
  if (!log.started) begin_thread(log);
  return true;
}

void record(ThreadLog& log, trace::Kind kind, std::uint16_t argument, std::uint64_t time) {
  if (log.busy || !is_recording()) return;
  log.busy = true;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if ((!is_fresh_child() && log.end - log.next >= static_cast<std::ptrdiff_t>(kRoom)) ||
      make_room(log, kRoom, time)) {
    if (time < log.last) time = log.last;
    const std::uint64_t delta = time - log.last;
    if (__builtin_expect(delta > trace::kMaxDelta, 0)) {
      log.next[1] = time;
      store(log.next, trace::word(trace::Kind::kTime, 0, 0));
      log.next += 2;
      store(log.next, trace::word(kind, argument, 0));
    } else {
      store(log.next, trace::word(kind, argument, delta));
    }
    ++log.next;
    log.last = time;
  }
  std::atomic_signal_fence(std::memory_order_seq_cst);
  log.busy = false;
}

void record_with_payload(ThreadLog& log, trace::Kind kind, std::uint16_t argument,
                         std::uint64_t time, const std::uint64_t* payload, std::size_t words) {
  if (log.busy || !is_recording()) return;
  log.busy = true;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (make_room(log, kRoom + words, time)) {
    if (time < log.last) time = log.last;
    if (time - log.last > trace::kMaxDelta) {
      append(log, trace::Kind::kTime, 0, 0, &time, 1);
      log.last = time;
    }
    append(log, kind, argument, time - log.last, payload, words);
    log.last = time;
  }
  std::atomic_signal_fence(std::memory_order_seq_cst);
  log.busy = false;
}

void record_cpu_time(ThreadLog& log) {
  const std::uint64_t cpu_time = thread_cpu_time();
  const std::uint64_t time = now();
  record_with_payload(log, trace::Kind::kCpu, 0, time, &cpu_time, 1);
  log.cpu_sampled = time;
}

void sample_cpu_time(ThreadLog& log, std::uint64_t time) {
  switch (process().cpu_clock) {
    case trace::CpuClock::kOff:
      return;
    case trace::CpuClock::kEvery:
      return record_cpu_time(log);
    case trace::CpuClock::kSampled:
      break;
  }
  if (log.cpu_samples_due == 0) {
    const bool is_due =
        log.phase == ThreadLog::Phase::kHolding && time > log.cpu_sampled + kSamplePeriod;
    if (!is_due) return;
    log.cpu_samples_due = kSamplesInARow;
  }
  --log.cpu_samples_due;
  record_cpu_time(log);
}

}  // namespace gilsim::recorder
