// Forms that lose nothing: what was typed comes back, with what is wrong said on top and next to the field at fault.
// Source: the patterns of the GOV.UK Design System (label, hint, error message, error summary).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "http/message.hpp"
#include "pages/internal/html.hpp"

namespace abode::pages {

/// What stands in a form. Fields have the names of the API, so that an Error names them too: "address.lines".
class Form {
 public:
  /// errc::unsupported for another media type; errors of http::parse_form.
  static base::result<Form> read(http::Request const& request);

  /// The text of a field, or the first of several; empty if there is none.
  std::string_view text(std::string_view name) const;
  /// True if this box of a group of the same name is ticked.
  bool ticked(std::string_view name, std::string_view value) const;
  /// All ticked boxes of a group.
  std::vector<std::string> values(std::string_view name) const;
  void put(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }

 private:
  http::Pairs pairs_;
};

/// A form as it is shown: fresh, or back again with what is wrong.
struct Sheet {
  Form form = {};
  std::optional<base::Error> error = {};

  bool at_fault(std::string_view field) const { return error && error->field == field; }
  unsigned status() const;  ///< 200, or the error's
  /// In front of the title of a page.
  std::string_view title_prefix() const { return error ? "Error: " : ""; }
};

/// The name of the hidden field that makes two sendings of one form one request.
inline constexpr char const* request_key_field = "request_key";
Html request_key(base::Random& random, Sheet const& sheet = {});

/// What is wrong, with a link to the field at fault; nothing for a fresh form.
Html error_summary(Sheet const& sheet);

struct Prompt {
  std::string_view name;
  std::string_view label;
  std::string_view hint = {};
};

enum class Width : std::uint8_t { narrow, medium, full };

struct TextInput {
  Prompt prompt;
  Width width = Width::full;
  char const* type = "text";
  char const* autocomplete = "off";
};

Html text_input(Sheet const& sheet, TextInput const& input);
Html text_area(Sheet const& sheet, Prompt const& prompt, char const* rows, char const* autocomplete);

struct Option {
  std::string_view value;
  std::string_view label;
  std::string_view hint = {};
};

/// Boxes to tick, any number of them.
Html check_boxes(Sheet const& sheet, Prompt const& group, std::span<Option const> options);
/// The fields of a record, as boxes to tick.
std::vector<Option> record_fields();
/// One of a few.
Html radio_buttons(Sheet const& sheet, Prompt const& group, std::span<Option const> options);
/// One of a list.
Html select_box(Sheet const& sheet, Prompt const& prompt, std::span<Option const> options);

Html submit_button(std::string_view label);
/// A form that is nothing but a button; `about` tells screen readers what it acts on.
Html button_form(base::Random& random, std::string_view action, std::string_view label, std::string_view about);

}  // namespace abode::pages
