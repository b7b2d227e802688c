// Real recordings of small Python programs. What a program says of itself it writes to a file:
// recorded programs have this test's own output.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "host/interpreters.hpp"
#include "host/record/record.hpp"
#include "host/trace/summary.hpp"
#include "tests/host/temporary_folder.hpp"
#include "tests/host/trace_laws.hpp"

namespace gilsim::host {

class Recording : public testing::Test {
 protected:
  static const std::vector<InstalledInterpreter>& interpreters() {
    static const std::vector<InstalledInterpreter> found = find_interpreters();
    return found;
  }
  static std::string python() { return interpreters().front().path; }

  std::string path(const std::string& name) const { return folder_.path() / name; }
  std::string trace_path() const { return path("t.trace"); }

  Recorded record_command(const std::vector<std::string>& command,
                          std::uint64_t limit_bytes = 1 << 28) const {
    return record({trace_path(), command, limit_bytes, trace::CpuClock::kSampled});
  }
  // The program finds the path of its own file `out` in sys.argv[1].
  Recorded record_program(const std::string& interpreter, const std::string& text) const {
    return record_command(command_for(interpreter, text));
  }
  std::vector<std::string> command_for(const std::string& interpreter,
                                       const std::string& text) const {
    std::ofstream(path("program.py")) << text;
    return {interpreter, path("program.py"), path("out")};
  }

  std::string output() const {
    std::ostringstream text;
    text << std::ifstream(path("out")).rdbuf();
    return text.str();
  }

  void expect_lawful() const {
    const trace::TraceFile file(trace_path());
    EXPECT_THAT(trace::test::broken_laws(file), testing::IsEmpty());
  }
  trace::Summary summary() const { return trace::summarize(trace::TraceFile(trace_path())); }

  const TemporaryFolder folder_;
};

}  // namespace gilsim::host
