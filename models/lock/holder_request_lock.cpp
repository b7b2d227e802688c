#include "models/lock/holder_request_lock.hpp"

namespace gilsim::model {

void HolderRequestLock::ask(const LockSeat& holder, const LockSeat&) {
  requests_.assign(holder.thread->id, true);
  make_holder_look();
}

}  // namespace gilsim::model
