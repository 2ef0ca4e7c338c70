# embed(ROOM FILE FUNCTION): compiles src/ROOM/FILE into the room as `std::string_view abode::ROOM::FUNCTION()`, which a header of
# the room declares. For files that ship inside the executable.
function(embed room file function)
  set(source ${CMAKE_SOURCE_DIR}/src/${room}/${file})
  set(made ${CMAKE_BINARY_DIR}/embedded/${room}_${function}.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} content)
  # A raw string literal may hold no more than 65,535 bytes in some compilers: cut into pieces, which the compiler joins.
  string(LENGTH "${content}" length)
  set(pieces "")
  set(from 0)
  while(from LESS length)
    string(SUBSTRING "${content}" ${from} 8000 piece)
    string(APPEND pieces "\nR\"embedded(${piece})embedded\"")
    math(EXPR from "${from} + 8000")
  endwhile()
  file(CONFIGURE OUTPUT ${made} @ONLY CONTENT
"// Made from src/${room}/${file}.
#include <string_view>
namespace abode::${room} {
std::string_view ${function}();
std::string_view ${function}() {
  using namespace std::string_view_literals;
  return @pieces@sv;
}
}
")
  target_sources(abode_${room} PRIVATE ${made})
endfunction()
