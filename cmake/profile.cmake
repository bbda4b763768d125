# Profile-guided optimisation. sdi is built twice: first by an inner run of CMake, so that it counts what it does while
# cmake/train.sh has it work on generated digests, and then here, optimised by these counts. They are taken once for a build
# folder, and anew after `--clean-first` and when the configuration, the training or the flags change; not for each edit: a
# function that they no longer fit is compiled without them.

option(SDI_PROFILE "Optimise sdi by a profile of its work (needs gcc or clang, git and python3)" OFF)
set(SDI_PROFILE_INTO "" CACHE PATH "Where the counts go; in the inner run alone")
mark_as_advanced(SDI_PROFILE_INTO)

set(sdi_counts ${PROJECT_BINARY_DIR}/profile/counts)
if(SDI_PROFILE_INTO)
  set(sdi_counts ${SDI_PROFILE_INTO})
endif()
set(sdi_count -fprofile-generate=${sdi_counts} -fprofile-update=atomic)
set(sdi_use_counts -fprofile-use=${sdi_counts})
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  # The counts of an object are found by its path below the build folder. -fprofile-correction takes counts that do not fit.
  list(APPEND sdi_count -fprofile-prefix-path=${PROJECT_BINARY_DIR})
  list(APPEND sdi_use_counts -fprofile-prefix-path=${PROJECT_BINARY_DIR} -fprofile-correction -Wno-missing-profile
              -Wno-coverage-mismatch)
else()
  list(APPEND sdi_use_counts -Wno-profile-instr-out-of-date -Wno-profile-instr-unprofiled -Wno-backend-plugin)
  string(REGEX MATCH "^[0-9]+" major "${CMAKE_C_COMPILER_VERSION}")
  find_program(SDI_PROFDATA NAMES llvm-profdata-${major} llvm-profdata)
  mark_as_advanced(SDI_PROFDATA)
endif()

# Why it cannot be done here, or nothing.
function(sdi_no_profile out)
  find_package(Git QUIET)
  find_package(Python3 QUIET COMPONENTS Interpreter)
  include(CheckCSourceCompiles)
  set(CMAKE_REQUIRED_FLAGS "-fprofile-generate -fprofile-update=atomic") # no folder: a blank in its name would part it
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    string(APPEND CMAKE_REQUIRED_FLAGS " -fprofile-prefix-path=.")
  endif()
  check_c_source_compiles("int main(void) { return 0; }" SDI_COMPILER_COUNTS)
  set(${out} "" PARENT_SCOPE)
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Release" OR SDI_SANITIZE)
    set(${out} "this is no plain release build" PARENT_SCOPE)
  elseif(CMAKE_CROSSCOMPILING)
    set(${out} "sdi is built for another machine" PARENT_SCOPE)
  elseif(NOT SDI_COMPILER_COUNTS)
    set(${out} "${CMAKE_C_COMPILER} cannot do it" PARENT_SCOPE)
  elseif(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT SDI_PROFDATA)
    set(${out} "there is no llvm-profdata" PARENT_SCOPE)
  elseif(NOT Git_FOUND OR NOT Python3_FOUND)
    set(${out} "it needs git and python3" PARENT_SCOPE)
  endif()
endfunction()

if(SDI_PROFILE)
  sdi_no_profile(why)
  if(why)
    message(STATUS "No profile-guided optimisation: ${why}")
    set(SDI_PROFILE OFF)
  endif()
endif()

# The target `profile`: the inner build, and its work.
function(sdi_take_profile)
  set(inner ${PROJECT_BINARY_DIR}/profile)
  set(settings "# ${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}\n")
  foreach(name CMAKE_C_COMPILER CMAKE_C_FLAGS CMAKE_BUILD_TYPE CMAKE_PREFIX_PATH CMAKE_MAKE_PROGRAM SDI_GIT2_OFFLINE)
    string(APPEND settings "set(${name} \"${${name}}\" CACHE STRING \"\")\n")
  endforeach()
  file(CONFIGURE OUTPUT ${inner}/settings.cmake CONTENT "${settings}" @ONLY)
  set(merge "")
  if(SDI_PROFDATA)
    set(merge COMMAND ${SDI_PROFDATA} merge -o ${sdi_counts}/default.profdata ${sdi_counts})
  endif()
  add_custom_command(
    OUTPUT ${inner}/taken
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${inner}/build ${sdi_counts}
    COMMAND ${CMAKE_COMMAND} -G ${CMAKE_GENERATOR} -C ${inner}/settings.cmake -S ${PROJECT_SOURCE_DIR} -B ${inner}/build
            -DSDI_PROFILE_INTO=${sdi_counts} -DBUILD_TESTING=OFF
    COMMAND ${CMAKE_COMMAND} --build ${inner}/build --target sdi
    COMMAND ${CMAKE_COMMAND} -E env SDI=${inner}/build/sdi SDI_SOURCE_DIR=${PROJECT_SOURCE_DIR}
            sh ${PROJECT_SOURCE_DIR}/cmake/train.sh
    ${merge}
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${inner}/build
    COMMAND ${CMAKE_COMMAND} -E touch ${inner}/taken
    DEPENDS ${inner}/settings.cmake ${PROJECT_SOURCE_DIR}/cmake/profile.cmake ${PROJECT_SOURCE_DIR}/cmake/flags.cmake
            ${PROJECT_SOURCE_DIR}/cmake/train.sh ${PROJECT_SOURCE_DIR}/tests/bench/generate.py
    COMMENT "Taking a profile of sdi at work"
    USES_TERMINAL VERBATIM)
  add_custom_target(profile DEPENDS ${inner}/taken)
endfunction()

# sdi_profiled(sdi sdi_core …): the program, and what it is linked from.
function(sdi_profiled program)
  if(SDI_PROFILE_INTO)
    set(flags ${sdi_count})
  elseif(SDI_PROFILE)
    set(flags ${sdi_use_counts})
    sdi_take_profile()
  endif()
  foreach(target ${program} ${ARGN})
    target_compile_options(${target} PRIVATE ${flags})
    if(SDI_PROFILE)
      get_target_property(sources ${target} SOURCES)
      set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS ${PROJECT_BINARY_DIR}/profile/taken)
      add_dependencies(${target} profile)
    endif()
  endforeach()
  target_link_options(${program} PRIVATE ${flags})
endfunction()
