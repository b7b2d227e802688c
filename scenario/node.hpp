// A YAML document as a tree that keeps where each part came from. Read from text by parse_yaml(),
// built by the writer, printed by emit_yaml(). No anchors, aliases, tags or merge keys: a scenario
// says what it means where it says it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario/problems.hpp"

namespace gilsim::scenario {

struct Entry;

struct Node {
  enum class Kind {
    kNull,    // key without a value
    kScalar,  //
    kList,
    kMapping,
    kBroken,  // already complained about: read as nothing, without a word
  };

  Kind kind = Kind::kNull;
  std::string text;  // of a scalar, unquoted
  bool quoted = false;
  bool is_whole_override = false;  // a scalar then stands for the list of just it, too
  std::vector<Node> items;
  std::vector<Entry> entries;
  Mark mark;   // where the value begins
  Mark owner;  // its key, where it is a block under one; else as mark

  // Defined below, where the type of the entries is complete.
  Node();
  Node(const Node&);
  Node(Node&&) noexcept;
  Node& operator=(const Node&);
  Node& operator=(Node&&) noexcept;
  ~Node();

  static Node scalar(std::string text, bool quoted = false);
  static Node list(std::vector<Node> items = {});
  static Node mapping();

  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_mapping() const { return kind == Kind::kMapping; }

  // The value of a key; nullptr where there is none or this is no mapping.
  const Node* find(const std::string& key) const;
  Node* find(const std::string& key);
  const Entry* find_entry(const std::string& key) const;
  std::vector<std::string> keys() const;
  void put(std::string key, Node value);
};

struct Entry {
  std::string key;
  Mark mark;  // of the key
  Node value;
  bool added_by_path = false;  // an override's path named it, the file does not have it
};

inline Node::Node() = default;
inline Node::Node(const Node&) = default;
inline Node::Node(Node&&) noexcept = default;
inline Node& Node::operator=(const Node&) = default;
inline Node& Node::operator=(Node&&) noexcept = default;
inline Node::~Node() = default;

}  // namespace gilsim::scenario
