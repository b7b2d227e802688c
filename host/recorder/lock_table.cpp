#include "host/recorder/lock_table.hpp"

namespace gilsim::recorder {

Lock* LockTable::add(std::uintptr_t base) {
  while (busy_.test_and_set(std::memory_order_acquire)) continue;
  Lock* lock = find(reinterpret_cast<const pthread_mutex_t*>(base + Lock::kMutex));
  const bool known = lock != nullptr;
  for (std::size_t slot = slot_of(base), tries = 0; lock == nullptr && tries < kSlots; ++tries) {
    if (slots_[slot].base.load(std::memory_order_relaxed) <= kRemoved) lock = &slots_[slot];
    slot = (slot + 1) % kSlots;
  }
  if (lock != nullptr) {
    lock->number = next_number_++;
    lock->holder.store(nullptr, std::memory_order_relaxed);
    lock->base.store(base, std::memory_order_release);
    if (!known) count_.fetch_add(1, std::memory_order_relaxed);
  }
  busy_.clear(std::memory_order_release);
  return lock;
}

void LockTable::remove(Lock* lock) {
  while (busy_.test_and_set(std::memory_order_acquire)) continue;
  lock->base.store(kRemoved, std::memory_order_release);
  count_.fetch_sub(1, std::memory_order_relaxed);
  busy_.clear(std::memory_order_release);
}

}  // namespace gilsim::recorder
