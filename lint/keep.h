/* What is left of a job that is done, in no more memory than it takes. */
#pragma once

#include "lint/lint.h"

/*
 * Copies the findings into the job's own arena from wherever they are, and the text where the job has read it itself and there are
 * findings to be shown in it.
 */
void job_keep(struct job *job);
