// What processes of a pool share: pipes with messages in them, and semaphores.
//
// A pipe holds 64 KiB (Linux, pipe(7)); who writes into a full one or reads from an empty one
// blocks. A message is its bytes and what they say. One reader at a time: who reads holds the
// queue's semaphore, or is the only one. A semaphore posts to the one who waits longest, but who
// comes by meanwhile may take it first (glibc's sem_post).
// Left out: pages that are filled in part.
#pragma once

#include <cstdint>
#include <deque>

#include "models/program/world.hpp"

namespace gilsim::model {

class Semaphore {
 public:
  explicit Semaphore(int value) : value_(value) {}
  bool try_take() { return value_ > 0 && value_-- > 0; }
  bool is_zero() const { return value_ == 0; }
  void await(PythonThread& thread);
  void post(World& world);

 private:
  int value_;
  std::deque<PythonThread*> waiters_;
};

struct Message {
  enum class Kind : std::uint8_t { kTasks, kStop, kEnded };
  Kind kind = Kind::kTasks;
  bool last_of_worker = false;  // a result: whoever sent it ends
  std::uint32_t worker = 0;     // a result: who sent it
  std::size_t begin = 0;        // of the tasks
  std::size_t end = 0;
  std::int64_t bytes = 0;
};

class Pipe {
 public:
  static constexpr std::int64_t kCapacity = 65536;
  static constexpr std::int64_t kPiece = 65536 - 4;  // of a large message, beside its header
  static constexpr std::int64_t kAlone = 16384;      // larger ones are written after their header

  bool is_empty() const { return filled_ == 0; }
  bool has_message() const { return !messages_.empty(); }
  bool has(std::int64_t bytes) const { return filled_ >= bytes; }
  bool has_room_for(std::int64_t bytes) const { return filled_ + bytes <= kCapacity; }
  const Message& front() const { return messages_.front(); }
  Message pop();

  // They are woken by what the other side does next, who only looks before who reads: poll() queues
  // at the head, read() exclusively at the tail (__wake_up_common() in kernel/sched/wait.c).
  void await_anything(PythonThread& looking);
  void await_bytes(PythonThread& reader);
  void await_room(PythonThread& writer) { writer_ = &writer; }
  void announce(const Message& message) { messages_.push_back(message); }
  void drain_all(World& world) { drain(world, filled_); }
  void fill(World& world, std::int64_t bytes);
  void drain(World& world, std::int64_t bytes);

 private:
  std::int64_t filled_ = 0;
  std::deque<Message> messages_;
  std::deque<PythonThread*> waiters_;
  PythonThread* writer_ = nullptr;
};

}  // namespace gilsim::model
