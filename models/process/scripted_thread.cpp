#include "models/process/scripted_thread.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

constexpr std::int64_t kHeaderBytes = 4;

}  // namespace

void ScriptedThread::act(const Action& action) { script_.emplace_back().action = action; }

void ScriptedThread::read_header(Pipe& pipe, sim::Duration time) {
  read(pipe, kHeaderBytes, time);
  script_.back().call = Call::kHeader;
}

void ScriptedThread::read(Pipe& pipe, std::int64_t bytes, sim::Duration time) {
  Item& item = script_.emplace_back();
  item.call = Call::kRead;
  item.action = Action::calls();
  item.pipe = &pipe;
  item.bytes = bytes;
  item.time = time;
}

void ScriptedThread::read_pieces(Pipe& pipe, std::int64_t bytes, sim::Duration piece,
                                 sim::Duration keep) {
  for (std::int64_t left = bytes; left > 0; left -= Pipe::kPiece) {
    read(pipe, std::min(left, Pipe::kPiece), piece);
    held(keep);
  }
}

void ScriptedThread::add_write(Pipe& pipe, std::int64_t bytes, sim::Duration time,
                               const Message* announced) {
  read(pipe, bytes, time);
  Item& item = script_.back();
  item.call = Call::kWrite;
  item.announces = announced != nullptr;
  if (announced) item.message = *announced;
}

void ScriptedThread::write(Pipe& pipe, const Message& message, sim::Duration time,
                           sim::Duration piece) {
  if (message.bytes <= Pipe::kAlone) {
    return add_write(pipe, kHeaderBytes + message.bytes, time, &message);
  }
  add_write(pipe, kHeaderBytes, time, &message);
  for (std::int64_t left = message.bytes; left > 0; left -= Pipe::kPiece) {
    add_write(pipe, std::min(left, Pipe::kPiece), piece, nullptr);
    script_.back().continues = left < message.bytes;
  }
}

void ScriptedThread::poll(const Polled& pipes, sim::Duration time) {
  read(*pipes[0], 0, time);
  script_.back().call = Call::kPoll;
  script_.back().polled = pipes;
}

void ScriptedThread::take(Semaphore& semaphore) {
  Item& item = script_.emplace_back();
  item.call = Call::kTake;
  item.action = Action::calls();
  item.semaphore = &semaphore;
}

Action ScriptedThread::next(World& world, PythonThread& self) {
  for (;;) {
    if (at_ == script_.size()) {
      script_.clear();
      at_ = 0;
      plan(world, self);
    }
    const Item& item = script_[at_];
    if (item.call == Call::kTake && item.semaphore->try_take()) {
      ++at_;
      continue;
    }
    if (item.call == Call::kNone) ++at_;
    return item.action;
  }
}

std::optional<CpuRequest> ScriptedThread::proceed(World& world, PythonThread& self) {
  for (;;) {
    const Item& item = script_[at_];
    if (progress_ == Progress::kNothing) {
      while (!may_go_on(item)) {
        // Whom the last call has woken is paid for first.
        if (self.seat.thread->charged > sim::Duration{}) return CpuRequest::compute({});
        await(self, item);
        if (World::parks(self)) return CpuRequest::block();
      }
      progress_ = Progress::kPaying;
      return CpuRequest::compute(item.time);
    }
    progress_ = Progress::kNothing;
    finish(world, item);
    ++at_;
    if (at_ == script_.size() || !script_[at_].continues) return std::nullopt;
  }
}

bool ScriptedThread::may_go_on(const Item& item) {
  switch (item.call) {
    case Call::kHeader:
    case Call::kRead:
      return item.pipe->has(item.bytes);
    case Call::kWrite:
      return item.pipe->has_room_for(item.bytes);
    case Call::kPoll:
      return std::any_of(item.polled.begin(), item.polled.end(),
                         [](const Pipe* pipe) { return pipe && !pipe->is_empty(); });
    case Call::kTake:
      return item.semaphore->try_take();
    case Call::kNone:
      break;
  }
  return true;
}

void ScriptedThread::await(PythonThread& self, const Item& item) {
  switch (item.call) {
    case Call::kHeader:
    case Call::kRead:
      return item.pipe->await_bytes(self);
    case Call::kWrite:
      return item.pipe->await_room(self);
    case Call::kPoll:
      for (Pipe* const pipe : item.polled) {
        if (pipe) pipe->await_anything(self);
      }
      return;
    case Call::kTake:
      return item.semaphore->await(self);
    case Call::kNone:
      break;
  }
}

void ScriptedThread::finish(World& world, const Item& item) {
  switch (item.call) {
    case Call::kHeader:
    case Call::kRead:
      return item.pipe->drain(world, item.bytes);
    case Call::kWrite:
      if (item.announces) item.pipe->announce(item.message);
      return item.pipe->fill(world, item.bytes);
    case Call::kPoll:
    case Call::kTake:
    case Call::kNone:
      break;
  }
}

}  // namespace gilsim::model
