// A page is opened by a browser, where there is one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "host/subprocess.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using testing::HasSubstr;

std::string browser() {
  for (const char* const path : {"/usr/bin/chromium", "/usr/bin/chromium-browser"}) {
    if (access(path, X_OK) == 0) return path;
  }
  return "";
}

// Adds to the page what a script of the browser's saw of its pictures.
constexpr const char* kProbe =
    "<script>addEventListener('load', () => { document.title = 'pictures ' + "
    "[...document.images].filter(i => i.complete && i.naturalWidth > 100).length + ' of ' + "
    "document.images.length; })</script>";

TEST(ReportInABrowser, ShowsEveryPicture) {
  if (browser().empty()) GTEST_SKIP() << "no Chromium here";
  const test::TemporaryFolder folder;
  const std::string scenario = folder.write("pool.yaml",
                                            "question: Who works?\n"
                                            "workload: {tasks: 8, task: [{python: 2ms}]}\n"
                                            "strategies: [sequential, threads]\n"
                                            "workers: [1, 2]\n");
  const std::string host =
      folder.write("host.yaml", scenario::print_host_profile(test::round_profile()));
  const std::string page = folder.path("page.html");
  ASSERT_EQ(test::ran({"report", scenario, "--host", host, "--replications", "3", "-o", page}).code,
            0);
  folder.write("probed.html", test::read_text(page) + kProbe);
  host::SubprocessOptions options;
  options.timeout = sim::Duration::seconds(60);
  const auto seen = host::run_subprocess(
      {browser(), "--headless", "--no-sandbox", "--disable-gpu",
       "--user-data-dir=" + folder.path("b"), "--dump-dom", "file://" + folder.path("probed.html")},
      options);
  EXPECT_EQ(seen.exit_code, 0) << seen.error;
  EXPECT_THAT(seen.output, HasSubstr("<title>pictures 4 of 4</title>"));
}

}  // namespace
}  // namespace gilsim::app
