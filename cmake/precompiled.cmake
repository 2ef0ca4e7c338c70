# Headers that most files include, compiled once for all of them: they take half of the time of a build from nothing.
#   -DABODE_PCH=OFF   each file reads its own headers
# Only headers from outside, so that a change of ours never compiles everything anew. A file still includes what it uses: lint and
# "headers compile alone" read each file without these.
option(ABODE_PCH "Precompile the headers that most files include" ON)

# precompiled(NAME LINK target... HEADERS header...): a set of headers, as files see them that link these targets.
function(precompiled name)
  cmake_parse_arguments(PARSE_ARGV 1 set "" "" "LINK;HEADERS")
  if(ABODE_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp CONTENT "")  # CMake wants a source
    add_library(precompiled_${name} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
    target_link_libraries(precompiled_${name} PRIVATE ${set_LINK} abode_warnings)
    list(TRANSFORM set_HEADERS REPLACE "(.+)" "<\\1>")
    target_precompile_headers(precompiled_${name} PRIVATE ${set_HEADERS})
  endif()
endfunction()

# use_precompiled(TARGET NAME): compiles the target's files on top of the set.
function(use_precompiled target name)
  if(ABODE_PCH)
    target_precompile_headers(${target} REUSE_FROM precompiled_${name})
  endif()
endfunction()

# What differs from one build to the next would keep ccache from knowing its own.
if(ABODE_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
elseif(ABODE_PCH)
  add_compile_options(-fpch-preprocess)
endif()

set(precompiled_standard algorithm array chrono cstdint filesystem functional map memory optional set span string string_view
  utility variant vector)
