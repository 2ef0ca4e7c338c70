// A page as it is built: elements and text. All text is escaped as it goes in, and there is no way to put markup in:
// names of elements and attributes are literals that the compiler checks, everything else is text. Source: WHATWG
// HTML 13.1 (writing documents).
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace abode::html {

/// The name of an element or attribute: a literal of letters, digits and hyphens.
class Name {
 public:
  consteval explicit(false) Name(char const* literal) : text_(literal) {
    if (text_.empty()) throw "a name is missing";
    for (char c : text_)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
        throw "a name holds letters, digits and hyphens only";
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// An attribute of an element that is being made in the same expression. It may be left out: by no value, or by false.
struct Attribute {
  Attribute(Name with_name, std::optional<std::string_view> value) : name(with_name), text(value) {}
  Attribute(Name with_name, std::same_as<bool> auto present) : name(with_name) {
    if (present) text = "";
  }

  Name name;
  std::optional<std::string_view> text;
};
using Attributes = std::initializer_list<Attribute>;

/// A piece of a page, whole elements and text only.
class Html {
 public:
  void add(std::string_view text);
  void add(Html const& more) { markup_ += more.markup_; }
  std::string const& markup() const { return markup_; }

  /// An element around `content`; elements that HTML calls void have none.
  static Html element(Name name, Attributes attributes, Html const& content);

 private:
  std::string markup_;
};

/// Several pieces, elements and texts, one after the other.
template <class... Pieces>
Html group(Pieces const&... pieces) {
  Html out;
  (out.add(pieces), ...);
  return out;
}

/// el("a", {{"href", "/history"}}, "History"), or without attributes el("p", "You live at ", el("b", address)).
template <class... Children>
Html el(Name name, Attributes attributes, Children const&... children) {
  return Html::element(name, attributes, group(children...));
}
template <class... Children>
Html el(Name name, Children const&... children) {
  return Html::element(name, {}, group(children...));
}

/// A whole document around its <html> element.
std::string document(Html const& html);

}  // namespace abode::html
