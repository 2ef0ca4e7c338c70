// The privacy notice, made from the data inventory: it cannot say anything else than what is stored.
#include <algorithm>
#include <vector>

#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "service/data_inventory.hpp"

namespace abode::pages {
namespace {

Html item_card(service::DataItem const& item, rules::Profile const& profile) {
  Html rows = group(row("What for", item.purpose), row("Legal ground", service::in_words(item.ground)),
                    row("Who sees it", item.seen_by), row("When it goes", service::in_words(item.expiry, profile)));
  rows.add(row("Your copy", item.is_in_copy() ? std::string_view{"It is in it"} : item.in_copy));
  return el("li", {{"class", "card"}}, el("h3", item.what), el("dl", rows),
            el("p", {{"class", "quiet"}}, "Stored at ", el("span", {{"class", "code"}}, item.where)));
}

/// The items stand group by group in the inventory, some groups in several places: each is shown once.
Html groups(rules::Profile const& profile) {
  Html out;
  std::vector<std::string_view> shown;
  for (service::DataItem const& first : service::data_inventory()) {
    if (std::find(shown.begin(), shown.end(), first.group) != shown.end()) continue;
    shown.push_back(first.group);
    Html items;
    for (service::DataItem const& item : service::data_inventory())
      if (item.group == first.group) items.add(item_card(item, profile));
    out.add(el("section", el("h2", first.group), el("ul", {{"class", "entries"}}, items)));
  }
  return out;
}

Html rights() {
  return el(
      "section", {{"aria-labelledby", "rights"}}, el("h2", {{"id", "rights"}}, "Your rights"),
      el("p",
         "You can see everything about you and take a copy, correct your registrations yourself, ask for a "
         "correction of the rest, and have your record erased. All of it is under ",
         el("a", {{"href", "/rights"}}, "Your data and your rights"), ", once you are signed in."),
      el("p", "Who wants to complain about this register can turn to the data protection authority of the place."));
}

}  // namespace

api::Reply get_privacy(api::Register const& registry, api::Call const&) {
  return page(
      registry.context.mode, {Visitor::nobody, "Privacy"},
      group(
          el("h1", "What is stored, why, and until when"),
          el("p", {{"class", "lead"}},
             "This is the whole list: it is made from the program's own inventory, and a test holds that against every "
             "column of the store. What is not in it is not stored: no place where you are, no network address, no "
             "browser, no picture."),
          rights(), groups(registry.context.profile())));
}

}  // namespace abode::pages
