// Pages are made of elements and text: the words of room html, as those of this room.
#pragma once

#include "html/html.hpp"

namespace abode::pages {

using html::Attribute;
using html::Attributes;
using html::document;
using html::el;
using html::group;
using html::Html;
using html::Name;

}  // namespace abode::pages
