#include "models/lock/per_interpreter_lock.hpp"

namespace gilsim::model {

void PerInterpreterLock::ask(const LockSeat& holder, const LockSeat& asking) {
  requests_.assign(asking.interpreter, true);
  if (asking.interpreter == holder.interpreter) make_holder_look();
}

}  // namespace gilsim::model
