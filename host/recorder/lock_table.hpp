// The interpreter locks of this process, found by their structure: create_gil() of CPython 3.7 and
// later (Python/ceval_gil.h, from 3.12 on ceval_gil.c) initialises a mutex, another mutex, a
// condition and another condition, in this order, which lie in memory as
//   cond | mutex | switch_cond | switch_mutex
// without a gap. No symbol is needed, so static, stripped and embedded interpreters show, too.
#pragma once

#include <pthread.h>

#include <atomic>
#include <cstdint>

namespace gilsim::recorder {

struct ThreadLog;

struct Lock {
  std::atomic<std::uintptr_t> base{0};  // the address of cond; 0: a free slot
  std::uint16_t number = 0;
  std::atomic<const ThreadLog*> holder{nullptr};

  static constexpr std::uintptr_t kMutex = sizeof(pthread_cond_t);
  static constexpr std::uintptr_t kSwitchCondition = kMutex + sizeof(pthread_mutex_t);
  static constexpr std::uintptr_t kSwitchMutex = kSwitchCondition + sizeof(pthread_cond_t);

  bool has(const void* part, std::uintptr_t offset) const {
    return reinterpret_cast<std::uintptr_t>(part) == base.load(std::memory_order_relaxed) + offset;
  }
};

class LockTable {
 public:
  bool empty() const { return count_.load(std::memory_order_relaxed) == 0; }
  // The lock whose mutex this is, or null.
  Lock* find(const pthread_mutex_t* mutex) {
    const std::uintptr_t base = reinterpret_cast<std::uintptr_t>(mutex) - Lock::kMutex;
    for (std::size_t slot = slot_of(base), tries = 0; tries < kSlots; ++tries) {
      const std::uintptr_t found = slots_[slot].base.load(std::memory_order_acquire);
      if (found == base) return &slots_[slot];
      if (found == kFree) return nullptr;
      slot = (slot + 1) % kSlots;
    }
    return nullptr;
  }
  // Null: there are too many. A lock made anew at the same place gets a new number.
  Lock* add(std::uintptr_t base);
  void remove(Lock* lock);

 private:
  static constexpr std::size_t kSlots = 512;
  static constexpr std::uintptr_t kFree = 0;
  static constexpr std::uintptr_t kRemoved = 1;

  static std::size_t slot_of(std::uintptr_t base) {
    return (base >> 3) * 0x9e3779b97f4a7c15U >> 55;
  }

  std::atomic_flag busy_ = ATOMIC_FLAG_INIT;
  std::atomic<std::uint32_t> count_{0};
  std::uint16_t next_number_ = 0;
  Lock slots_[kSlots];
};

}  // namespace gilsim::recorder
