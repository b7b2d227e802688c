#include "app/sweep_plan.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <tuple>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/host_choice.hpp"
#include "app/parallel.hpp"
#include "app/progress.hpp"
#include "app/study.hpp"
#include "host/host_error.hpp"
#include "models/lock/registry.hpp"
#include "models/program/interpreter_version.hpp"
#include "scenario/number.hpp"
#include "scenario/read.hpp"

namespace gilsim::app {
namespace {

constexpr std::uint64_t kDefaultReplications = 3;
constexpr std::uint64_t kMostReplications = 100'000;
constexpr std::size_t kMostComplaints = 20;

double read_precision(const std::string& text) {
  const bool in_percent = !text.empty() && text.back() == '%';
  double value = 0;
  const bool bad =
      static_cast<bool>(scenario::parse_real(text.substr(0, text.size() - in_percent), value));
  if (in_percent) value /= 100;
  if (bad || !(value > 0 && value < 1)) {
    throw UsageError("--precision '" + text + "' is not a share between 0 and 1",
                     "write it like 2% or 0.02");
  }
  return value;
}

ReplicationRule read_rule(const Arguments& arguments) {
  ReplicationRule rule;
  const auto precision = arguments.value("precision");
  if (!precision) {
    if (arguments.has("max-replications")) {
      throw UsageError("--max-replications has no meaning without --precision",
                       "--replications N says how many there are");
    }
    rule.least = rule.most = static_cast<int>(
        arguments.number("replications", kDefaultReplications, 1, kMostReplications));
    return rule;
  }
  rule.precision = read_precision(*precision);
  rule.least = static_cast<int>(arguments.number("replications", 5, 2, kMostReplications));
  const auto least = static_cast<std::uint64_t>(rule.least);
  rule.most = static_cast<int>(arguments.number(
      "max-replications", std::max<std::uint64_t>(least, 1000), least, kMostReplications));
  return rule;
}

scenario::ScenarioFamily read_family(const Arguments& arguments,
                                     scenario::Combination combination) {
  const auto& files = arguments.operands();
  if (files.size() != 1) {
    throw UsageError(files.empty() ? "no scenario file given" : "a sweep takes one scenario file",
                     files.empty() ? "`gilsim list scenarios` shows the gallery" : "");
  }
  const std::vector<std::string> variations = arguments.all("vary");
  if (variations.empty()) {
    throw UsageError("nothing to vary", "--vary workers=1..16, or --vary KEY=A,B,C");
  }
  return scenario::ScenarioFamily::read(files[0], arguments.all("set"), variations, combination);
}

// Tries every combination: counts its points, finds its host, collects what is wrong with any.
class Trial {
 public:
  explicit Trial(SweepPlan& plan) : plan_(plan), counts_(plan.combinations()) {}

  void run(int jobs, Io& io) {
    Progress progress(io, "checking", counts_.size(), Progress::Plain::kSilent);
    parallel_for(
        counts_.size(), jobs, io.stop, [&](std::size_t i) { try_one(i); },
        [&](std::size_t done) { progress.update(done); });
    if (io.stop) throw host::Interrupted();
    if (!complaints_.empty()) throw scenario::ScenarioError(sorted_complaints());
    plan_.first_points = {0};
    for (const std::size_t count : counts_) {
      plan_.first_points.push_back(plan_.first_points.back() + count);
    }
  }

 private:
  using Where = std::tuple<std::string, int, int>;
  struct Complaint {
    std::size_t combination;
    scenario::Diagnostic diagnostic;
  };

  void try_one(std::size_t index) {
    try {
      const scenario::Scenario member = plan_.family.member(index);
      const std::vector<scenario::Point> points =
          scenario::expand(member, profile_of(member), plan_.file);
      counts_[index] = points.size();
      for (const scenario::Point& point : points) check_lock(index, member, point);
    } catch (const scenario::ScenarioError& error) {
      for (const scenario::Diagnostic& diagnostic : error.diagnostics()) add(index, diagnostic);
    }
  }

  void check_lock(std::size_t index, const scenario::Scenario& member,
                  const scenario::Point& point) {
    try {
      model::lock_model_for(point.configuration);
    } catch (const std::invalid_argument& error) {
      add(index, scenario::diagnostic_at(
                     place_of_version(member, point),
                     "'" + point.label() + "' cannot be simulated: " + error.what(),
                     "choose another interpreter.version, or say which lock: interpreter.lock"));
    }
  }

  scenario::Place place_of_version(const scenario::Scenario& member,
                                   const scenario::Point& point) const {
    const std::vector<std::string>& versions = member.interpreter.version.values;
    const std::vector<scenario::Place>& places = member.places.versions;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (model::is_version(point.interpreter, versions[i])) return places[i];
    }
    return {plan_.file, 0, 0, ""};
  }

  const model::HostProfile& profile_of(const scenario::Scenario& member) {
    const std::string name = plan_.chosen_host.empty() ? member.host : plan_.chosen_host;
    const std::lock_guard<std::mutex> guard(mutex_);
    const auto known = plan_.hosts.find(name);
    if (known != plan_.hosts.end()) return known->second.profile;
    const std::string path = find_host_profile(name, plan_.file);
    return plan_.hosts.emplace(name, SweepHost{scenario::read_host_profile(path), path})
        .first->second.profile;
  }

  // Of each place, the complaint of the first combination: a value may be wrong in thousands.
  void add(std::size_t combination, const scenario::Diagnostic& diagnostic) {
    const Where where{diagnostic.source_line, diagnostic.line, diagnostic.column};
    const std::lock_guard<std::mutex> guard(mutex_);
    const auto [known, is_new] = complaints_.emplace(where, Complaint{combination, diagnostic});
    if (!is_new && combination < known->second.combination) {
      known->second = {combination, diagnostic};
    }
  }

  std::vector<scenario::Diagnostic> sorted_complaints() const {
    std::vector<Complaint> sorted;
    for (const auto& [where, complaint] : complaints_) sorted.push_back(complaint);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Complaint& a, const Complaint& b) {
      return a.combination < b.combination;
    });
    if (sorted.size() > kMostComplaints) sorted.resize(kMostComplaints);
    std::vector<scenario::Diagnostic> diagnostics;
    for (Complaint& complaint : sorted) diagnostics.push_back(std::move(complaint.diagnostic));
    return diagnostics;
  }

  SweepPlan& plan_;
  std::vector<std::size_t> counts_;
  std::mutex mutex_;
  std::map<Where, Complaint> complaints_;
};

// FNV-1a over texts, each with its end.
class TextHash {
 public:
  void add(const std::string& text) {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0);
  }
  std::uint64_t value() const { return value_; }

 private:
  void add_byte(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

std::string identity_of(const SweepPlan& plan) {
  TextHash hash;
  hash.add(GILSIM_VERSION);
  hash.add(plan.configuration);
  for (const auto& [name, host] : plan.hosts) {
    hash.add(name);
    hash.add(scenario::print_host_profile(host.profile));
  }
  hash.add(plan.combination == scenario::Combination::kZip ? "zip" : "product");
  for (const scenario::VariedKey& key : plan.family.keys()) {
    hash.add(key.path.text);
    for (const std::string& text : key.texts) hash.add(text);
    hash.add("");
  }
  hash.add(std::to_string(plan.seed));
  hash.add(std::to_string(plan.rule.least));
  hash.add(std::to_string(plan.rule.most));
  hash.add(scenario::format_real(plan.rule.precision.value_or(0)));
  return hexadecimal(hash.value());
}

}  // namespace

SweepPlan::SweepPlan(scenario::ScenarioFamily the_family) : family(std::move(the_family)) {
  for (const scenario::VariedKey& key : family.keys()) columns.push_back(column_of(key));
}

std::size_t SweepPlan::combination_of(std::size_t point) const {
  const auto after = std::upper_bound(first_points.begin(), first_points.end(), point);
  return static_cast<std::size_t>(after - first_points.begin()) - 1;
}

const SweepHost& SweepPlan::host_of(const scenario::Scenario& scenario) const {
  return hosts.at(chosen_host.empty() ? scenario.host : chosen_host);
}

std::vector<scenario::Point> SweepPlan::expand(std::size_t index) const {
  const scenario::Scenario member = family.member(index);
  return scenario::expand(member, host_of(member).profile, file);
}

SweepPlan plan_sweep(const Arguments& arguments, int jobs, Io& io) {
  const auto combination =
      arguments.has("zip") ? scenario::Combination::kZip : scenario::Combination::kProduct;
  const ReplicationRule rule = read_rule(arguments);
  SweepPlan plan(read_family(arguments, combination));
  plan.file = arguments.operands()[0];
  plan.name = std::filesystem::path(plan.file).stem().string();
  plan.combination = combination;
  plan.chosen_host = arguments.value("host").value_or("");
  for (const VariedColumn& column : plan.columns) {
    if (column.key != "host" || plan.chosen_host.empty()) continue;
    throw UsageError("--host and --vary host=... do not go together", "leave out --host");
  }
  plan.seed = seed_option(arguments);
  plan.rule = rule;
  Trial(plan).run(jobs, io);
  const scenario::Scenario first = plan.family.member(0);
  plan.question = first.question;
  plan.configuration = scenario::print_config(first);
  plan.identity = identity_of(plan);
  return plan;
}

std::vector<OptionSpec> sweep_plan_options() {
  return {
      {"vary", 0, "KEY=VALUES", "A,B,C or LO..HI, LO..HI:step:S, :lin:N, :log:N", true},
      {"zip", 0, "", "first values together, second ones, ...; default: all combinations"},
      host_spec(),
      {"set", 0, "KEY=VALUE", "override a key that is not varied", true},
      {"seed", 0, "N", "seed of the random streams, the same at every point (default 1)"},
      {"replications", 0, "N",
       "simulations of each point (default 3; beside --precision at least 5)"},
      {"precision", 0, "SHARE", "replications until the mean is that sure at 95 %, as 2%"},
      {"max-replications", 0, "N", "with --precision: no more than that (default 1000)"},
  };
}

}  // namespace gilsim::app
