# Files that ship inside the executable, compiled into a room.

# embedded_literal(OUT FILE): the file as C++ string literals, one a piece. A string literal may hold no more than 65,535
# bytes in some compilers: cut at line ends, joined at the first call.
function(embedded_literal out file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} rest)
  set(pieces "")
  string(LENGTH "${rest}" length)
  while(length GREATER 0)
    string(SUBSTRING "${rest}" 0 32000 piece)
    if(length GREATER 32000)
      string(FIND "${piece}" "\n" cut REVERSE)
      math(EXPR cut "${cut} + 1")
      string(SUBSTRING "${rest}" 0 ${cut} piece)
    else()
      set(cut ${length})
    endif()
    string(APPEND pieces "      R\"embedded(${piece})embedded\",\n")
    string(SUBSTRING "${rest}" ${cut} -1 rest)
    string(LENGTH "${rest}" length)
  endwhile()
  set(${out} "${pieces}" PARENT_SCOPE)
endfunction()

# embed(ROOM FILE FUNCTION): compiles src/ROOM/FILE into the room as `std::string_view abode::ROOM::FUNCTION()`, which a
# header of the room declares.
function(embed room file function)
  set(made ${CMAKE_BINARY_DIR}/embedded/${room}_${function}.cpp)
  embedded_literal(pieces ${CMAKE_SOURCE_DIR}/src/${room}/${file})
  file(CONFIGURE OUTPUT ${made} @ONLY CONTENT
"// Made from src/${room}/${file}.
#include <string>
#include <string_view>
namespace abode::${room} {
std::string_view ${function}();
std::string_view ${function}() {
  static std::string const whole = [] {
    std::string joined;
    std::string_view const pieces[] = {
@pieces@    };
    for (std::string_view piece : pieces)
      joined += piece;
    return joined;
  }();
  return whole;
}
}
")
  target_sources(abode_${room} PRIVATE ${made})
endfunction()

# embed_folder(ROOM FOLDER FUNCTION [ENDING]): compiles every FOLDER/NAME.toml (or .ENDING) of the source tree, each of at most
# 32,000 bytes, into the room as `std::span<std::pair<std::string_view, std::string_view> const> abode::ROOM::FUNCTION()`: NAME and content, by name.
function(embed_folder room folder function)
  set(ending toml)
  if(ARGC GREATER 3)
    set(ending ${ARGV3})
  endif()
  set(made ${CMAKE_BINARY_DIR}/embedded/${room}_${function}.cpp)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.${ending})
  list(SORT files)
  set(texts "")
  foreach(file IN LISTS files)
    file(SIZE ${file} size)
    if(size GREATER 32000)
      message(FATAL_ERROR "${file} is too large to embed")
    endif()
    get_filename_component(name ${file} NAME_WE)
    embedded_literal(piece ${file})
    string(APPEND texts "      {\"${name}\",\n${piece}      },\n")
  endforeach()
  file(CONFIGURE OUTPUT ${made} @ONLY CONTENT
"// Made from ${folder}.
#include <span>
#include <string_view>
#include <utility>
namespace abode::${room} {
std::span<std::pair<std::string_view, std::string_view> const> ${function}();
std::span<std::pair<std::string_view, std::string_view> const> ${function}() {
  static constexpr std::pair<std::string_view, std::string_view> texts[] = {
@texts@  };
  return texts;
}
}
")
  target_sources(abode_${room} PRIVATE ${made})
endfunction()
