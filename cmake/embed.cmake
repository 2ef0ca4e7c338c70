# embed(ROOM FILE FUNCTION): compiles src/ROOM/FILE into the room as `std::string_view abode::ROOM::FUNCTION()`, which a header of
# the room declares. For files that ship inside the executable.
function(embed room file function)
  set(source ${CMAKE_SOURCE_DIR}/src/${room}/${file})
  set(made ${CMAKE_BINARY_DIR}/embedded/${room}_${function}.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} rest)
  # A string literal may hold no more than 65,535 bytes in some compilers: cut at line ends, joined at the first call.
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
