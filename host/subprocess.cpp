#include "host/subprocess.hpp"

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "host/child_process.hpp"
#include "host/host_error.hpp"

extern char** environ;

namespace gilsim::host {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kStopCheck{20};
constexpr std::chrono::milliseconds kGrace{300};  // between SIGTERM and SIGKILL
// For helpers that clean up after the program, as multiprocessing's resource tracker does.
constexpr std::chrono::milliseconds kHelpers{500};

cpu_set_t first_cores(int wanted) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
    throw HostError(std::string("can't ask which cores may be used: ") + std::strerror(errno));
  }
  const int available = CPU_COUNT(&allowed);
  if (wanted > available) {
    throw HostError("a run on " + std::to_string(wanted) +
                    " cores was asked for, and this process may use " + std::to_string(available) +
                    "; lower `cores`");
  }
  cpu_set_t chosen;
  CPU_ZERO(&chosen);
  for (int core = 0, left = wanted; left > 0; ++core) {
    if (!CPU_ISSET(core, &allowed)) continue;
    CPU_SET(core, &chosen);
    --left;
  }
  return chosen;
}

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    bool replaced = false;
    const std::string name = text.substr(0, text.find('='));
    for (const auto& variable : added) replaced |= variable.first == name;
    if (!replaced) all.push_back(text);
  }
  for (const auto& [name, value] : added) all.push_back(name + "=" + value);
  return all;
}

// A write to a pipe nobody reads any more must fail, not raise a signal in this process.
ssize_t write_without_signal(int file, const char* data, std::size_t size) {
  sigset_t pipe_signal, before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const ssize_t written = write(file, data, size);
  const int error = errno;
  if (written < 0 && error == EPIPE && sigismember(&before, SIGPIPE) == 0) {
    const timespec now{};
    sigtimedwait(&pipe_signal, nullptr, &now);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return written;
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

void read_available(FileDescriptor& file, std::string& text) {
  std::array<char, 65536> buffer;
  while (file.is_open()) {
    const ssize_t count = read(file.get(), buffer.data(), buffer.size());
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || !would_block()) {
      file.reset();
    } else if (errno != EINTR) {
      return;
    }
  }
}

class Conversation {
 public:
  Conversation(ChildProcess& child, const std::string& input, SubprocessResult& result)
      : child_(child), input_(input), result_(result) {
    if (input_.empty()) child_.input.reset();
  }

  // Waits for at most `limit`, then moves what can be moved. Negative numbers are ignored by poll.
  void exchange(std::chrono::milliseconds limit) {
    std::array<pollfd, 4> files{{{child_.input.get(), POLLOUT, 0},
                                 {child_.output.get(), POLLIN, 0},
                                 {child_.error.get(), POLLIN, 0},
                                 {child_.exit_notice.get(), POLLIN, 0}}};
    poll(files.data(), files.size(), static_cast<int>(limit.count()));
    feed();
    read_available(child_.output, result_.output);
    read_available(child_.error, result_.error);
  }

 private:
  void feed() {
    while (child_.input.is_open() && sent_ < input_.size()) {
      const ssize_t count =
          write_without_signal(child_.input.get(), input_.data() + sent_, input_.size() - sent_);
      if (count >= 0) {
        sent_ += static_cast<std::size_t>(count);
      } else if (would_block()) {
        return;
      } else {
        sent_ = input_.size();
      }
    }
    child_.input.reset();
  }

  ChildProcess& child_;
  const std::string& input_;
  SubprocessResult& result_;
  std::size_t sent_ = 0;
};

Clock::time_point deadline_after(sim::Duration timeout) {
  constexpr auto kLongest = sim::Duration::seconds(365LL * 24 * 3600);
  return Clock::now() + std::chrono::nanoseconds(std::min(timeout, kLongest).count());
}

}  // namespace

SubprocessResult run_subprocess(const std::vector<std::string>& command,
                                const SubprocessOptions& options) {
  ChildProcess::Setup setup{command, environment_with(options.environment), std::nullopt};
  if (options.cores > 0) setup.cores = first_cores(options.cores);
  const auto deadline = deadline_after(options.timeout);

  SubprocessResult result;
  ChildProcess child(setup);
  Conversation conversation(child, options.input, result);
  while (!child.has_ended()) {
    result.stopped = options.stop != nullptr && options.stop->load();
    result.timed_out = !result.stopped && Clock::now() >= deadline;
    if (result.stopped || result.timed_out) break;
    conversation.exchange(kStopCheck);
  }
  if (result.stopped || result.timed_out) {
    child.signal_group(SIGTERM);
    const auto end_of_grace = Clock::now() + kGrace;
    while (!child.has_ended() && Clock::now() < end_of_grace) conversation.exchange(kStopCheck);
  }
  if (!result.stopped && !result.timed_out) child.let_group_end(kHelpers);
  result.exit_code = child.end_group();
  conversation.exchange(std::chrono::milliseconds{0});
  return result;
}

}  // namespace gilsim::host
