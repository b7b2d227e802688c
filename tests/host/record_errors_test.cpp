// Programs that can't be recorded, and places that can't be recorded to: refused before anything
// runs.
#include <elf.h>
#include <unistd.h>

#include "host/host_error.hpp"
#include "tests/host/record_fixture.hpp"

namespace gilsim::host {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class Refusal : public Recording {
 protected:
  std::string error(const std::vector<std::string>& command) const {
    try {
      record_command(command);
    } catch (const HostError& error) {
      EXPECT_FALSE(fs::exists(trace_path()));
      return error.what();
    }
    return "";
  }

  // A copy of a small program with bytes of its header changed.
  template <typename Change>
  std::string changed_program(Change change) const {
    const std::string copy = path("changed");
    fs::copy_file("/bin/true", copy, fs::copy_options::overwrite_existing);
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    change(file);
    return copy;
  }
};

TEST_F(Refusal, OfAProgramThatIsNotThereSaysSo) {
  EXPECT_THAT(error({"no-such-program"}), HasSubstr("no program 'no-such-program' on PATH"));
  EXPECT_THAT(error({"/no/such"}), HasSubstr("there is no program '/no/such'"));
}

TEST_F(Refusal, OfAScriptThatIsNotExecutableNamesTheWayOut) {
  std::ofstream(path("app.py")) << "pass\n";
  EXPECT_THAT(error({path("app.py")}), HasSubstr("to run a script: python3 " + path("app.py")));
}

TEST_F(Refusal, OfAScriptWhoseInterpreterIsMissingNamesIt) {
  std::ofstream(path("app.py")) << "#!/no/such/python3\npass\n";
  fs::permissions(path("app.py"), fs::perms::owner_all);
  EXPECT_THAT(error({path("app.py")}), HasSubstr("'/no/such/python3', which is not there"));
}

TEST_F(Refusal, OfAProgramWithAnotherUsersRights) {
  if (getuid() != 0) GTEST_SKIP() << "only root can give files away";
  const std::string program = changed_program([](std::fstream&) {});
  ASSERT_EQ(chown(program.c_str(), 65534, 65534), 0);
  fs::permissions(program, fs::perms::set_uid, fs::perm_options::add);
  EXPECT_THAT(error({program}), HasSubstr("another user's rights"));
}

TEST_F(Refusal, OfAStaticallyLinkedProgram) {
  const std::string program = changed_program([](std::fstream& file) {
    Elf64_Ehdr header{};
    file.read(reinterpret_cast<char*>(&header), sizeof header);
    header.e_phnum = 0;
    file.seekp(0).write(reinterpret_cast<const char*>(&header), sizeof header);
  });
  EXPECT_THAT(error({program}), HasSubstr("statically linked"));
}

TEST_F(Refusal, OfAProgramForAnotherProcessor) {
  const std::string program = changed_program([](std::fstream& file) {
    const Elf64_Half machine = EM_RISCV;
    file.seekp(offsetof(Elf64_Ehdr, e_machine));
    file.write(reinterpret_cast<const char*>(&machine), sizeof machine);
  });
  EXPECT_THAT(error({program}), HasSubstr("another kind of processor"));
}

TEST_F(Refusal, OfAPlaceThatCannotBeWrittenRunsNothing) {
  const std::string mark = path("mark");
  EXPECT_THROW(record({path("no/such/t.trace"), {"touch", mark}, 1 << 20, {}}), HostError);
  EXPECT_THROW(record({"/dev/null", {"touch", mark}, 1 << 20, {}}), HostError);
  EXPECT_FALSE(fs::exists(mark));
}

TEST_F(Refusal, LeavesAnOlderTraceAlone) {
  std::ofstream(trace_path()) << "older";
  EXPECT_THROW(record_command({"no-such-program"}), HostError);
  EXPECT_EQ(fs::file_size(trace_path()), 5U);
}

TEST_F(Refusal, LeavesNoTemporaryFiles) {
  record_command({"true"});
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

}  // namespace
}  // namespace gilsim::host
