// docs/tutorial.md, taken apart.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tests/app/support.hpp"

namespace gilsim::app::test {

struct Block {
  std::string language;
  std::string text;
};

// The page in turns: what is between blocks, a block, ...
struct Page {
  std::vector<std::string> between;
  std::vector<Block> blocks;

  static Page read(const std::string& path) {
    Page page;
    std::istringstream lines(read_text(path));
    std::string prose;
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("```", 0) != 0) {
        prose += line + "\n";
        continue;
      }
      page.between.push_back(prose);
      prose.clear();
      Block block{line.substr(3), ""};
      while (std::getline(lines, line) && line != "```") block.text += line + "\n";
      page.blocks.push_back(block);
    }
    page.between.push_back(prose);
    return page;
  }
  std::string text() const {
    std::string text;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      text += between[i] + "```" + blocks[i].language + "\n" + blocks[i].text + "```\n";
    }
    return text + between.back();
  }
};

}  // namespace gilsim::app::test
