#include "app/text_table.hpp"

#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

TEST(TextTable, CharactersOfSeveralBytesTakeOneColumn) {
  EXPECT_EQ(display_width("µs ×"), 4U);
  TextTable table;
  table.add_column("wall");
  table.add_column("what", TextTable::Align::kLeft);
  table.add_row({"850 µs", "1.9×"});
  table.add_row({"1.20 ms", "plain"});
  EXPECT_EQ(table.text(),
            "     wall  what\n"
            "  -------  -----\n"
            "   850 µs  1.9×\n"
            "  1.20 ms  plain\n");
}

TEST(TextTable, AColumnWithoutAnyEntryIsLeftOut) {
  TextTable table;
  table.add_column("a");
  table.add_column("empty");
  table.add_column("b");
  table.add_row({"1", "", "2"});
  EXPECT_EQ(table.text(), "  a  b\n  -  -\n  1  2\n");
}

TEST(TextTable, AShortRowIsFilledUp) {
  TextTable table;
  table.add_column("a");
  table.add_column("b");
  table.add_row({"1", "2"});
  table.add_row({"3"});
  EXPECT_EQ(table.text(), "  a  b\n  -  -\n  1  2\n  3\n");
}

}  // namespace
}  // namespace gilsim::app
