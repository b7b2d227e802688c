#include "host/trace/trace_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <map>

#include "host/file_descriptor.hpp"
#include "host/trace/trace_error.hpp"

namespace gilsim::trace {
namespace {

std::vector<std::string> split_at_zeros(const char* text, std::size_t bytes) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < bytes;) {
    const std::size_t length = strnlen(text + begin, bytes - begin);
    if (length == 0 && begin > 0) break;
    words.emplace_back(text + begin, length);
    begin += length + 1;
  }
  return words;
}

std::string bounded_text(const char* text, std::size_t bytes) {
  return std::string(text, strnlen(text, bytes));
}

void check_header(const std::string& path, const Header& header) {
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
    throw TraceError(path + ": offset 0: not a trace; gilsim record writes them");
  }
  if (header.version != kVersion) {
    throw TraceError(path + ": offset 8: a trace of version " + std::to_string(header.version) +
                     ", this gilsim reads version " + std::to_string(kVersion) +
                     "; read it with the gilsim that recorded it");
  }
  if (header.byte_order != kByteOrder || header.block_bytes != kBlockBytes ||
      header.command_bytes > kCommandBytes) {
    throw TraceError(path + ": offset 12: recorded on another kind of machine, or damaged");
  }
}

void check_whole(const std::string& path, const Header& header, std::uint64_t bytes) {
  const std::uint64_t expected = header.next_block.load() * kBlockBytes;
  const bool is_complete = static_cast<End>(header.end.load()) == End::kFinished;
  if (!is_complete || bytes >= expected) return;
  throw TraceError(path + ": offset " + std::to_string(bytes) + ": the file ends here, " +
                   std::to_string(expected) + " bytes were recorded; copy it anew");
}

}  // namespace

// Walks over the blocks once, to find the segments.
class TraceFile::Scan {
 public:
  Scan(const std::string& path, TraceFile& file) : path_(path), file_(file) {}

  void run() {
    for (std::uint64_t at = kBlockBytes; at < file_.bytes_; at += kBlockBytes) {
      scan_block(at, std::min(kBlockBytes, static_cast<std::size_t>(file_.bytes_ - at)));
    }
    for (auto& [key, segments] : segments_) add_threads(key, segments);
  }

 private:
  [[noreturn]] void fail(const std::uint64_t* at, const std::string& what) const {
    const auto offset = reinterpret_cast<const char*>(at) - file_.data_;
    throw TraceError(path_ + ": offset " + std::to_string(offset) + ": " + what);
  }

  void scan_block(std::uint64_t offset, std::size_t bytes) {
    const auto* at = reinterpret_cast<const std::uint64_t*>(file_.data_ + offset);
    const auto* const end = at + bytes / sizeof(std::uint64_t);
    if (end - at < static_cast<std::ptrdiff_t>(kBlockHeaderWords)) return;
    BlockHeader block;
    std::memcpy(&block, at, sizeof block);
    if (block.magic == 0) return;  // reserved, and never written
    if (block.magic != kBlockMagic) fail(at, "not a block of records; the file is damaged");
    image_ = index_of_image(block);
    segments_here_ = nullptr;
    for (at += kBlockHeaderWords; at < end && kind_of(*at) != 0;) at = scan_record(at, end);
  }

  // Returns the record behind it.
  const std::uint64_t* scan_record(const std::uint64_t* at, const std::uint64_t* end) {
    const std::uint8_t number = kind_of(*at);
    if (number > kLastKind) fail(at, "not a record; the file is damaged");
    const auto kind = static_cast<Kind>(number);
    const std::size_t payload = payload_words(*at);
    if (static_cast<std::size_t>(end - at) <= payload) fail(at, "a record is cut off");
    const std::uint64_t* const behind = at + 1 + payload;
    if (kind == Kind::kSegment) {
      begin_segment(at, behind);
    } else if (segments_here_ == nullptr) {
      fail(at, "a record of no thread; the file is damaged");
    } else {
      if (kind == Kind::kImage) describe_image(at);
      if (kind == Kind::kTaskName) note_task_name(at);
      segments_here_->back().end = behind;
      if (kind == Kind::kThreadStart) segments_here_->back().starts_thread = true;
    }
    return behind;
  }

  void begin_segment(const std::uint64_t* at, const std::uint64_t* behind) {
    segments_here_ = &segments_[{image_, static_cast<std::uint32_t>(at[1])}];
    segments_here_->push_back({behind, behind, at[2]});
  }

  // A block that a thread has left half empty is used again: segments are not in order in the file.
  void add_threads(const std::pair<std::uint32_t, std::uint32_t>& key,
                   std::vector<Segment>& segments) {
    std::stable_sort(segments.begin(), segments.end(),
                     [](const Segment& a, const Segment& b) { return a.time < b.time; });
    for (const Segment& segment : segments) {
      const bool is_first = &segment == &segments.front();
      if (is_first || segment.starts_thread) file_.threads_.push_back({key.first, key.second, {}});
      file_.threads_.back().segments.push_back(segment);
    }
  }

  std::uint32_t index_of_image(const BlockHeader& block) {
    const auto [found, is_new] =
        image_indexes_.try_emplace(block.image, static_cast<std::uint32_t>(file_.images_.size()));
    if (is_new) file_.images_.push_back({block.image, block.process, 0, "", {}});
    return found->second;
  }

  void describe_image(const std::uint64_t* at) {
    if (argument_of(*at) != kImageWords) fail(at, "a description of a program is cut off");
    ImageText text;
    std::memcpy(&text, at + 1, sizeof text);
    Image& image = file_.images_[image_];
    image.parent = text.parent;
    image.interpreter = bounded_text(text.interpreter, sizeof text.interpreter);
    image.command = split_at_zeros(text.command, sizeof text.command);
  }

  void note_task_name(const std::uint64_t* at) {
    const std::size_t words = argument_of(*at);
    if (words < 1) fail(at, "the name of a task is cut off");
    file_.task_names_[at[1]] =
        bounded_text(reinterpret_cast<const char*>(at + 2), (words - 1) * sizeof *at);
  }

  const std::string& path_;
  TraceFile& file_;
  std::uint32_t image_ = 0;
  std::map<std::uint32_t, std::uint32_t> image_indexes_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Segment>> segments_;
  std::vector<Segment>* segments_here_ = nullptr;
};

TraceFile::TraceFile(const std::string& path) {
  const host::FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) throw TraceError("can't read '" + path + "': " + std::strerror(errno));
  struct stat found {};
  if (fstat(file.get(), &found) != 0 || !S_ISREG(found.st_mode)) {
    throw TraceError("can't read '" + path + "': not a file");
  }
  bytes_ = static_cast<std::uint64_t>(found.st_size);
  if (bytes_ < sizeof(Header)) {
    throw TraceError(path + ": offset " + std::to_string(bytes_) +
                     ": the file ends within the header of a trace; gilsim record writes them");
  }
  void* const mapped = mmap(nullptr, bytes_, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (mapped == MAP_FAILED) throw TraceError("can't read '" + path + "': " + std::strerror(errno));
  data_ = static_cast<const char*>(mapped);
  header_ = static_cast<const Header*>(mapped);
  try {
    check_header(path, *header_);
    check_whole(path, *header_, bytes_);
    command_ = split_at_zeros(header_->command, header_->command_bytes);
    Scan(path, *this).run();
  } catch (...) {
    munmap(mapped, bytes_);
    throw;
  }
}

TraceFile::~TraceFile() { munmap(const_cast<char*>(data_), bytes_); }

std::uint64_t TraceFile::end_time() const {
  const std::uint64_t time = header_->end_time.load();
  return time == 0 ? std::numeric_limits<std::uint64_t>::max() : time;
}

}  // namespace gilsim::trace
