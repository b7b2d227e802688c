// A report as one page of HTML that needs nothing else: no network, no script; pictures are part of
// it. Reads on a phone (tables and listings scroll by themselves) and in print.
#pragma once

#include <string>
#include <vector>

namespace gilsim::app {

struct PageSection {
  std::string title;
  std::string body;  // HTML
};

struct Page {
  std::string title;
  std::string subtitle;
  std::vector<PageSection> sections;
};

std::string page_html(const Page& page);

std::string paragraph_html(const std::string& text);
std::string listing_html(const std::string& text);
// Text in which empty lines part paragraphs and tables, which have a line of dashes: those keep
// their columns, the others are wrapped to the page; the first keeps its lines.
std::string explanation_html(const std::string& text);
// `svg` as an image of its own, so that names inside of it clash with no other picture's.
std::string picture_html(const std::string& svg, const std::string& alternative);

std::string base64(const std::string& bytes);

}  // namespace gilsim::app
