#include "codec/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <set>

namespace abode::codec {
namespace {

using base::errc;

constexpr std::size_t max_depth = 16;

// Boost.JSON keeps the last of two equal keys. A second, value-less pass over the same text finds them.
class KeyChecker {
 public:
  static constexpr std::size_t max_object_size = 4096;
  static constexpr std::size_t max_array_size = std::size_t{1} << 24;
  static constexpr std::size_t max_key_size = 4096;
  static constexpr std::size_t max_string_size = std::size_t{1} << 30;
  using error_code = boost::system::error_code;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    open_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    open_.pop_back();
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t, error_code&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, error_code&) {
    key_.append(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, error_code& error) {
    key_.append(part);
    if (!open_.back().insert(std::move(key_)).second) {
      error = json::make_error_code(json::error::syntax);
      duplicate = true;
      return false;
    }
    key_.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, error_code&) { return true; }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, error_code&) { return true; }
  bool on_double(double value, json::string_view, error_code& error) {
    if (std::isfinite(value)) return true;
    error = json::make_error_code(json::error::exponent_overflow);
    infinite = true;
    return false;
  }
  bool on_bool(bool, error_code&) { return true; }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

  bool duplicate = false;
  bool infinite = false;

 private:
  std::vector<std::set<std::string>> open_;
  std::string key_;
};

std::string offset_note(std::size_t offset) {
  return " (at byte " + std::to_string(offset) + ")";
}

}  // namespace

base::result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::basic_parser<KeyChecker> checker{options};
  json::error_code error;
  std::size_t const read = checker.write_some(false, text.data(), text.size(), error);
  std::string const where = offset_note(read);
  if (checker.handler().duplicate)
    return base::fail(errc::malformed, "A name stands twice in one JSON object. Send it once" + where + ".");
  if (checker.handler().infinite)
    return base::fail(errc::malformed, "A number is too large for JSON to carry. Send a smaller one" + where + ".");
  if (!error && read < text.size()) error = json::make_error_code(json::error::extra_data);
  if (error) return base::fail(errc::malformed, "This is not valid JSON: " + error.message() + where + ".");
  json::value value = json::parse(text, error, {}, options);
  if (error) return base::fail(errc::malformed, "This is not valid JSON: " + error.message() + ".");
  return value;
}

ObjectReader::ObjectReader(json::value const& value, std::string path)
    : object_(value.if_object()), path_(std::move(path)) {
  if (object_ == nullptr) fail(base::fail(errc::invalid, "Send a JSON object here.", path_));
}

std::string ObjectReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : path_ + "." + std::string{key};
}

void ObjectReader::fail(base::Error error) {
  if (!error_) error_ = std::move(error);
}

json::value const* ObjectReader::optional(std::string_view key) {
  known_.push_back(key);
  if (object_ == nullptr) return nullptr;
  return object_->if_contains(key);
}

json::value const* ObjectReader::required(std::string_view key) {
  json::value const* const value = optional(key);
  if (value == nullptr && object_ != nullptr)
    fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" is missing. Add it.", path_of(key)));
  return value;
}

std::string ObjectReader::required_text(std::string_view key) {
  json::value const* const value = required(key);
  if (value == nullptr) return {};
  if (json::string const* const text = value->if_string()) return {text->data(), text->size()};
  fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" must be text.", path_of(key)));
  return {};
}

std::optional<std::string> ObjectReader::optional_text(std::string_view key) {
  json::value const* const value = optional(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (json::string const* const text = value->if_string()) return std::string{text->data(), text->size()};
  fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" must be text.", path_of(key)));
  return std::nullopt;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view key) {
  json::value const* const value = optional(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (std::int64_t const* const number = value->if_int64()) return *number;
  fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" must be a whole number.", path_of(key)));
  return std::nullopt;
}

std::vector<std::string> ObjectReader::required_texts(std::string_view key, std::size_t limit) {
  json::value const* const value = required(key);
  if (value == nullptr) return {};
  json::array const* const array = value->if_array();
  if (array == nullptr) {
    fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" must be a list of texts.", path_of(key)));
    return {};
  }
  if (array->size() > limit) {
    fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" has more than " + std::to_string(limit) + " items.",
                    path_of(key)));
    return {};
  }
  std::vector<std::string> out;
  for (json::value const& item : *array) {
    json::string const* const text = item.if_string();
    if (text == nullptr) {
      fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" must hold only texts.", path_of(key)));
      return {};
    }
    out.emplace_back(text->data(), text->size());
  }
  return out;
}

base::result<void> ObjectReader::finish() const {
  if (error_) return *error_;
  for (json::key_value_pair const& member : *object_)
    if (std::find(known_.begin(), known_.end(), member.key()) == known_.end())
      return base::fail(errc::invalid,
                        "\"" + std::string{member.key()} + "\" is not a field here. Leave it out or correct its name.",
                        path_of(member.key()));
  return {};
}

}  // namespace abode::codec
