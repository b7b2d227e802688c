#include "app/output_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/errors.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

TEST(OutputFile, NothingIsThereBeforeTheCommitAndOnlyTheFileAfterIt) {
  const test::TemporaryFolder folder;
  std::ostringstream unused;
  OutputFile file(folder.path("report.json"), unused);
  EXPECT_TRUE(folder.names().empty());
  file.commit("first");
  file.commit("second");
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"report.json"}));
  EXPECT_EQ(test::read_text(folder.path("report.json")), "second");
  EXPECT_TRUE(unused.str().empty());
}

TEST(OutputFile, AMissingFolderIsFoundBeforeTheWork) {
  const test::TemporaryFolder folder;
  std::ostringstream unused;
  const std::string path = folder.path("absent/report.json");
  try {
    OutputFile file(path, unused);
    FAIL() << "accepted";
  } catch (const OutputError& error) {
    EXPECT_EQ(std::string(error.what()),
              "cannot write '" + path + "': folder '" +
                  std::filesystem::weakly_canonical(folder.path("absent")).string() +
                  "': No such file or directory");
  }
}

TEST(OutputFile, AFolderIsNotAFile) {
  const test::TemporaryFolder folder;
  std::ostringstream unused;
  EXPECT_THROW(OutputFile(folder.path(), unused), OutputError);
}

TEST(OutputFile, AnExistingFileKeepsItsModeAndALinkStaysALink) {
  const test::TemporaryFolder folder;
  std::ostringstream unused;
  const std::string target = folder.write("target", "old");
  ASSERT_EQ(::chmod(target.c_str(), 0640), 0);
  std::filesystem::create_symlink(target, folder.path("link"));
  OutputFile(folder.path("link"), unused).commit("new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path("link")));
  EXPECT_EQ(test::read_text(target), "new");
  struct stat status {};
  ASSERT_EQ(::stat(target.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
}

TEST(OutputFile, AFullDeviceIsAnError) {
  std::ostringstream unused;
  OutputFile file("/dev/full", unused);
  EXPECT_THROW(file.commit("text"), OutputError);
}

TEST(OutputFile, ADashIsTheStreamAndABrokenStreamIsAnError) {
  std::ostringstream stream;
  OutputFile("-", stream).commit("text");
  EXPECT_EQ(stream.str(), "text");
  stream.setstate(std::ios::badbit);
  EXPECT_THROW(check_written(stream), OutputError);
}

TEST(OutputFile, SaysOnceThatItReplacesWhatWasThere) {
  const test::TemporaryFolder folder;
  std::ostringstream out, notes;
  OutputFile fresh(folder.path("new.txt"), out, &notes);
  fresh.commit("one");
  fresh.commit("two");
  EXPECT_EQ(notes.str(), "");
  OutputFile again(folder.path("new.txt"), out, &notes);
  again.commit("three");
  again.commit("four");
  EXPECT_EQ(notes.str(), "gilsim: replaced '" + folder.path("new.txt") + "'\n");
}

}  // namespace
}  // namespace gilsim::app
