#ifndef NATOPAY_SHOW_ESTIMATE_H
#define NATOPAY_SHOW_ESTIMATE_H
#include "natopay/report/estimate.h"
#endif
