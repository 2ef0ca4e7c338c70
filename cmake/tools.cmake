# Tools that only make a build faster: used where present, never needed, and nothing breaks without them.
#   -DABODE_CCACHE=OFF   compile everything     -DABODE_FAST_LINKER=OFF   the compiler's own linker
include(CheckLinkerFlag)
option(ABODE_CCACHE "Compile through ccache if it is installed" ON)
option(ABODE_FAST_LINKER "Link with mold, else lld, if installed" ON)

find_program(ABODE_CCACHE_PROGRAM ccache)
if(ABODE_CCACHE AND ABODE_CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The cache is in the build folder unless CCACHE_DIR says otherwise, so that a machine without a home folder has one too.
  if(DEFINED ENV{CCACHE_DIR})
    set(abode_ccache_dir $ENV{CCACHE_DIR})
  else()
    set(abode_ccache_dir ${CMAKE_SOURCE_DIR}/build/ccache)
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_DIR=${abode_ccache_dir}
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${ABODE_CCACHE_PROGRAM})
endif()

if(ABODE_FAST_LINKER)
  foreach(linker mold lld)
    check_linker_flag(CXX -fuse-ld=${linker} ABODE_LINKS_WITH_${linker})
    if(ABODE_LINKS_WITH_${linker})
      add_link_options(-fuse-ld=${linker})
      break()
    endif()
  endforeach()
endif()
