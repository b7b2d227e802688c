// A page is opened by a browser, where there is one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

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

class ReportInABrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (browser().empty()) GTEST_SKIP() << "no Chromium here";
    const std::string scenario = folder_.write("pool.yaml",
                                               "question: Who works?\n"
                                               "workload: {tasks: 8, task: [{python: 2ms}]}\n"
                                               "strategies: [sequential, threads]\n"
                                               "workers: [1, 2]\n");
    write_page(scenario);
  }
  void write_page(const std::string& scenario) {
    const std::string host =
        folder_.write("host.yaml", scenario::print_host_profile(test::round_profile()));
    const test::Ran made =
        test::ran({"report", scenario, "--host", host, "--replications", "3", "--output", page_});
    ASSERT_EQ(made.code, 0) << made.err;
  }
  // What the browser, opened on the page with a probe in it, has to say.
  host::SubprocessResult opened(const std::string& probe, const std::vector<std::string>& more) {
    const std::string probed = folder_.write("probed.html", test::read_text(page_) + probe);
    std::vector<std::string> command = {browser(), "--headless", "--no-sandbox", "--disable-gpu",
                                        "--user-data-dir=" + folder_.path("b")};
    command.insert(command.end(), more.begin(), more.end());
    command.push_back("file://" + probed);
    host::SubprocessOptions options;
    options.timeout = sim::Duration::seconds(60);
    return host::run_subprocess(command, options);
  }

  test::TemporaryFolder folder_;
  std::string page_ = folder_.path("page.html");
};

TEST_F(ReportInABrowser, ShowsEveryPicture) {
  const auto seen = opened(kProbe, {"--dump-dom"});
  EXPECT_EQ(seen.exit_code, 0) << seen.error;
  EXPECT_THAT(seen.output, HasSubstr("<title>pictures 4 of 4</title>"));
}

// Wide things scroll by themselves, the page does not; pictures stay large enough to be read.
TEST_F(ReportInABrowser, FitsAPhone) {
  const std::string frame =
      "<script>addEventListener('load', () => { const f = document.createElement('iframe'); "
      "f.style.width = '390px'; f.style.height = '800px'; f.srcdoc = "
      "document.documentElement.outerHTML.replace(/<script[^]*<\\/script>/, ''); "
      "f.onload = () => { const d = f.contentDocument; document.title = 'fits ' + "
      "(d.documentElement.scrollWidth <= d.documentElement.clientWidth) + ' pictures ' + "
      "Math.min(...[...d.images].map(i => "
      "i.clientWidth)); }; document.body.append(f); })</script>";
  const auto seen = opened(frame, {"--virtual-time-budget=5000", "--dump-dom"});
  EXPECT_EQ(seen.exit_code, 0) << seen.error;
  EXPECT_THAT(seen.output, HasSubstr("<title>fits true pictures 704</title>"));
}

// The rules for print, on a page as wide as A4 between its margins.
TEST_F(ReportInABrowser, OnPaperNothingIsCutOff) {
  ASSERT_EQ(std::remove(page_.c_str()), 0);
  write_page(folder_.write("convoy.yaml",
                           "question: Who waits?\n"
                           "interpreter: {switch_interval: [1ms, 5ms]}\n"
                           "threads:\n"
                           "  computing: {program: [{python: 1ms}]}\n"
                           "  sleeping: {program: [{wait: 1ms}]}\n"
                           "duration: 100ms\n"));
  const std::string frame =
      "<script>addEventListener('load', () => { const f = document.createElement('iframe'); "
      "f.style.width = '718px'; f.style.height = '1000px'; f.srcdoc = "
      "document.documentElement.outerHTML.replace(/<script[^]*<\\/script>/, '')"
      ".replace('@media print', '@media all').replace('@media screen', '@media print'); "
      "f.onload = () => { const d = f.contentDocument; document.title = 'fits ' + "
      "[...d.querySelectorAll('table, pre, img')].every(e => "
      "e.getBoundingClientRect().right <= 718 && e.scrollWidth <= e.clientWidth + 2); }; "
      "document.body.append(f); })</script>";
  const auto seen = opened(frame, {"--virtual-time-budget=5000", "--dump-dom"});
  EXPECT_EQ(seen.exit_code, 0) << seen.error;
  EXPECT_THAT(seen.output, HasSubstr("<title>fits true</title>"));
}

TEST_F(ReportInABrowser, Prints) {
  const std::string pdf = folder_.path("page.pdf");
  const auto seen = opened("", {"--print-to-pdf=" + pdf});
  EXPECT_EQ(seen.exit_code, 0) << seen.error;
  const std::string text = test::read_text(pdf);
  EXPECT_THAT(text, testing::StartsWith("%PDF"));
  EXPECT_GT(text.size(), 20'000U);
}

}  // namespace
}  // namespace gilsim::app
