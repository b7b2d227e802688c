#include "tests/app/child.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gilsim::app::test {
namespace {

struct Pipe {
  int reader = -1;
  int writer = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    reader = ends[0];
    writer = ends[1];
  }
};

std::string unique_mark() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return "GILSIM_TEST_MARK=" + std::to_string(::getpid()) + "." + std::to_string(now);
}

[[noreturn]] void become(const std::vector<std::string>& command, const std::string& mark) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::putenv(const_cast<char*>(mark.c_str()));
  ::execv(words[0], words.data());
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, Output output) : mark_(unique_mark()) {
  const Pipe out, error;
  ::close(out.reader);
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot fork");
  if (process_ == 0) {
    const int sink = output == Output::kClosed ? out.writer : ::open("/dev/null", O_WRONLY);
    ::dup2(sink, STDOUT_FILENO);
    ::dup2(error.writer, STDERR_FILENO);
    become(command, mark_);
  }
  ::close(out.writer);
  ::close(error.writer);
  error_pipe_ = error.reader;
}

Child::~Child() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(error_pipe_);
}

bool Child::read_more() {
  char buffer[4096];
  ssize_t count = 0;
  do {
    count = ::read(error_pipe_, buffer, sizeof buffer);
  } while (count < 0 && errno == EINTR);
  if (count <= 0) return false;
  error_.append(buffer, static_cast<std::size_t>(count));
  return true;
}

bool Child::wait_for_error(const std::string& text) {
  while (error_.find(text) == std::string::npos) {
    if (!read_more()) return false;
  }
  return true;
}

void Child::send(int signal) const { ::kill(process_, signal); }

int Child::finish() {
  while (read_more()) {
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<pid_t> Child::marked_processes() const {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "environ", std::ios::binary);
    std::ostringstream environment;
    environment << file.rdbuf();
    if (environment.str().find(mark_) != std::string::npos) found.push_back(std::stoi(name));
  }
  return found;
}

}  // namespace gilsim::app::test
