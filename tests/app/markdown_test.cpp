#include "app/markdown.hpp"

#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

TEST(MarkdownTable, HasARowOfTitlesAndOneOfAlignment) {
  MarkdownTable table({"what", "how much"}, {"l", "r"});
  EXPECT_TRUE(table.empty());
  table.add({"wall", "3 %"});
  EXPECT_EQ(table.text(), "| what | how much |\n|---|---:|\n| wall | 3 % |\n");
}

TEST(MarkdownTable, NoCellBreaksOutOfItsRow) {
  MarkdownTable table({"what"}, {"l"});
  table.add({"a|b\nc"});
  EXPECT_EQ(table.text(), "| what |\n|---|\n| a\\|b c |\n");
}

}  // namespace
}  // namespace gilsim::app
