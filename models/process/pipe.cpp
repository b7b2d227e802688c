#include "models/process/pipe.hpp"

#include <algorithm>
#include <utility>

namespace gilsim::model {

void Semaphore::await(PythonThread& thread) {
  if (std::find(waiters_.begin(), waiters_.end(), &thread) == waiters_.end()) {
    waiters_.push_back(&thread);
  }
}

void Semaphore::post(World& world) {
  ++value_;
  if (waiters_.empty()) return;
  PythonThread& first = *waiters_.front();
  waiters_.pop_front();
  world.unpark(first);
}

Message Pipe::pop() {
  const Message first = messages_.front();
  messages_.pop_front();
  return first;
}

void Pipe::await_anything(PythonThread& looking) {
  std::erase(waiters_, &looking);
  waiters_.push_front(&looking);
}

void Pipe::await_bytes(PythonThread& reader) {
  std::erase(waiters_, &reader);
  waiters_.push_back(&reader);
}

void Pipe::fill(World& world, std::int64_t bytes) {
  filled_ += bytes;
  for (PythonThread* const waiter : std::exchange(waiters_, {})) world.unpark_by_bytes(*waiter);
}

void Pipe::drain(World& world, std::int64_t bytes) {
  filled_ -= bytes;
  if (PythonThread* const writer = std::exchange(writer_, nullptr)) world.unpark_by_bytes(*writer);
}

}  // namespace gilsim::model
