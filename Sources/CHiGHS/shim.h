// Only the target Optimization has HiGHS' headers on its search path. Targets that import Optimization load this
// module too (debug builds record every import) but use nothing of it: for them it is empty.
// "Cannot find 'Highs_create'" while Optimization is built means that .ci/setup has not run.
#if __has_include(<interfaces/highs_c_api.h>)
#include <interfaces/highs_c_api.h>
#endif
