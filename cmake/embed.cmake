# embed_files(TARGET NAME FILE...): compiles text files into TARGET, so that the program runs from
# anywhere. Declares, in <embedded/NAME.hpp>,
#   namespace gilsim::embedded { std::span<const File> NAME(); }   File{name, text}
function(embed_files target name)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/embedded/${name}.hpp)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp)
  set(inputs)
  foreach(file ${ARGN})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  string(REPLACE ";" "|" joined "${inputs}")
  add_custom_command(
    OUTPUT ${header} ${source}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} "-DINPUTS=${joined}" -DHEADER=${header}
            -DSOURCE=${source} -P ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${source} ${header})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
