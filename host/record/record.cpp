#include "host/record/record.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "host/file_descriptor.hpp"
#include "host/host_error.hpp"
#include "host/record/program_check.hpp"
#include "host/record/recorder_library.hpp"

namespace gilsim::host {
namespace {

constexpr int kForwarded[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGCONT};

std::vector<std::string> environment_with(const std::string& library, const std::string& trace) {
  std::vector<std::string> variables;
  std::string preload = "LD_PRELOAD=" + library;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string variable = *at;
    if (variable.rfind("LD_PRELOAD=", 0) == 0) {
      if (variable.size() > 11) preload += ":" + variable.substr(11);
    } else if (variable.rfind("GILSIM_RECORD=", 0) != 0) {
      variables.push_back(variable);
    }
  }
  variables.push_back(preload);
  variables.push_back("GILSIM_RECORD=" + trace);
  return variables;
}

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Signals that this process waits for instead of being ended by them.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&held_);
    sigaddset(&held_, SIGCHLD);
    for (const int signal : kForwarded) sigaddset(&held_, signal);
    pthread_sigmask(SIG_BLOCK, &held_, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  const sigset_t& before() const { return before_; }
  siginfo_t wait() const {
    siginfo_t found{};
    while (sigwaitinfo(&held_, &found) < 0) continue;
    return found;
  }

 private:
  sigset_t held_{};
  sigset_t before_{};
};

[[noreturn]] void become(const std::string& program, char* const* words, char* const* variables,
                         const sigset_t& mask, int error_pipe) {
  signal(SIGPIPE, SIG_DFL);  // main() ignores both
  signal(SIGXFSZ, SIG_DFL);
  pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  execve(program.c_str(), words, variables);
  const int error = errno;
  [[maybe_unused]] const auto told = write(error_pipe, &error, sizeof error);
  _exit(127);
}

pid_t start(const std::string& program, const std::vector<std::string>& command,
            const std::vector<std::string>& environment, const sigset_t& mask) {
  const std::vector<char*> words = pointers_to(command);
  const std::vector<char*> variables = pointers_to(environment);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw HostError(std::string("no pipe: ") + strerror(errno));
  const FileDescriptor read_end(ends[0]);
  FileDescriptor write_end(ends[1]);
  const pid_t process = fork();
  if (process < 0) throw HostError(std::string("can't fork: ") + strerror(errno));
  if (process == 0) become(program, words.data(), variables.data(), mask, ends[1]);
  write_end.reset();
  int error = 0;
  if (read(read_end.get(), &error, sizeof error) != sizeof error) return process;
  waitpid(process, nullptr, 0);
  throw HostError("can't run '" + program + "': " + strerror(error));
}

// A terminal sends its signals to the program itself, too; others are passed on.
bool is_for_the_program(const siginfo_t& signal) {
  return signal.si_signo != SIGCHLD && signal.si_code != SI_KERNEL;
}

std::uint64_t nanoseconds_in(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(time.tv_usec) * 1000U;
}

int wait_for(pid_t process, const HeldSignals& signals, trace::Header& header) {
  int status = 0;
  rusage usage{};
  for (;;) {
    const siginfo_t signal = signals.wait();
    if (is_for_the_program(signal)) kill(process, signal.si_signo);
    if (wait4(process, &status, WNOHANG, &usage) == process) break;
  }
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  header.exit_status = static_cast<std::uint32_t>(status);
  header.finished = static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
                    static_cast<std::uint64_t>(time.tv_nsec);
  header.user_time = nanoseconds_in(usage.ru_utime);
  header.system_time = nanoseconds_in(usage.ru_stime);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Recorded record(const TraceHeader::Setup& setup) {
  const std::string program = find_recordable_program(setup.command.at(0));
  const std::string library = find_recorder();
  TraceHeader header(setup);
  Recorded recorded;
  try {
    const HeldSignals signals;
    const pid_t process =
        start(program, setup.command, environment_with(library, header.path()), signals.before());
    recorded.exit_code = wait_for(process, signals, *header);
  } catch (const HostError&) {
    header.remove();
    throw;
  }
  header.close();
  recorded.end = static_cast<trace::End>(header->end.load());
  recorded.end_error = static_cast<int>(header->end_errno.load());
  recorded.blocks = header->next_block.load() - 1;
  recorded.hooks = header->hooked.load();
  recorded.called_tasks = header->called_tasks.load();
  recorded.interpreter = header->interpreter;
  if (recorded.blocks == 0) header.remove();
  return recorded;
}

}  // namespace gilsim::host
