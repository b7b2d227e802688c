// What a recording contains, and that the program it is made of does not notice.
#include <sys/wait.h>

#include <algorithm>
#include <numeric>

#include "tests/host/record_fixture.hpp"

namespace gilsim::host {
namespace {

using testing::Contains;
using testing::HasSubstr;
using trace::Call;

const char* const kThreads = R"(
import sys, threading, queue, time, os
box = queue.Queue(2)
def compute():
    for _ in range(200000): pass
def produce():
    for number in range(50): box.put(number)
def consume():
    for _ in range(50): box.get()
def sleep():
    for _ in range(5): time.sleep(0.001)
threads = [threading.Thread(target=one) for one in (compute, compute, produce, consume, sleep)]
for thread in threads: thread.start()
for thread in threads: thread.join()
while len(os.listdir('/proc/self/task')) > 1: pass  # join() returns before the thread's very end
with open(sys.argv[1], 'w') as out: out.write('done')
)";

bool has_a_lock_that_shows(const InstalledInterpreter& interpreter) {
  const std::string& version = interpreter.version;
  const bool is_old = version.rfind("2.", 0) == 0 || version.rfind("3.6.", 0) == 0;
  return interpreter.implementation == "cpython" && !interpreter.free_threaded && !is_old;
}

std::uint64_t calls_of(const trace::Summary& summary, Call call) {
  return std::accumulate(summary.threads.begin(), summary.threads.end(), std::uint64_t{0},
                         [&](std::uint64_t sum, const trace::ThreadSummary& thread) {
                           return sum + thread.blocked[static_cast<std::size_t>(call)].count;
                         });
}

using EveryInstalledVersion = Recording;

TEST_F(EveryInstalledVersion, LeavesATraceThatFollowsTheLawsOfTheLock) {
  for (const InstalledInterpreter& interpreter : interpreters()) {
    if (!has_a_lock_that_shows(interpreter)) continue;
    SCOPED_TRACE(interpreter.path);
    const Recorded recorded = record_program(interpreter.path, kThreads);
    EXPECT_EQ(recorded.exit_code, 0);
    EXPECT_EQ(output(), "done");
    EXPECT_EQ(recorded.end, trace::End::kFinished);
    expect_lawful();
    const trace::Summary found = summary();
    ASSERT_EQ(found.threads.size(), 6U);
    ASSERT_EQ(found.locks.size(), 1U);
    EXPECT_EQ(calls_of(found, Call::kSleep), 5U);
    for (const trace::ThreadSummary& thread : found.threads) {
      EXPECT_GT(thread.takes, 0U);
      EXPECT_TRUE(thread.is_main || thread.has_ended);
    }
    const trace::TraceFile file(trace_path());
    EXPECT_THAT(file.images().at(0).interpreter, HasSubstr(interpreter.version));
  }
}

TEST_F(EveryInstalledVersion, WithoutSuchALockLeavesNoTraceAndSaysWhichItIs) {
  for (const InstalledInterpreter& interpreter : interpreters()) {
    if (interpreter.version.rfind("2.7", 0) != 0) continue;
    const Recorded recorded = record_command({interpreter.path, "-c", "pass"});
    EXPECT_EQ(recorded.exit_code, 0);
    EXPECT_EQ(recorded.blocks, 0U);
    EXPECT_THAT(recorded.interpreter, HasSubstr("2.7"));
    EXPECT_FALSE(std::filesystem::exists(trace_path()));
  }
}

TEST_F(Recording, IsNotSeenInTheEnvironmentNorInTheOpenFiles) {
  const Recorded recorded = record_program(python(), R"(
import os, subprocess, sys
look = 'import os;print([n for n in os.environ if "PRELOAD" in n or "GILSIM" in n])'
child = subprocess.run([sys.executable, '-c', look], stdout=subprocess.PIPE).stdout.decode()
files = [os.readlink('/proc/self/fd/' + name) for name in os.listdir('/proc/self/fd')
         if os.path.exists('/proc/self/fd/' + name)]
ours = [name for name in os.environ if 'PRELOAD' in name or 'GILSIM' in name]
with open(sys.argv[1], 'w') as out:
    print(ours, child.strip(), [name for name in files if 'trace' in name], file=out)
)");
  EXPECT_EQ(recorded.exit_code, 0);
  EXPECT_EQ(output(), "[] [] []\n");
}

TEST_F(Recording, FollowsForksAndProgramsThatWereGivenAnotherEnvironment) {
  const Recorded recorded = record_program(python(), R"(
import os, subprocess, sys, threading, time
def work(): [time.sleep(0) for _ in range(10)]
pid = os.fork()
if pid == 0:
    thread = threading.Thread(target=work); thread.start(); thread.join()
    os._exit(3)
status = os.waitpid(pid, 0)[1]
code = subprocess.run([sys.executable, '-c', 'raise SystemExit(4)'], env={}).returncode
with open(sys.argv[1], 'w') as out: print(os.WEXITSTATUS(status), code, file=out)
os.execv(sys.executable, [sys.executable, '-c', 'raise SystemExit(5)'])
)");
  EXPECT_EQ(recorded.exit_code, 5);
  EXPECT_EQ(output(), "3 4\n");
  expect_lawful();
  const trace::TraceFile file(trace_path());
  EXPECT_EQ(file.images().size(), 4U);
  const auto forked_threads =
      std::count_if(file.threads().begin(), file.threads().end(), [&](const auto& thread) {
        const trace::Image& image = file.images()[thread.image];
        return image.parent == file.images()[0].process &&
               image.process != file.images()[0].process && thread.thread != image.process;
      });
  EXPECT_EQ(forked_threads, 1);
}

TEST_F(Recording, GoesOnThroughSignalHandlers) {
  const Recorded recorded = record_program(python(), R"(
import os, signal, sys, threading, time
count = 0
def handle(*_):
    global count
    count += 1
    os.write(null, b'x')
null = os.open('/dev/null', os.O_WRONLY)
signal.signal(signal.SIGALRM, handle)
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
while count < 50: os.write(null, b'x')
signal.setitimer(signal.ITIMER_REAL, 0)
with open(sys.argv[1], 'w') as out: out.write('done')
)");
  EXPECT_EQ(recorded.exit_code, 0);
  EXPECT_EQ(output(), "done");
  expect_lawful();
}

struct Ending {
  const char* name;
  const char* text;
  int code;
};

class RecordingOf : public Recording, public testing::WithParamInterface<Ending> {};

TEST_P(RecordingOf, EndsWithTheProgramsExitCodeAndIsReadable) {
  const std::string text =
      std::string("import os, signal, sys, time\n[time.sleep(0) for _ in range(100)]\n") +
      GetParam().text;
  const Recorded recorded = record_program(python(), text);
  EXPECT_EQ(recorded.exit_code, GetParam().code);
  expect_lawful();
  EXPECT_GE(calls_of(summary(), Call::kSleep), 100U);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, RecordingOf,
    testing::Values(Ending{"ReturnsNormally", "", 0}, Ending{"Exits", "sys.exit(7)", 7},
                    Ending{"LeavesAtOnce", "os._exit(9)", 9},
                    Ending{"IsTerminated", "os.kill(os.getpid(), signal.SIGTERM)", 128 + SIGTERM},
                    Ending{"IsKilled", "os.kill(os.getpid(), signal.SIGKILL)", 128 + SIGKILL}),
    [](const auto& one) { return one.param.name; });

TEST_F(Recording, EndsAtItsLimitWhileTheProgramGoesOn) {
  const auto command = command_for(python(), R"(
import os, sys
null = os.open('/dev/null', os.O_WRONLY)
for _ in range(40000): os.write(null, b'')
with open(sys.argv[1], 'w') as out: out.write('done')
)");
  const Recorded recorded = record_command(command, 4 * trace::kBlockBytes);
  EXPECT_EQ(recorded.end, trace::End::kLimit);
  EXPECT_EQ(recorded.exit_code, 0);
  EXPECT_EQ(output(), "done");
  EXPECT_EQ(std::filesystem::file_size(trace_path()), 4 * trace::kBlockBytes);
  expect_lawful();
}

TEST_F(Recording, EndsAtTheLimitOfAFilesSizeWhileTheProgramGoesOn) {
  const Recorded recorded = record_program(python(), R"(
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (300000, resource.RLIM_INFINITY))
null = os.open('/dev/null', os.O_WRONLY)
for _ in range(40000): os.write(null, b'')
with open(sys.argv[1], 'w') as out: out.write('done')
)");
  EXPECT_EQ(recorded.end, trace::End::kFileSizeLimit);
  EXPECT_EQ(recorded.exit_code, 0);
  EXPECT_EQ(output(), "done");
  expect_lawful();
}

TEST_F(Recording, EndsWhenItsFileIsTakenAwayWhileTheProgramGoesOn) {
  const auto command = command_for(python(), "import os, sys\nos.remove('" + trace_path() + R"(')
null = os.open('/dev/null', os.O_WRONLY)
for _ in range(40000): os.write(null, b'')
with open(sys.argv[1], 'w') as out: out.write('done')
)");
  const Recorded recorded = record_command(command);
  EXPECT_EQ(recorded.end, trace::End::kUnwritable);
  EXPECT_EQ(recorded.end_error, ENOENT);
  EXPECT_EQ(output(), "done");
}

TEST_F(Recording, OfAProgramThatIsNoPythonLeavesNothing) {
  const Recorded recorded = record_command({"sh", "-c", "exit 6"});
  EXPECT_EQ(recorded.exit_code, 6);
  EXPECT_EQ(recorded.blocks, 0U);
  EXPECT_EQ(recorded.interpreter, "");
  EXPECT_FALSE(std::filesystem::exists(trace_path()));
}

TEST_F(Recording, SeesSubInterpretersWithLocksOfTheirOwn) {
  const auto found = choose_interpreter(interpreters(), "3.12");
  if (!found.has_value()) GTEST_SKIP() << "needs CPython 3.12";
  record_program(found->path, R"(
import _xxsubinterpreters, sys, threading
ids = [_xxsubinterpreters.create() for _ in range(2)]
threads = [threading.Thread(target=_xxsubinterpreters.run_string, args=(one, 'sum(range(1000))'))
           for one in ids]
for thread in threads: thread.start()
for thread in threads: thread.join()
)");
  expect_lawful();
  EXPECT_EQ(summary().locks.size(), 3U);
}

}  // namespace
}  // namespace gilsim::host
