// Objects that threads of a free-threaded build share: each has a lock, and reference counts that
// are written by whoever uses it, so that threads which work on one object at the same time slow
// each other down.
//
// Rule: of the threads that are on cores with work on one object, all together get as much done as
// one alone, less what taking turns costs (`contended`, measured): each goes on at its share. They
// do not block: turns last nanoseconds, and who waits for one spins (Python/lock.c,
// _PyMutex_LockTimed: it parks after 40 rounds, and a mutex is handed over to who has waited for a
// millisecond). Who comes to an object that is in use gets a share above or below the others', by
// the toss of a coin, as uneven as two threads' were measured (`favoured`): that is what puts
// threads out of step which would otherwise come to the object together for ever.
// A thread looks at who else is there every 100 us of work. Left out: objects whose reads need no
// lock (3.14: dict and list lookups) or whose reference counts are deferred. Interpreters and
// processes share nothing. With the interpreter lock steps that share are steps like any other.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "models/configuration.hpp"
#include "sim/random.hpp"

namespace gilsim::model {

struct PythonThread;

class SharedObjects {
 public:
  // Without costs: `contended` 1, even shares.
  SharedObjects(const std::optional<SharedObjectCosts>& costs, sim::RandomStream random);

  void enter(std::size_t interpreter, std::uint16_t object, PythonThread& thread);
  void leave(std::size_t interpreter, std::uint16_t object, const PythonThread& thread);
  // Time of the next piece of `work` of a thread that is there, and the work it stands for.
  sim::Duration begin_piece(std::size_t interpreter, std::uint16_t object,
                            const PythonThread& thread, sim::Duration work);
  sim::Duration work_in(std::size_t interpreter, std::uint16_t object, const PythonThread& thread,
                        sim::Duration time) const;

 private:
  struct Visitor {
    PythonThread* thread = nullptr;
    double weight = 1;    // of its share
    double slowness = 1;  // of its present piece: time over work
  };
  using Visitors = std::vector<Visitor>;
  using Key = std::pair<std::size_t, std::uint16_t>;

  static std::size_t index_of(const Visitors& visitors, const PythonThread& thread);
  double slowness_of(const Visitors& visitors, const Visitor& visitor) const;

  sim::RandomStream random_;
  const double contended_;
  const Estimate favoured_;
  std::map<Key, Visitors> visitors_;
};

}  // namespace gilsim::model
