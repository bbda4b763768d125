# Tests are found, not listed: a new file in its folder is a new test. Labels: unit, property, rules, cli, meta, bench, fuzz.

pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)
pkg_check_modules(CMARK REQUIRED IMPORTED_TARGET libcmark-gfm)
find_library(CMARK_EXTENSIONS cmark-gfm-extensions REQUIRED)

get_filename_component(shared ${PROJECT_SOURCE_DIR}/../shared ABSOLUTE)

# What a machine may do to sdi (tests/fault): preloaded into it by tests of the command line.
if(NOT SDI_FUZZ)
  add_library(sdi_fault SHARED tests/fault/fault.c)
  target_link_libraries(sdi_fault PRIVATE sdi_ours)
  target_compile_options(sdi_fault PRIVATE -fno-sanitize=all -U_FORTIFY_SOURCE)
  target_link_options(sdi_fault PRIVATE -fno-sanitize=all)
  set(fault $<TARGET_FILE:sdi_fault>)
endif()

# What every program below tests/ has in common.
function(sdi_test_program target)
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE sdi_cmd sdi_ours)
  target_compile_definitions(${target} PRIVATE
    SDI_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SDI_SHARED_DIR="${shared}" SDI_VERSION="${PROJECT_VERSION}")
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  if(SDI_LTO AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
    target_link_options(${target} PRIVATE -fno-lto)
  endif()
endfunction()

# What every test has in common. No setting of a git that runs us (a hook, a rebase) may reach a test.
function(sdi_test name label)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS ${label}
    SKIP_RETURN_CODE 77
    ENVIRONMENT "SDI=$<TARGET_FILE:sdi>;SDI_SOURCE_DIR=${PROJECT_SOURCE_DIR};SDI_SHARED=${shared};SDI_BUILD_DIR=${PROJECT_BINARY_DIR};SDI_FAULT=${fault}"
    ENVIRONMENT_MODIFICATION "GIT_DIR=unset:;GIT_WORK_TREE=unset:;GIT_INDEX_FILE=unset:")
endfunction()

function(sdi_tests_of pattern out)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests/${pattern})
  list(SORT files)
  set(${out} ${files} PARENT_SCOPE)
endfunction()

if(NOT SDI_FUZZ)
  foreach(label unit property)
    sdi_tests_of(${label}/test_*.c files)
    foreach(file IN LISTS files)
      get_filename_component(name ${file} NAME_WE)
      sdi_test_program(${label}_${name} ${file})
      target_link_libraries(${label}_${name} PRIVATE PkgConfig::CMOCKA PkgConfig::CMARK ${CMARK_EXTENSIONS})
      target_link_options(${label}_${name} PRIVATE -Wl,--as-needed)
      string(REGEX REPLACE "^test_" "" name ${name})
      sdi_test(${label}/${name} ${label} ${label}_test_${name})
    endforeach()
  endforeach()

  sdi_tests_of(rules/*.c files)
  if(files)
    sdi_test_program(rules_run ${files})
    target_link_libraries(rules_run PRIVATE PkgConfig::CMOCKA)
    sdi_test(rules rules rules_run)
  endif()

  sdi_test_program(stage tests/cli/stage.c)
  foreach(label cli meta bench)
    sdi_tests_of(${label}/*.sh files)
    if(label STREQUAL "cli")
      list(FILTER files INCLUDE REGEX "/t[^/]*\\.sh$")
    endif()
    foreach(file IN LISTS files)
      get_filename_component(name ${file} NAME_WE)
      sdi_test(${label}/${name} ${label} sh ${PROJECT_SOURCE_DIR}/${file})
      # Ten thousand links leave no time to tests that wait for answers.
      if(name MATCHES "_crowd$")
        set_tests_properties(${label}/${name} PROPERTIES PROCESSORS 2)
      endif()
    endforeach()
  endforeach()
endif()

# Fuzz targets: with libFuzzer in the preset `fuzz`, with a main() of our own everywhere else. Either runs over the seeds.
sdi_tests_of(fuzz/fuzz_*.c files)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  if(SDI_FUZZ)
    sdi_test_program(${name} ${file})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    sdi_test_program(${name} ${file} tests/fuzz/standalone.c)
  endif()
  set_property(SOURCE ${file} PROPERTY COMPILE_OPTIONS -Wno-missing-prototypes) # LLVMFuzzerTestOneInput has no header
  set(seeds ${PROJECT_SOURCE_DIR}/tests/fuzz/seeds/${name})
  if(IS_DIRECTORY ${seeds})
    sdi_test(fuzz/${name} fuzz ${name} -runs=0 ${seeds})
  endif()
endforeach()
