#include "app/process.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

namespace gilsim::app {
namespace {

host::StopFlag& stop_flag() {
  static host::StopFlag flag{false};
  return flag;
}

extern "C" void ask_to_stop(int) { stop_flag() = true; }

// SA_RESETHAND: the second Ctrl-C ends the program at once.
void handle(int signal) {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(signal, &action, nullptr);
}

}  // namespace

host::StopFlag& stop_on_signals() {
  host::StopFlag& stop = stop_flag();
  handle(SIGINT);
  handle(SIGTERM);
  // A closed pipe and a file beyond the limit are write errors, with an exit code of their own.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return stop;
}

Io process_io(host::StopFlag& stop) {
  const char* const no_color = std::getenv("NO_COLOR");
  const bool out_is_terminal = isatty(STDOUT_FILENO) == 1;
  return {std::cout,
          std::cerr,
          stop,
          out_is_terminal,
          isatty(STDERR_FILENO) == 1,
          out_is_terminal && (no_color == nullptr || *no_color == '\0')};
}

}  // namespace gilsim::app
