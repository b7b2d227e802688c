#include "host/interpreters.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "host/host_error.hpp"
#include "tests/host/temporary_folder.hpp"

namespace gilsim::host {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

// A script that answers as an interpreter of that version at `prefix` would.
class FakeHost : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  void install(const std::string& program, const std::string& version, const std::string& prefix,
               const std::string& free_threaded = "false",
               const std::string& implementation = "cpython") {
    folder_.script(program, R"(echo '{"gilsim": 1, "version": ")" + version +
                                R"(", "implementation": ")" + implementation +
                                R"(", "free_threaded": )" + free_threaded + R"(, "executable": ")" +
                                at(program) + R"(", "prefix": ")" + at(prefix) + R"("}')");
  }

  void look_in(const std::string& name, const std::string& folder) {
    search_.places.push_back({name, at(folder)});
  }

  std::vector<std::string> versions() const {
    std::vector<std::string> all;
    for (const auto& one : find_interpreters(search_)) all.push_back(one.version);
    return all;
  }

  TemporaryFolder folder_;
  InterpreterSearch search_;
};

TEST_F(FakeHost, AShimLeadsToTheRealProgramAndCountsOnce) {
  install("versions/3.12.1/bin/python3.12", "3.12.1", "versions/3.12.1");
  folder_.script("shims/python3", "exec " + at("versions/3.12.1/bin/python3.12") + " \"$@\"");
  folder_.script("shims/python", "exec " + at("versions/3.12.1/bin/python3.12") + " \"$@\"");
  look_in("PATH", "shims");
  look_in("pyenv", "versions/*/bin");
  const auto found = find_interpreters(search_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, at("versions/3.12.1/bin/python3.12"));
  EXPECT_EQ(found[0].version, "3.12.1");
  EXPECT_EQ(found[0].implementation, "cpython");
  EXPECT_EQ(found[0].found_in, "pyenv");
}

TEST_F(FakeHost, ALinkToAProgramIsTheSameProgram) {
  install("bin/python3.11", "3.11.2", "");
  fs::create_symlink("python3.11", at("bin/python3"));
  look_in("PATH", "bin");
  EXPECT_THAT(versions(), ElementsAre("3.11.2"));
}

TEST_F(FakeHost, OrdersVersionsByNumberAndPreReleasesBeforeTheFinalOne) {
  for (const std::string version :
       {"3.10.4", "3.9.18", "2.7.18", "3.15.0", "3.15.0rc1", "3.15.0a7", "3.15.0b2"}) {
    install(version + "/bin/python3", version, version);
  }
  look_in("uv", "*/bin");
  EXPECT_THAT(versions(), ElementsAre("2.7.18", "3.9.18", "3.10.4", "3.15.0a7", "3.15.0b2",
                                      "3.15.0rc1", "3.15.0"));
}

TEST_F(FakeHost, TheSystemsComesFirst) {
  install("usr/bin/python3.11", "3.11.2", "usr");
  fs::create_symlink("python3.11", at("usr/bin/python3"));
  install("new/bin/python3", "3.6.0", "new");
  look_in("PATH", "new/bin");
  look_in("system", "usr/bin");
  search_.system = at("usr/bin/python3");
  EXPECT_THAT(versions(), ElementsAre("3.11.2", "3.6.0"));
}

TEST_F(FakeHost, AFreeThreadedBuildInTheSamePrefixIsAnotherInterpreter) {
  install("bin/python3.13", "3.13.0", "");
  install("bin/python3.13t", "3.13.0", "", "true");
  install("bin/pypy3.10", "3.10.1", "", "false", "pypy");
  look_in("PATH", "bin");
  const auto found = find_interpreters(search_);
  EXPECT_THAT(found, ElementsAre(Field(&InstalledInterpreter::path, at("bin/python3.13")),
                                 Field(&InstalledInterpreter::path, at("bin/python3.13t")),
                                 Field(&InstalledInterpreter::path, at("bin/pypy3.10"))));
  EXPECT_EQ(choose_interpreter(found, "3.13")->path, at("bin/python3.13"));
  EXPECT_EQ(choose_interpreter(found, "3.13t")->path, at("bin/python3.13t"));
}

TEST_F(FakeHost, WhatDoesNotRunOrTalksOtherwiseIsLeftOut) {
  folder_.script("bin/python3.6", "echo 'pyenv: python3.6: command not found' >&2; exit 127");
  folder_.script("bin/python3.7", "echo 3.7.0");
  folder_.script("bin/python3.8", "echo '{\"gilsim\": 2}'");
  folder_.script("bin/python3-config", "touch " + at("asked"));
  folder_.script("bin/python3.9", "");
  fs::permissions(at("bin/python3.9"), fs::perms::owner_read);
  fs::create_directory(at("bin/python3.10"));
  look_in("PATH", "bin");
  look_in("PATH", "missing/*/bin");
  EXPECT_THAT(versions(), IsEmpty());
  EXPECT_FALSE(fs::exists(at("asked")));
}

TEST_F(FakeHost, AStopInterruptsTheSearch) {
  folder_.script("bin/python3", "sleep 1000");
  look_in("PATH", "bin");
  const StopFlag stop{true};
  search_.stop = &stop;
  EXPECT_THROW(find_interpreters(search_), Interrupted);
}

TEST(ChooseInterpreter, MatchesWholeComponentsOfTheVersionOnly) {
  const std::vector<InstalledInterpreter> installed = {{"/a", "3.11.2", "cpython", false, ""},
                                                       {"/b", "3.1.5", "cpython", false, ""},
                                                       {"/c", "3.11.7", "cpython", false, ""}};
  EXPECT_EQ(choose_interpreter(installed, "")->path, "/a");
  EXPECT_EQ(choose_interpreter(installed, "3.1")->path, "/b");
  EXPECT_EQ(choose_interpreter(installed, "3.11")->path, "/a");
  EXPECT_EQ(choose_interpreter(installed, "3.11.7")->path, "/c");
  EXPECT_FALSE(choose_interpreter(installed, "3.12"));
  EXPECT_FALSE(choose_interpreter({}, ""));
}

TEST(ChooseInterpreter, TheFreeThreadedBuildIsChosenWithATOnly) {
  const std::vector<InstalledInterpreter> installed = {{"/t", "3.13.0", "cpython", true, ""},
                                                       {"/lock", "3.13.15", "cpython", false, ""},
                                                       {"/14t", "3.14.7", "cpython", true, ""}};
  EXPECT_EQ(choose_interpreter(installed, "3.13")->path, "/lock");
  EXPECT_EQ(choose_interpreter(installed, "3.13t")->path, "/t");
  EXPECT_EQ(choose_interpreter(installed, "3.14.7t")->path, "/14t");
  EXPECT_FALSE(choose_interpreter(installed, "3.14"));
  EXPECT_FALSE(choose_interpreter(installed, "3.13.15t"));
}

TEST(FindInterpreters, AsksARealPythonWhatItIs) {
  InterpreterSearch search;
  search.places = {{"system", "/usr/bin"}};
  search.system = "/usr/bin/python3";
  const auto found = find_interpreters(search);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].path, fs::canonical("/usr/bin/python3").string());
  EXPECT_EQ(found[0].implementation, "cpython");
  EXPECT_EQ(found[0].version.rfind("3.", 0), 0u) << found[0].version;
}

}  // namespace
}  // namespace gilsim::host
