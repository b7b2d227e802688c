#include "scenario/utf8.hpp"

#include <algorithm>
#include <array>

namespace gilsim::scenario {
namespace {

struct CharacterRange {
  int first;
  int last;
};

constexpr std::array<CharacterRange, 10> wide_ranges{{{0x1100, 0x115f},
                                                      {0x2e80, 0xa4cf},
                                                      {0xac00, 0xd7a3},
                                                      {0xf900, 0xfaff},
                                                      {0xfe30, 0xfe6f},
                                                      {0xff00, 0xff60},
                                                      {0xffe0, 0xffe6},
                                                      {0x1f300, 0x1f64f},
                                                      {0x1f900, 0x1f9ff},
                                                      {0x20000, 0x3fffd}}};
constexpr std::array<CharacterRange, 3> zero_width_ranges{
    {{0x0300, 0x036f}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}}};

template <std::size_t size>
bool is_in(const std::array<CharacterRange, size>& ranges, int character) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const CharacterRange& range) {
    return range.first <= character && character <= range.last;
  });
}

std::size_t width_of(int character) {
  if (is_in(zero_width_ranges, character)) return 0;
  return is_in(wide_ranges, character) ? 2 : 1;
}

int sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}

bool is_valid(int character, int length) {
  constexpr std::array<int, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
  return character >= smallest[static_cast<std::size_t>(length)] && !is_surrogate &&
         character <= 0x10ffff;
}

}  // namespace

int next_character(std::string_view text, std::size_t& position) {
  const auto first = static_cast<unsigned char>(text[position]);
  const int length = sequence_length(first);
  const std::size_t start = position++;
  if (length == 1) return first;
  if (length == 0 || start + static_cast<std::size_t>(length) > text.size()) return -1;
  int character = first & (0xff >> (length + 1));
  for (int i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[start + static_cast<std::size_t>(i)]);
    if ((byte & 0xc0) != 0x80) return -1;
    character = character << 6 | (byte & 0x3f);
  }
  if (!is_valid(character, length)) return -1;
  position = start + static_cast<std::size_t>(length);
  return character;
}

int characters_before(std::string_view text, std::size_t bytes) {
  const std::size_t end = std::min(bytes, text.size());
  int characters = 0;
  for (std::size_t position = 0; position < end; ++characters) next_character(text, position);
  return characters;
}

std::string blank_prefix(std::string_view text, int characters) {
  std::string blanks;
  std::size_t position = 0;
  for (int i = 0; i < characters; ++i) {
    if (position >= text.size()) {
      blanks += ' ';
    } else if (const int character = next_character(text, position); character == '\t') {
      blanks += '\t';
    } else {
      blanks.append(width_of(character), ' ');
    }
  }
  return blanks;
}

}  // namespace gilsim::scenario
