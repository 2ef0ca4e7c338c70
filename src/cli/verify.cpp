#include "cli/verify.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/internal/trust.hpp"
#include "codec/text.hpp"
#include "credential/verification.hpp"
#include "scan/scan.hpp"
#include "system/clock.hpp"
#include "system/process.hpp"

namespace abode::cli {
namespace {

namespace json = credential::json;
using base::result;
using credential::Statement;
using credential::Verdict;

constexpr std::size_t max_proof_bytes = 64 * 1024;
constexpr std::size_t max_trust_bytes = 1024 * 1024;
constexpr std::size_t max_list_bytes = 4 * 1024 * 1024;

/// Without the line ends that an editor or a mail puts after it.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t const from = text.find_first_not_of(blanks);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

/// The program that reads pictures and PDFs is installed beside this one.
std::filesystem::path reader_of_pictures() {
  return std::filesystem::path{system::own_path()}.parent_path() / "abode-scan";
}

/// Of all that stands in codes on posters and packages, what may be meant: a seal, or an SD-JWT.
bool may_be_shown(std::string const& text) {
  return credential::looks_like_seal(text) || (text.starts_with("ey") && text.find('~') != text.npos);
}

result<std::string> shown_in_codes(std::string const& file) {
  auto texts = scan::read_codes_confined(reader_of_pictures(), base::as_bytes(file));
  if (!texts) return texts.error();
  bool const has_any = !texts->empty();
  std::erase_if(*texts, [](std::string const& text) { return !may_be_shown(text); });
  if (texts->empty())
    return base::fail(base::errc::not_found,
                      has_any
                          ? "The code in it is of something else than a certificate of residence."
                          : "No code can be read in it. Take the picture from straight above, in good light, sharp, "
                            "and so near that the code fills half of it.");
  if (texts->size() > 1)
    return base::fail(base::errc::conflict, "There are several different codes in it. Give a picture of one of them.");
  return std::move(texts->front());
}

/// What is to be checked: the text itself, or the one in a code of a picture or a PDF.
result<std::string> read_shown(std::filesystem::path const& path) {
  auto file = internal::read_all(path, scan::max_file_bytes);
  if (!file) return file.error();
  if (scan::kind_of(base::as_bytes(*file)) != scan::Kind::other) {
    auto text = shown_in_codes(*file);
    if (!text) return base::fail(text.error().code, path.string() + ": " + text.error().detail);
    return text;
  }
  std::string_view const text = trimmed(*file);
  if (text.size() > max_proof_bytes)
    return base::fail(base::errc::too_large, path.string() + " is too large for what it must be.");
  return std::string{text};
}

result<std::vector<credential::StatusToken>> read_lists(std::vector<std::filesystem::path> const& files) {
  std::vector<credential::StatusToken> lists;
  for (std::filesystem::path const& file : files) {
    auto const text = internal::read_all(file, max_list_bytes);
    if (!text) return text.error();
    auto token = credential::parse_status_token(trimmed(*text));
    if (!token) return base::fail(token.error().code, file.string() + " is no status list. " + token.error().detail);
    lists.push_back(std::move(*token));
  }
  return lists;
}

result<base::Time> moment(std::optional<std::string> const& text) {
  if (text) return base::parse_time(*text);
  return system::machine_time();
}

json::object to_json(credential::Texts const& texts) {
  json::object object;
  for (auto const& [name, text] : texts) object[name] = text;
  return object;
}

json::object to_json(credential::Verification const& found) {
  json::object out{{"verdict", credential::name_of(found.verdict)}, {"why", found.why}};
  if (found.status_age) out["status_age_seconds"] = found.status_age->count();
  Statement const* const said = found.said();
  if (said == nullptr) return out;
  if (found.seal) out["number"] = found.seal->number;
  out["issuer"] = said->issuer;
  out["issued_at"] = base::format_time(said->issued_at);
  out["expires_at"] = base::format_time(said->expires_at);
  out["person"] = to_json(said->person);
  out["address"] = to_json(said->address);
  out["residence"] = to_json(said->residence);
  return out;
}

/// The names of claims as people read them.
std::string label_of(std::string_view name) {
  std::string label{name};
  for (char& c : label)
    if (c == '_') c = ' ';
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

/// What somebody wrote may hold anything: on a terminal, control characters are not to act.
std::string printable(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool const is_control = (c >= 0 && c < ' ') || c == '\x7f';
    out += c == '\n' ? std::string{", "} : is_control ? std::string{"?"} : std::string(1, c);
  }
  return out;
}

void print_texts(credential::Texts const& texts) {
  for (auto const& [name, text] : texts) fmt::print("  {:<16}  {}\n", label_of(name), printable(text));
}

void print_report(credential::Verification const& found) {
  fmt::print("{}{}{}\n", credential::name_of(found.verdict), found.why.empty() ? "" : ": ", printable(found.why));
  if (found.status_age)
    fmt::print("The status list is {} minutes old.\n",
               std::chrono::floor<std::chrono::minutes>(*found.status_age).count());
  Statement const* const said = found.said();
  if (said == nullptr) return;
  bool const stands = found.verdict == Verdict::valid;
  fmt::print("\n{} {} ", stands ? "Said by" : "It claims to be said by", printable(said->issuer));
  if (found.seal)
    fmt::print("on {}, good through {}\n  {:<16}  {}\n", base::format_date(found.seal->issued_on),
               base::format_date(found.seal->good_through), "Number", codec::in_groups_of_four(found.seal->number));
  else
    fmt::print("on {}, good until {}\n", base::format_time(said->issued_at), base::format_time(said->expires_at));
  print_texts(said->person);
  print_texts(said->address);
  print_texts(said->residence);
  if (found.seal) fmt::print("\nCompare this with what the page says, its number as well.\n");
}

int unreadable(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 2;
}

}  // namespace

int run_verify(VerifyOptions const& options) {
  auto const text = read_shown(options.file);
  if (!text) return unreadable(text.error());
  auto const trust_text = internal::read_all(options.trust, max_trust_bytes);
  if (!trust_text) return unreadable(trust_text.error());
  auto trust = credential::read_trust(*trust_text);
  if (!trust) return unreadable(base::fail(trust.error().code, options.trust.string() + ": " + trust.error().detail));
  auto const lists = read_lists(options.lists);
  if (!lists) return unreadable(lists.error());
  auto const now = moment(options.at);
  if (!now) return unreadable(now.error());
  std::optional<credential::Challenge> challenge;
  if (options.audience) challenge = credential::Challenge{*options.audience, *options.nonce};
  credential::Verifier verifier{std::move(*trust), *lists};
  auto const found = verifier.verify(*text, challenge, *now);
  if (options.json)
    fmt::print("{}\n", json::serialize(to_json(found)));
  else
    print_report(found);
  return found.verdict == Verdict::valid ? 0 : 1;
}

}  // namespace abode::cli
