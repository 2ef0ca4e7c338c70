#include "mail/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "codec/text.hpp"

namespace abode::mail {
namespace {

using base::errc;
using base::fail;

constexpr std::size_t body_columns = 76;  // RFC 2045 section 6.8
// 52 characters of base64: a line with a word has 76 at most (RFC 2047 section 2), the one with "Subject: " as well.
constexpr std::size_t encoded_word_bytes = 39;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// How many bytes of `text` fit into `limit` without cutting a character.
std::size_t whole_characters(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return end == 0 ? limit : end;
}

/// RFC 2047, "B": words of one line each.
std::string encode_subject(std::string_view subject) {
  std::string out;
  while (!subject.empty()) {
    std::size_t const size = whole_characters(subject, encoded_word_bytes);
    if (!out.empty()) out += "\r\n ";
    out += "=?utf-8?B?" + codec::to_base64(base::as_bytes(subject.substr(0, size))) + "?=";
    subject.remove_prefix(size);
  }
  return out;
}

std::string encode_body(std::string_view body) {
  std::string text;
  for (char c : body) {
    if (c == '\n') text += '\r';
    text += c;
  }
  text += "\r\n";
  std::string const encoded = codec::to_base64(base::as_bytes(text));
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += body_columns) out += encoded.substr(at, body_columns) + "\r\n";
  return out;
}

/// RFC 5322 section 3.3: "Fri, 27 Nov 2026 02:23:08 +0000".
std::string format_date(base::Time time) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  base::Date const date = base::day_of(time);
  std::chrono::weekday const weekday{std::chrono::sys_days{date}};
  std::chrono::hh_mm_ss const clock{time - std::chrono::sys_days{date}};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", days.at(weekday.c_encoding()),
                     static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1),
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace

bool is_plain_address(std::string_view address) {
  std::size_t const at = address.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
         address.find('@', at + 1) == std::string_view::npos &&
         std::all_of(address.begin(), address.end(), [](char c) { return c > 0x20 && c < 0x7f; }) &&
         address.find_first_of("<>()[]\\,;:\"") == std::string_view::npos;
}

base::result<std::string> write_message(ports::Mail const& mail, std::string_view from, base::Time date) {
  std::string const& to = mail.to.reveal(base::Disclosure::to_mail);
  if (!is_plain_address(to) || !is_plain_address(from))
    return fail(errc::invalid, "This address cannot stand in a mail.", "address");
  if (mail.subject.empty() || std::any_of(mail.subject.begin(), mail.subject.end(), is_control))
    return fail(errc::invalid, "The subject of a mail is one line.", "subject");
  if (!is_word(mail.language)) return fail(errc::invalid, "The language of a mail is a tag.", "language");
  if (!is_word(mail.message_id)) return fail(errc::invalid, "The name of a mail is one word.", "message_id");
  return fmt::format(
      "From: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: auto-generated\r\n"
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Language: {}\r\n\r\n{}",
      from, to, encode_subject(mail.subject), format_date(date), mail.message_id, from.substr(from.find('@') + 1),
      mail.language, encode_body(mail.body));
}

}  // namespace abode::mail
