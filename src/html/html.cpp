#include "html/html.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace abode::html {
namespace {

/// Fit for text and for a quoted attribute alike, so that there is only one way to escape.
void append_escaped(std::string& out, std::string_view text) {
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 6> names = {"br", "hr", "img", "input", "link", "meta"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void Html::add(std::string_view text) {
  append_escaped(markup_, text);
}

Html Html::element(Name name, Attributes attributes, Html const& content) {
  Html out;
  out.markup_.append("<").append(name.text());
  for (Attribute const& attribute : attributes) {
    if (!attribute.text) continue;
    out.markup_.append(" ").append(attribute.name.text()).append("=\"");
    append_escaped(out.markup_, *attribute.text);
    out.markup_ += '"';
  }
  out.markup_ += '>';
  if (is_void(name.text())) {
    base::ensure(content.markup_.empty(), "a void element has no content");
    return out;
  }
  out.markup_.append(content.markup_).append("</").append(name.text()).append(">");
  return out;
}

std::string document(Html const& html) {
  return "<!doctype html>\n" + html.markup() + "\n";
}

}  // namespace abode::html
