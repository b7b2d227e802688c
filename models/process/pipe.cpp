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

void Pipe::await_bytes(PythonThread& reader) {
  if (std::find(readers_.begin(), readers_.end(), &reader) == readers_.end()) {
    readers_.push_back(&reader);
  }
}

void Pipe::announce(World& world, const Message& message) {
  messages_.push_back(message);
  if (told_) told_->fill(world, 1);
}

void Pipe::fill(World& world, std::int64_t bytes) {
  filled_ += bytes;
  for (PythonThread* const reader : readers_) world.unpark(*reader);
  readers_.clear();
}

void Pipe::drain(World& world, std::int64_t bytes) {
  filled_ -= bytes;
  if (PythonThread* const writer = std::exchange(writer_, nullptr)) world.unpark(*writer);
}

}  // namespace gilsim::model
