// Tasks are marked in unmodified programs, whoever deals them out, and the program does not notice.
#include <algorithm>

#include "host/trace/task_totals.hpp"
#include "tests/host/record_fixture.hpp"

namespace gilsim::host {
namespace {

using testing::HasSubstr;
using trace::TaskKind;
using trace::TaskTotals;

class RecordedTasks : public Recording {
 protected:
  Recorded record_tasks(const std::vector<std::string>& command,
                        const std::vector<std::string>& functions = {}) const {
    TraceHeader::Setup setup{trace_path(), command, 1 << 28, trace::CpuClock::kSampled};
    setup.marks_tasks = true;
    setup.task_functions = functions;
    return record(setup);
  }
  std::vector<TaskTotals> tasks() const {
    const trace::TraceFile file(trace_path());
    EXPECT_THAT(trace::test::broken_laws(file), testing::IsEmpty());
    return trace::add_up_tasks(file, trace::find_bursts(file, {}));
  }
  std::uint64_t count(const std::string& name, TaskKind kind) const {
    for (const TaskTotals& one : tasks()) {
      if (one.name == name && one.kind == kind) return one.tasks;
    }
    return 0;
  }
  // In the program itself, or in children that start afresh, as 3.14's do.
  std::uint64_t count_anywhere(const std::string& function, TaskKind kind) const {
    return count("__main__:" + function, kind) + count("__mp_main__:" + function, kind);
  }
  static bool can_be_recorded(const InstalledInterpreter& one) {
    return one.implementation == "cpython" && !one.free_threaded &&
           one.version.rfind("2.", 0) != 0 && one.version.rfind("3.6.", 0) != 0;
  }
};

const char* const kPools = R"(
import asyncio, sys, traceback, multiprocessing, multiprocessing.dummy
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait as wait_for
def square(n): return n * n
def fail(n): raise ValueError(n)
async def wait():
    for _ in range(3): await asyncio.sleep(0)
async def wait_for_all(): await asyncio.gather(*[wait() for _ in range(4)])
def error_of(call):
    try: call()
    except ValueError as error:
        return ''.join(traceback.format_exception(type(error), error, error.__traceback__))
def error_in(future):
    wait_for([future])  # result() raises elsewhere when it has to wait
    return error_of(future.result)
if __name__ == '__main__':
    fork = multiprocessing.get_context('fork')
    found = []
    with ThreadPoolExecutor(2) as pool:
        found += pool.map(square, range(10))
        found.append(error_in(pool.submit(fail, 1)))
    with ProcessPoolExecutor(2) as pool:
        found += pool.map(square, range(10), chunksize=3)
        found.append(error_in(pool.submit(fail, 2)))
    with fork.Pool(2) as pool:
        found += pool.map(square, range(10)) + [pool.apply(square, (3,))]
        found.append(error_of(lambda: pool.map(fail, [3])))
    with multiprocessing.dummy.Pool(2) as pool: found += pool.map(square, range(10))
    asyncio.run(wait_for_all())
    with open(sys.argv[1], 'w') as out: print(*found, sep='\n', file=out)
)";

TEST_F(RecordedTasks, OfPoolsAndEventLoopsAreCountedInEveryVersionAndTracebacksStayAsTheyWere) {
  for (const InstalledInterpreter& interpreter : interpreters()) {
    if (!can_be_recorded(interpreter)) continue;
    SCOPED_TRACE(interpreter.path);
    const auto command = command_for(interpreter.path, kPools);
    TraceHeader::Setup plain{trace_path(), command, 1 << 28, trace::CpuClock::kSampled};
    record(plain);
    const std::string expected = output();
    EXPECT_THAT(expected, HasSubstr("ValueError"));
    EXPECT_EQ(tasks().size(), 0U);
    const Recorded recorded = record_tasks(command);
    EXPECT_EQ(recorded.exit_code, 0);
    EXPECT_EQ(output(), expected);
    EXPECT_GE(recorded.hooks, 1U);
    EXPECT_EQ(count("__main__:square", TaskKind::kPool), 10U + 1 + 10);
    EXPECT_EQ(count_anywhere("fail", TaskKind::kExecutor), 2U);
    EXPECT_EQ(count("wait", TaskKind::kCoroutine), 4U);
    EXPECT_EQ(count_anywhere("square", TaskKind::kExecutor), 20U);
  }
}

const char* const kSerial = R"(
import sys, zlib
def work(n, *, more=0):
    return bytes(n + more)
keep = work
made = [keep(number, more=1) for number in range(20)]
class Box:
    def fill(self, n): return n
    @staticmethod
    def empty(n): return n
Box().fill(3); Box.empty(4)
def numbers(n): yield n
list(numbers(3))
zlib.adler32(b'a')
with open(sys.argv[1], 'w') as out: print(sum(map(len, made)), work.__name__, file=out)
)";

TEST_F(RecordedTasks, OfAFunctionOfTheScriptAreAllItsCallsByWhateverName) {
  for (const InstalledInterpreter& interpreter : interpreters()) {
    if (!can_be_recorded(interpreter)) continue;
    SCOPED_TRACE(interpreter.path);
    for (const char* const name : {"__main__:work", "program:work"}) {
      const Recorded recorded = record_tasks(command_for(interpreter.path, kSerial), {name});
      EXPECT_EQ(recorded.exit_code, 0);
      EXPECT_EQ(output(), "210 work\n");
      EXPECT_EQ(recorded.called_tasks, 20U);
      EXPECT_EQ(count("__main__:work", TaskKind::kFunction), 20U);
    }
  }
}

TEST_F(RecordedTasks, AreMarkedInModulesMethodsAndNativeFunctions) {
  const auto command = command_for(python(), R"(
import sys, textwrap, json.decoder, zlib
for _ in range(3): textwrap.dedent('a')
for _ in range(4): json.decoder.JSONDecoder().decode('[]')
for _ in range(5): zlib.adler32(b'a')
with open(sys.argv[1], 'w') as out: print('done', file=out)
)");
  const Recorded recorded =
      record_tasks(command, {"textwrap:dedent", "json.decoder:JSONDecoder.decode", "zlib:adler32"});
  EXPECT_EQ(recorded.exit_code, 0);
  EXPECT_EQ(output(), "done\n");
  EXPECT_EQ(count("textwrap:dedent", TaskKind::kFunction), 3U);
  EXPECT_EQ(count("json.decoder:JSONDecoder.decode", TaskKind::kFunction), 4U);
  EXPECT_EQ(count("zlib:adler32", TaskKind::kFunction), 5U);
}

TEST_F(RecordedTasks, HaveTheSizesOfTheirPickledArgumentsAndResults) {
  record_tasks(command_for(python(), R"(
def work(n): return bytes(n)
def main():
    for _ in range(3): work(100000)
main()
)"),
               {"__main__:work"});
  const std::vector<TaskTotals> found = tasks();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].sized, 3U);
  EXPECT_NEAR(static_cast<double>(found[0].result_bytes), 3e5, 100);
  EXPECT_LT(found[0].argument_bytes, 300U);
}

TEST_F(RecordedTasks, NeedNoneOfTheInterpretersEnvironmentNorItsSite) {
  auto command = command_for(python(), kSerial);
  command.insert(command.begin() + 1, {"-I", "-E", "-S"});
  EXPECT_EQ(record_tasks(command, {"__main__:work"}).called_tasks, 20U);
}

TEST_F(RecordedTasks, ThatAreNeverCalledOrAreGeneratorsAreNotCounted) {
  const auto command = command_for(python(), kSerial);
  EXPECT_EQ(record_tasks(command, {"__main__:absent"}).called_tasks, 0U);
  const Recorded of_generator = record_tasks(command, {"__main__:numbers"});
  EXPECT_EQ(of_generator.exit_code, 0);
  EXPECT_EQ(of_generator.hooks, 1U);
  EXPECT_EQ(of_generator.called_tasks, 0U);
  EXPECT_EQ(output(), "210 work\n");
}

}  // namespace
}  // namespace gilsim::host
