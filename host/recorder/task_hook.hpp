// Marks of tasks: Python code (python/) is run inside the recorded interpreter as a pending
// call, as soon as there is one, before `site` is imported. Neither the environment nor a file nor
// an option of the interpreter is needed: -I, -E, -S and a sitecustomize of the program's own
// change nothing.
//
// Left out: interpreters that export none of the C API's functions, sub-interpreters, and
// interpreters whose main thread never lets go of the lock before the tasks are over.
#pragma once

#include "host/recorder/process.hpp"
#include "host/recorder/thread_log.hpp"

namespace gilsim::recorder {

// To be called by a thread that holds the lock. Asks for the hook once the interpreter is ready.
void ask_for_task_hook(ThreadLog& log);

inline void consider_task_hook(ThreadLog& log) {
  if (__builtin_expect(process().wants_task_hook && log.is_main, 0)) ask_for_task_hook(log);
}

}  // namespace gilsim::recorder
