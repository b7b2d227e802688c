#include "tests/app/support.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "app/app.hpp"

namespace gilsim::app::test {
namespace {

namespace fs = std::filesystem;

model::Cost about(sim::Duration median) {
  return {median, median.scaled(0.9), median.scaled(1.2), 50};
}

model::Estimate about(double median) { return {median, 0.97 * median, 1.03 * median, 50}; }

model::WaitCost wait_cost() {
  model::WaitCost cost;
  cost.call = about(sim::Duration::microseconds(4));
  cost.cpu = about(sim::Duration::microseconds(8));
  cost.latency = about(sim::Duration::microseconds(20));
  return cost;
}

model::PoolParameters pool_cost(sim::Duration ready) {
  return {about(sim::Duration::milliseconds(1)),
          about(sim::Duration::microseconds(700)),
          about(ready),
          about(sim::Duration::microseconds(60)),
          about(sim::Duration::microseconds(1)),
          about(sim::Duration::milliseconds(2)),
          {},
          {},
          {}};
}

}  // namespace

Ran ran(const std::vector<std::string>& words, host::StopFlag& stop) {
  std::ostringstream out, err;
  Io io{out, err, stop};
  Ran result;
  result.code = run_app(words, io);
  result.out = out.str();
  result.err = err.str();
  return result;
}

Ran ran(const std::vector<std::string>& words) {
  host::StopFlag stop{false};
  return ran(words, stop);
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "gilsim-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::permissions(folder_, fs::perms::owner_all, ignored);
  fs::remove_all(folder_, ignored);
}

std::string TemporaryFolder::path(const std::string& name) const {
  return (folder_ / name).string();
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name)) << text;
  return path(name);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

model::HostProfile round_profile(const std::string& version, const model::HostIdentity& host) {
  model::InterpreterParameters interpreter;
  interpreter.version = version;
  interpreter.rates = {about(2e7), about(2e7), about(2e7)};
  interpreter.native_released = about(2e6);
  interpreter.native_held = about(5e7);
  interpreter.thread_start = about(sim::Duration::microseconds(60));
  interpreter.submit = about(sim::Duration::microseconds(20));
  interpreter.task = about(sim::Duration::microseconds(20));
  interpreter.waits = {wait_cost(), wait_cost(), wait_cost(), wait_cost(), wait_cost()};
  interpreter.pools.fork = pool_cost(sim::Duration::milliseconds(2));
  interpreter.pools.spawn = pool_cost(sim::Duration::milliseconds(40));
  model::HostProfile profile;
  profile.description = "round figures for tests";
  profile.host = host;
  profile.machine.cores = 2;
  profile.interpreters = {interpreter};
  return profile;
}

Environment::Environment(std::string name, const std::string& value) : name_(std::move(name)) {
  const char* const before = std::getenv(name_.c_str());
  was_set_ = before != nullptr;
  if (was_set_) before_ = before;
  ::setenv(name_.c_str(), value.c_str(), 1);
}

Environment::~Environment() {
  if (was_set_) {
    ::setenv(name_.c_str(), before_.c_str(), 1);
  } else {
    ::unsetenv(name_.c_str());
  }
}

}  // namespace gilsim::app::test
