// A thread that plans several things at a time and does them one after another: bytecode, C code,
// system calls on pipes and semaphores, which it makes without its interpreter's lock.
#pragma once

#include <array>
#include <vector>

#include "models/process/pipe.hpp"

namespace gilsim::model {

class ScriptedThread : public Behaviour {
 public:
  Action next(World& world, PythonThread& self) final;
  std::optional<CpuRequest> proceed(World& world, PythonThread& self) final;

 protected:
  // Asked when all is done that was planned: plans at least one thing.
  virtual void plan(World& world, PythonThread& self) = 0;

  void act(const Action& action);
  void python(sim::Duration time) { act(Action::python(time)); }
  void held(sim::Duration time) { act(Action::native_held(time)); }
  // Waits until the pipe has something, and reads the header of a message.
  void read_header(Pipe& pipe, sim::Duration time);
  // Reads so many bytes, which are there or on their way.
  void read(Pipe& pipe, std::int64_t bytes, sim::Duration time);
  // Reads a large message: each piece takes `piece`, and `keep` of C code with the lock.
  void read_pieces(Pipe& pipe, std::int64_t bytes, sim::Duration piece, sim::Duration keep);
  // Writes a message; a large one piece by piece, each taking `piece`.
  void write(Pipe& pipe, const Message& message, sim::Duration time, sim::Duration piece = {});
  // Waits until one of these pipes has something.
  using Polled = std::array<Pipe*, 3>;  // or nullptr
  void poll(const Polled& pipes, sim::Duration time);
  // Does not give up the lock where the semaphore is free (_multiprocessing/semaphore.c).
  void take(Semaphore& semaphore);

 private:
  enum class Call : std::uint8_t { kNone, kHeader, kRead, kWrite, kPoll, kTake };
  enum class Progress : std::uint8_t { kNothing, kPaying };
  struct Item {
    Call call = Call::kNone;
    bool announces = false;  // a write: the first of its message
    bool continues = false;  // a write: no bytecode between the last one and this
    Action action;
    Pipe* pipe = nullptr;
    Polled polled{};
    Semaphore* semaphore = nullptr;
    std::int64_t bytes = 0;
    sim::Duration time;
    Message message{};
  };

  static bool may_go_on(const Item& item);
  static void await(PythonThread& self, const Item& item);
  static void finish(World& world, const Item& item);
  void add_write(Pipe& pipe, std::int64_t bytes, sim::Duration time, const Message* announced);

  std::vector<Item> script_;
  std::size_t at_ = 0;
  Progress progress_ = Progress::kNothing;
};

}  // namespace gilsim::model
