// The graph of rooms, as src/rooms.cmake and cmake/third_party.cmake declare it, and the rules of #include that follow.
//
// A room may include its own headers and those of the rooms that it lists under USES. USES is not inherited: a room
// that uses `ports` and needs a type of `base` lists `base` too. So one line of src/rooms.cmake tells all that a room
// knows.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/source.hpp"

namespace abode::architecture {

struct Room {
  std::vector<std::string> uses;   ///< rooms
  std::vector<std::string> shows;  ///< libraries, in any file of the room
  std::vector<std::string> hides;  ///< libraries, in .cpp files and in internal/ only
};

struct Graph {
  std::map<std::string, Room> rooms;
  std::map<std::string, std::vector<std::string>> libraries;  ///< name -> include prefixes
};

/// Reads the room(...) and third_party(...) lines.
Graph parse_graph(std::string_view rooms_cmake, std::string_view third_party_cmake);

/// Every name in the graph exists, no room uses itself in a circle, rooms and folders of src/ are the same set.
/// `files_of_folder` counts the C++ files of each folder under src/.
std::vector<Violation> check_graph(Graph const& graph, std::map<std::string, std::size_t> const& files_of_folder);

/// Every #include of one file of src/ is declared.
std::vector<Violation> check_includes(Graph const& graph, Source const& source);

/// src/ROOM/NAME.cpp includes ROOM/NAME.hpp before all else, if `headers` (paths such as "src/base/id.hpp") has it:
/// such a header is known to compile alone, and is not compiled once more to see that (cmake/room.cmake).
std::vector<Violation> check_own_header_first(std::set<std::string> const& headers, Source const& source);

/// Every declared edge between rooms is used by some file: the graph claims nothing that is not so.
std::vector<Violation> check_unused(Graph const& graph, std::vector<Source> const& sources);

}  // namespace abode::architecture
