# room(NAME [USES room...] [SHOWS library...] [HIDES library...])
#   One room = one folder under src/ = one target abode_NAME (alias abode::NAME) = one namespace = one public header set.
#   USES   rooms whose headers it may include
#   SHOWS  outside libraries that its public headers may include
#   HIDES  outside libraries that only its .cpp files may include
# The architecture test reads the same lines and holds every #include against them.
set_property(GLOBAL PROPERTY GLOBAL_DEPENDS_NO_CYCLES ON)
option(ABODE_WERROR "Warnings are errors" ON)

add_library(abode_warnings INTERFACE)
target_compile_options(abode_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Woverloaded-virtual
  -Wnon-virtual-dtor -Wcast-align -Wformat=2 -Wimplicit-fallthrough
  $<$<BOOL:${ABODE_WERROR}>:-Werror>
  # g++ 12 sees overlaps and overruns in std::string and std::copy that are not there (its bugs 105329 and 105651)
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread>
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${ABODE_TSAN}>>:-Wno-tsan>
  # clang forgets, in a precompiled header, that std::stable_sort may use what is deprecated; g++ tells us what we use
  $<$<AND:$<CXX_COMPILER_ID:Clang>,$<BOOL:${ABODE_PCH}>>:-Wno-deprecated-declarations>)

precompiled(rooms LINK third_party_result third_party_fmt
  HEADERS ${precompiled_standard} boost/system/result.hpp fmt/format.h)

function(room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "USES;SHOWS;HIDES")
  set(dir ${CMAKE_SOURCE_DIR}/src/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp ${dir}/internal/*.cpp)
  list(REMOVE_ITEM sources ${dir}/main.cpp)  # belongs to the executable
  file(GLOB headers CONFIGURE_DEPENDS ${dir}/*.hpp)
  if(sources)
    add_library(abode_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(abode_${name} PRIVATE abode_warnings)
    use_precompiled(abode_${name} rooms)
  else()
    add_library(abode_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(abode::${name} ALIAS abode_${name})
  # "Headers compile alone" leaves out those with which their own .cpp begins: lint reads it without
  # precompiled headers, and test/architecture holds it to begin so.
  set(begins_a_source "")
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "hpp$" "cpp" source ${header})
    if(source IN_LIST sources)
      list(APPEND begins_a_source ${header})
    endif()
  endforeach()
  list(REMOVE_ITEM headers ${begins_a_source})
  target_sources(abode_${name} ${scope} FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src FILES ${headers}
    FILE_SET begin_sources TYPE HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src FILES ${begins_a_source})
  set_target_properties(abode_${name} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
  foreach(used IN LISTS room_USES)
    target_link_libraries(abode_${name} ${scope} abode_${used})
  endforeach()
  foreach(lib IN LISTS room_SHOWS)
    target_link_libraries(abode_${name} ${scope} third_party_${lib})
  endforeach()
  if(sources)
    foreach(lib IN LISTS room_HIDES)
      target_link_libraries(abode_${name} PRIVATE third_party_${lib})
    endforeach()
  endif()
endfunction()
