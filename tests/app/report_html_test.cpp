// `gilsim report`: one page that needs nothing else.
#include "app/report_html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "app/text_table.hpp"
#include "tests/app/host_fixture.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::HasSubstr;
using testing::Not;

TEST(Base64, IsThatOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

TEST(TextTable, AsHtmlHasTheSameColumnsAndNoMarkupOfItsCells) {
  TextTable table;
  table.add_column("name", TextTable::Align::kLeft);
  table.add_column("empty");
  table.add_column("time");
  table.add_row({"<b> & \"c\"", "", "3 ms"});
  EXPECT_EQ(
      table.html(),
      "<table>\n<thead><tr><th>name</th><th class=\"number\">time</th></tr>\n</thead>\n<tbody>\n"
      "<tr><td>&lt;b&gt; &amp; &quot;c&quot;</td><td class=\"number\">3 ms</td></tr>\n"
      "</tbody>\n</table>\n");
}

class ReportCommand : public test::HostFixture {
 protected:
  test::Ran report(std::vector<std::string> more) {
    more.insert(more.begin(), {"--replications", "3"});
    return ran(words("report", pool_, more));
  }

  std::string pool_ = folder_.write("pool.yaml",
                                    "question: Is 1 < 2 & <script>alert(1)</script>?\n"
                                    "workload: {tasks: 8, task: [{python: 2ms}, {native: 3ms}]}\n"
                                    "strategies: [sequential, threads]\n"
                                    "workers: [1, 2]\n");
};

TEST_F(ReportCommand, HasTheTableTheExplanationPicturesTheScenarioAndTheCommand) {
  const std::string path = folder_.path("page.html");
  const test::Ran result = report({"-o", path});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, path + "\n");
  const std::string page = test::read_text(path);
  for (const char* const part :
       {"<h2>Predicted</h2>", "<h2>Explained</h2>", "<h2>Evidence</h2>", "<h2>Scenario</h2>",
        "<h2>Again</h2>", "<td>threads</td>", "What would change it", "tasks: 8",
        "gilsim report --host", "data:image/svg+xml;base64,"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
}

TEST_F(ReportCommand, LoadsNothingAndRunsNothing) {
  const std::string page = report({"-o", "-"}).out;
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
  const std::regex loaded("(src|href)=\"(?!data:)");
  EXPECT_FALSE(std::regex_search(page, loaded));
  EXPECT_THAT(page, Not(HasSubstr("url(")));
}

TEST_F(ReportCommand, IsTheSameToTheByteForAnyNumberOfJobs) {
  EXPECT_EQ(report({"-o", "-", "--jobs", "1"}).out, report({"-o", "-", "--jobs", "5"}).out);
}

TEST_F(ReportCommand, RealRunsThatAreNotThereAreAnErrorThatSaysHowToMakeThem) {
  const std::string other = folder_.write("other.json", "{\"schema\": 1}");
  const test::Ran result = report({"-o", folder_.path("page.html"), "--validated", other});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("other.json"));
  EXPECT_THAT(folder_.names(), Not(testing::Contains("page.html")));
}

TEST(ReportHtml, TablesOfAnExplanationKeepTheirColumnsAndParagraphsAreWrapped) {
  EXPECT_EQ(explanation_html(
                "name\nthreads@2\n\nIt takes\n1 s.\n\n  a    b\n  ---  -\n  1    2\n\nTry <b>.\n"),
            "<p>name<br>\nthreads@2</p>\n" + paragraph_html("It takes\n1 s.") +
                listing_html("  a    b\n  ---  -\n  1    2") + paragraph_html("Try <b>.\n"));
}

}  // namespace
}  // namespace gilsim::app
