#include "app/report_html.hpp"

#include <algorithm>
#include <cstdint>

#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr const char* kStyle = R"(
:root { color-scheme: light; }
body { font: 16px/1.5 "DejaVu Sans", Verdana, Helvetica, sans-serif; color: #222; background: #fff;
       max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #dcdcdc; }
p.subtitle { color: #5f5f5f; margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .2rem .7rem; text-align: left; white-space: nowrap; border-bottom: 1px solid #ececec; }
th.number, td.number { text-align: right; }
pre { background: #f6f6f6; padding: .7rem; overflow-x: auto; font: .82rem/1.4 "DejaVu Sans Mono", monospace; }
img { width: 100%; height: auto; margin: .5rem 0 1rem; }
@media screen and (max-width: 44rem) { img { min-width: 44rem; } }
@media print { html { font-size: 11px; } body { max-width: none; padding: 0; font-size: 11px; }
  table { font-size: .8em; } th, td { padding: .1rem .3rem; white-space: normal; } tr, img { break-inside: avoid; }
  h1, h2 { break-after: avoid; } .scroll { overflow: visible; }
  pre { white-space: pre-wrap; background: none; border: 1px solid #dcdcdc; } }
)";

}  // namespace

std::string base64(const std::string& bytes) {
  constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group <<= 8;
      if (i + k < bytes.size()) group |= static_cast<unsigned char>(bytes[i + k]);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool is_there = i + k <= bytes.size();
      text += is_there ? kDigits[(group >> (18 - 6 * k)) & 63] : '=';
    }
  }
  return text;
}

std::string paragraph_html(const std::string& text) { return "<p>" + escaped(text) + "</p>\n"; }

std::string listing_html(const std::string& text) {
  return "<pre tabindex=\"0\">" + escaped(text) + "</pre>\n";
}

namespace {

// Line by line.
std::string heading_html(const std::string& text) {
  std::string html = escaped(text);
  for (std::size_t at = 0; (at = html.find('\n', at)) != std::string::npos; at += 5) {
    html.replace(at, 1, "<br>\n");
  }
  return "<p>" + html + "</p>\n";
}

}  // namespace

std::string explanation_html(const std::string& text) {
  std::string html;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", at), text.size());
    const std::string block = text.substr(at, end - at);
    at = end + 2;
    if (block.empty()) continue;
    const bool is_table = block.find("---") != std::string::npos;
    html += is_table       ? listing_html(block)
            : html.empty() ? heading_html(block)
                           : paragraph_html(block);
  }
  return html;
}

std::string picture_html(const std::string& svg, const std::string& alternative) {
  return "<div class=\"scroll\"><img alt=\"" + escaped(alternative) +
         "\" src=\"data:image/svg+xml;base64," + base64(svg) + "\"></div>\n";
}

std::string page_html(const Page& page) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      escaped(page.title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<h1>" +
      escaped(page.title) + "</h1>\n<p class=\"subtitle\">" + escaped(page.subtitle) + "</p>\n";
  for (const PageSection& section : page.sections) {
    html += "<section>\n<h2>" + escaped(section.title) + "</h2>\n" + section.body + "</section>\n";
  }
  return html + "</body>\n</html>\n";
}

}  // namespace gilsim::app
