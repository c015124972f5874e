# Toolchain of the bare-metal boards; INKLINE_CPU is a gcc -mcpu name, set by the preset.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES INKLINE_CPU)
set(CMAKE_C_FLAGS_INIT "-mcpu=${INKLINE_CPU} -mthumb -ffunction-sections -fdata-sections -fcallgraph-info=su")
