#include "scenario/node.hpp"

namespace gilsim::scenario {

Node Node::scalar(std::string text, bool quoted) {
  Node node;
  node.kind = Kind::kScalar;
  node.text = std::move(text);
  node.quoted = quoted;
  return node;
}

Node Node::list(std::vector<Node> items) {
  Node node;
  node.kind = Kind::kList;
  node.items = std::move(items);
  return node;
}

Node Node::mapping() {
  Node node;
  node.kind = Kind::kMapping;
  return node;
}

const Entry* Node::find_entry(const std::string& key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

const Node* Node::find(const std::string& key) const {
  const Entry* entry = find_entry(key);
  return entry == nullptr ? nullptr : &entry->value;
}

Node* Node::find(const std::string& key) {
  for (Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> keys;
  for (const Entry& entry : entries) keys.push_back(entry.key);
  return keys;
}

void Node::put(std::string key, Node value) {
  entries.push_back({std::move(key), {}, std::move(value), false});
}

}  // namespace gilsim::scenario
