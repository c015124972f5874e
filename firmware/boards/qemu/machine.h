/* main of an emulated board: the command line split into words, then the boards' program. */
#ifndef MACHINE_H
#define MACHINE_H

#include "boards/board.h"

int machine_main(const struct board *board);

#endif
