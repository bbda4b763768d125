/* What is left of a job that is done, in no more memory than it takes. */
#pragma once

#include "lint/lint.h"

/* Copies the findings, and the text where the job has read it itself, into the job's own arena, from wherever they are. */
void job_keep(struct job *job);
