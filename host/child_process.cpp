#include "host/child_process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

struct Pipe {
  FileDescriptor read, write;
};

[[noreturn]] void fail(const std::string& what, int error) {
  throw HostError(what + ": " + std::strerror(error));
}

// Numbers 0 to 2 would collide with the child's standard streams.
FileDescriptor above_standard_streams(FileDescriptor original) {
  if (original.get() > 2) return original;
  FileDescriptor copy(fcntl(original.get(), F_DUPFD_CLOEXEC, 3));
  if (!copy.is_open()) fail("can't copy a file descriptor", errno);
  return copy;
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("can't make a pipe", errno);
  FileDescriptor read(ends[0]), write(ends[1]);
  return {above_standard_streams(std::move(read)), above_standard_streams(std::move(write))};
}

void set_non_blocking(const FileDescriptor& file) {
  fcntl(file.get(), F_SETFL, fcntl(file.get(), F_GETFL) | O_NONBLOCK);
}

std::vector<char*> pointers_to(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (const auto& string : strings) pointers.push_back(const_cast<char*>(string.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

struct ChildPlan {
  char* const* command;
  char* const* environment;
  const cpu_set_t* cores;
  int input, output, error, failure;
  pid_t parent;
};

// Runs between fork and exec, where only async-signal-safe calls are allowed.
[[noreturn]] void become_program(const ChildPlan& plan) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != plan.parent) _exit(127);
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD}) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const bool ready =
      (plan.cores == nullptr || sched_setaffinity(0, sizeof(cpu_set_t), plan.cores) == 0) &&
      dup2(plan.input, STDIN_FILENO) >= 0 && dup2(plan.output, STDOUT_FILENO) >= 0 &&
      dup2(plan.error, STDERR_FILENO) >= 0;
  close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);  // what this process itself was given by others
  if (ready) execvpe(plan.command[0], plan.command, plan.environment);
  const int reason = errno;
  [[maybe_unused]] const ssize_t written = write(plan.failure, &reason, sizeof(reason));
  _exit(127);
}

// 0 when the other end was closed by a successful exec.
int read_failure(const FileDescriptor& file) {
  int reason = 0;
  ssize_t count;
  do {
    count = read(file.get(), &reason, sizeof(reason));
  } while (count < 0 && errno == EINTR);
  return count == sizeof(reason) ? reason : 0;
}

int exit_code_of(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

ChildProcess::ChildProcess(const Setup& setup) {
  if (setup.command.empty()) throw HostError("can't start an empty command");
  Pipe in = make_pipe(), out = make_pipe(), err = make_pipe(), failure = make_pipe();
  const auto command = pointers_to(setup.command);
  const auto environment = pointers_to(setup.environment);
  const ChildPlan plan{command.data(),
                       environment.data(),
                       setup.cores ? &*setup.cores : nullptr,
                       in.read.get(),
                       out.write.get(),
                       err.write.get(),
                       failure.write.get(),
                       getpid()};
  prctl(PR_SET_CHILD_SUBREAPER, 1);

  pid_ = fork();
  if (pid_ < 0) fail("can't start " + setup.command[0], errno);
  if (pid_ == 0) become_program(plan);
  setpgid(pid_, pid_);

  failure.write.reset();
  if (const int reason = read_failure(failure.read); reason != 0) {
    end_group();
    fail("can't start " + setup.command[0], reason);
  }
  input = std::move(in.write);
  output = std::move(out.read);
  error = std::move(err.read);
  for (const auto* file : {&input, &output, &error}) set_non_blocking(*file);
  exit_notice.reset(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
}

ChildProcess::~ChildProcess() { end_group(); }

bool ChildProcess::has_ended() {
  if (pid_ < 0) return true;
  siginfo_t info{};
  // The program stays a zombie: its number must not be given away while the group is signalled.
  const int answer = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  return answer != 0 || info.si_pid == pid_;
}

void ChildProcess::signal_group(int signal) {
  if (pid_ > 0) kill(-pid_, signal);
}

// While any of the group is left to be waited for, its number is nobody else's.
void ChildProcess::let_group_end(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (pid_ > 0) {
    int status = 0;
    const pid_t reaped = waitpid(-pid_, &status, WNOHANG);
    if (reaped == pid_) exit_code_ = exit_code_of(status);
    if (reaped < 0 && errno != EINTR) pid_ = -1;  // all are gone
    if (reaped != 0) continue;
    if (std::chrono::steady_clock::now() >= deadline) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

int ChildProcess::end_group() {
  if (pid_ < 0) return exit_code_;
  kill(-pid_, SIGKILL);
  while (true) {
    int status = 0;
    const pid_t reaped = waitpid(-pid_, &status, 0);
    if (reaped < 0 && errno == EINTR) continue;
    if (reaped < 0) break;
    if (reaped != pid_) continue;
    exit_code_ = exit_code_of(status);
  }
  pid_ = -1;
  return exit_code_;
}

}  // namespace gilsim::host
